package dev.signet.authorizationserver.registry;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The members that describe a client, in a configuration file and in a store (RFC 7591 §2). */
public final class ClientMetadata {

    private static final String CLIENT_ID = "client_id";
    private static final String CLIENT_SECRET = "client_secret";
    private static final String AUTH_METHOD = "token_endpoint_auth_method";
    private static final String AUTH_ALGORITHM = "token_endpoint_auth_signing_alg";
    private static final String GRANT_TYPES = "grant_types";
    private static final String SCOPE = "scope";
    private static final String JWKS = "jwks";
    private static final String JWKS_URI = "jwks_uri";
    private static final String FEDERATED = "federated_identity";
    private static final String RESOURCES = "resources";
    private static final String RESOURCE_SERVER_FOR = "resource_server_for";
    private static final String INTROSPECT_OWN = "introspect_own_tokens";
    private static final String INTROSPECTION_SIGNING = "introspection_signed_response_alg";
    private static final String INTROSPECTION_ALGORITHM = "introspection_encrypted_response_alg";
    private static final String INTROSPECTION_ENCRYPTION = "introspection_encrypted_response_enc";
    private static final String LEGACY_AUDIENCE = "legacy_assertion_audience";
    private static final String REQUIRE_TYP = "require_assertion_typ";
    private static final String TRY_ALL_KEYS = "try_all_keys";
    private static final String SELF_ISSUED = "self_issued_assertions";
    private static final String TOKEN_LIFETIME = "access_token_lifetime";
    private static final String ROTATE_REFRESH_TOKENS = "rotate_refresh_tokens";
    private static final String REFRESH_TOKEN_GRACE = "refresh_token_grace";
    private static final String ATTRIBUTES = "attributes";
    private static final String REGISTERED_AT = "client_id_issued_at";
    private static final String ENABLED = "enabled";

    private static final long LATEST = 253_402_300_799L; // the end of the year 9999

    /** The names that mean something; RFC 7591 has others that are ignored here. */
    public static final Set<String> MEMBERS = all(
            CLIENT_ID,
            CLIENT_SECRET,
            AUTH_METHOD,
            AUTH_ALGORITHM,
            GRANT_TYPES,
            SCOPE,
            JWKS,
            JWKS_URI,
            FEDERATED,
            RESOURCES,
            RESOURCE_SERVER_FOR,
            INTROSPECT_OWN,
            INTROSPECTION_SIGNING,
            INTROSPECTION_ALGORITHM,
            INTROSPECTION_ENCRYPTION,
            LEGACY_AUDIENCE,
            REQUIRE_TYP,
            TRY_ALL_KEYS,
            SELF_ISSUED,
            TOKEN_LIFETIME,
            ROTATE_REFRESH_TOKENS,
            REFRESH_TOKEN_GRACE,
            ATTRIBUTES,
            REGISTERED_AT,
            ENABLED);

    private final JsonObject metadata;
    private final RegisteredClient.Builder client;

    private ClientMetadata(JsonObject metadata, RegisteredClient.Builder client) {
        this.metadata = metadata;
        this.client = client;
    }

    private static Set<String> all(String... members) {
        Set<String> all = new TreeSet<>(AuthorizationMetadata.MEMBERS);
        all.addAll(RequestObjectMetadata.MEMBERS);
        all.addAll(List.of(members));
        return Collections.unmodifiableSet(all);
    }

    static RegisteredClient.Builder read(JsonObject metadata, CryptoProvider provider) {
        ClientMetadata reader;
        try {
            reader = new ClientMetadata(
                    metadata, RegisteredClient.builder(new ClientId(metadata.requireString(CLIENT_ID))));
        } catch (JsonException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
        reader.readStrings();
        reader.chooseMethod();
        reader.read(
                GRANT_TYPES,
                () -> metadata.findStrings(GRANT_TYPES)
                        .ifPresent(types -> reader.client.grantTypes(Set.copyOf(types))));
        reader.read(
                JWKS,
                () -> metadata.findObject(JWKS).ifPresent(keys -> reader.client.jwks(JwkSet.fromJson(keys, provider))));
        reader.read(
                FEDERATED,
                () -> metadata.findObject(FEDERATED)
                        .map(FederatedIdentity::fromJson)
                        .ifPresent(reader.client::federatedIdentity));
        reader.read(RESOURCES, () -> reader.resources(RESOURCES).ifPresent(reader.client::resources));
        reader.read(
                RESOURCE_SERVER_FOR,
                () -> reader.resources(RESOURCE_SERVER_FOR).ifPresent(reader.client::resourceServerFor));
        reader.read(
                INTROSPECT_OWN,
                () -> metadata.findBoolean(INTROSPECT_OWN).ifPresent(reader.client::introspectOwnTokens));
        reader.read(INTROSPECTION_ALGORITHM, reader::readEncryption);
        reader.read(
                LEGACY_AUDIENCE,
                () -> metadata.findBoolean(LEGACY_AUDIENCE).ifPresent(reader.client::legacyAssertionAudience));
        reader.read(REQUIRE_TYP, () -> metadata.findBoolean(REQUIRE_TYP).ifPresent(reader.client::requireAssertionTyp));
        reader.read(TRY_ALL_KEYS, () -> metadata.findBoolean(TRY_ALL_KEYS).ifPresent(reader.client::tryAllKeys));
        reader.read(
                SELF_ISSUED,
                () -> metadata.findObject(SELF_ISSUED)
                        .map(SelfIssuedAssertions::fromJson)
                        .ifPresent(reader.client::selfIssuedAssertions));
        reader.read(
                TOKEN_LIFETIME,
                () -> metadata.findLong(TOKEN_LIFETIME)
                        .map(Duration::ofSeconds)
                        .ifPresent(reader.client::accessTokenLifetime));
        reader.read(ROTATE_REFRESH_TOKENS, reader::readRotation);
        reader.read(
                ATTRIBUTES,
                () -> metadata.findObject(ATTRIBUTES).map(Attributes::of).ifPresent(reader.client::attributes));
        reader.read(
                REGISTERED_AT,
                () -> metadata.findLong(REGISTERED_AT)
                        .map(ClientMetadata::time)
                        .ifPresent(reader.client::registeredAt));
        reader.client.authorization(AuthorizationMetadata.read(metadata, reader::read));
        reader.client.requestObjects(RequestObjectMetadata.read(metadata, reader::read));
        reader.read(ENABLED, () -> metadata.findBoolean(ENABLED).ifPresent(reader.client::enabled));
        return reader.client;
    }

    private void readRotation() {
        boolean rotated = metadata.findBoolean(ROTATE_REFRESH_TOKENS).orElse(false);
        long grace = metadata.findLong(REFRESH_TOKEN_GRACE).orElse(0L);
        client.refreshTokenRotation(new RefreshTokenRotation(rotated, Duration.ofSeconds(grace)));
    }

    private static Instant time(long seconds) {
        if (seconds < 0 || seconds > LATEST) {
            throw new IllegalArgumentException("must be seconds since 1970");
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** RFC 9701 §6: without {@code enc} there is a default, without {@code alg} there is nothing it could be about. */
    private void readEncryption() {
        Optional<String> algorithm = metadata.findString(INTROSPECTION_ALGORITHM);
        String encryption = metadata.findString(INTROSPECTION_ENCRYPTION).orElse(ResponseEncryption.DEFAULT_ENCRYPTION);
        if (!EncryptedJwt.ENCRYPTIONS.contains(encryption)) {
            client.fault(INTROSPECTION_ENCRYPTION, INTROSPECTION_ENCRYPTION + " is not supported");
        } else if (algorithm.isPresent()) {
            client.introspectionEncryption(new ResponseEncryption(algorithm.get(), encryption));
        } else if (metadata.has(INTROSPECTION_ENCRYPTION)) {
            client.fault(
                    INTROSPECTION_ENCRYPTION,
                    INTROSPECTION_ENCRYPTION + " is given without " + INTROSPECTION_ALGORITHM);
        }
    }

    private Optional<Set<ResourceIndicator>> resources(String name) {
        return metadata.findStrings(name)
                .map(values -> values.stream()
                        .map(ResourceIndicator::new)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** RFC 7591 §2 has HTTP Basic for a default; whoever registers keys, or the issuer that has some, means to use them. */
    private void chooseMethod() {
        if (metadata.has(AUTH_METHOD)) {
            return;
        }
        if (metadata.has(JWKS) || metadata.has(JWKS_URI) || metadata.has(FEDERATED)) {
            client.authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT);
        } else if (metadata.has(CLIENT_SECRET)) {
            client.authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        }
    }

    private void readStrings() {
        Map<String, Consumer<String>> members = Map.of(
                CLIENT_SECRET,
                client::secret,
                AUTH_METHOD,
                name -> ClientAuthenticationMethod.find(name)
                        .ifPresentOrElse(
                                client::authenticationMethod,
                                () -> client.fault(AUTH_METHOD, AUTH_METHOD + " is not supported")),
                AUTH_ALGORITHM,
                name -> JwsAlgorithm.find(name)
                        .ifPresentOrElse(
                                client::assertionSigningAlgorithm,
                                () -> client.fault(AUTH_ALGORITHM, AUTH_ALGORITHM + " is not supported")),
                INTROSPECTION_SIGNING,
                name -> JwsAlgorithm.find(name)
                        .ifPresentOrElse(
                                client::introspectionSigningAlgorithm,
                                () -> client.fault(INTROSPECTION_SIGNING, INTROSPECTION_SIGNING + " is not supported")),
                SCOPE,
                text -> client.scope(text.isEmpty() ? Scope.empty() : Scope.parse(text)),
                JWKS_URI,
                text -> client.jwksUri(uri(text)));
        new TreeSet<>(members.keySet())
                .forEach(name -> read(name, () -> metadata.findString(name).ifPresent(members.get(name))));
    }

    /** Unlike those of {@link URI#create}, the words of a fault don't hold the value. */
    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("must be a URI", malformed);
        }
    }

    private void read(String name, Runnable member) {
        try {
            member.run();
        } catch (OAuthException malformed) {
            fault(name, malformed.error().description());
        } catch (JsonException | KeyException | IllegalArgumentException malformed) {
            fault(name, String.valueOf(malformed.getMessage()));
        }
    }

    private void fault(String name, String words) {
        client.fault(name, words.startsWith(name) ? words : name + ": " + words);
    }

    static JsonObject write(RegisteredClient client) {
        JsonObject.Builder json = JsonObject.builder()
                .put(CLIENT_ID, client.clientId().value())
                .put(AUTH_METHOD, client.authenticationMethod().wireName())
                .put(GRANT_TYPES, client.grantTypes().stream().sorted().toList());
        if (!client.scope().isEmpty()) {
            json.put(SCOPE, client.scope().toString());
        }
        client.assertionSigningAlgorithm().ifPresent(algorithm -> json.put(AUTH_ALGORITHM, algorithm.joseName()));
        client.jwks().ifPresent(keys -> json.put(JWKS, keys.toJsonObject()));
        client.jwksUri().ifPresent(uri -> json.put(JWKS_URI, uri.toString()));
        client.federatedIdentity().ifPresent(identity -> json.put(FEDERATED, identity.toJson()));
        if (!client.resources().isEmpty()) {
            json.put(RESOURCES, values(client.resources()));
        }
        if (!client.resourceServerFor().isEmpty()) {
            json.put(RESOURCE_SERVER_FOR, values(client.resourceServerFor()));
        }
        if (client.introspectOwnTokens()) {
            json.put(INTROSPECT_OWN, true);
        }
        client.introspectionSigningAlgorithm()
                .ifPresent(algorithm -> json.put(INTROSPECTION_SIGNING, algorithm.joseName()));
        client.introspectionEncryption()
                .ifPresent(encrypted -> json.put(INTROSPECTION_ALGORITHM, encrypted.algorithm())
                        .put(INTROSPECTION_ENCRYPTION, encrypted.encryption()));
        if (client.legacyAssertionAudience()) {
            json.put(LEGACY_AUDIENCE, true);
        }
        if (client.requireAssertionTyp()) {
            json.put(REQUIRE_TYP, true);
        }
        if (client.tryAllKeys()) {
            json.put(TRY_ALL_KEYS, true);
        }
        client.selfIssuedAssertions().ifPresent(goodFor -> json.put(SELF_ISSUED, goodFor.toJson()));
        client.accessTokenLifetime().ifPresent(lifetime -> json.put(TOKEN_LIFETIME, lifetime.toSeconds()));
        RefreshTokenRotation rotation = client.refreshTokenRotation();
        if (rotation.isRotated() && client.authenticationMethod() != ClientAuthenticationMethod.NONE) {
            json.put(ROTATE_REFRESH_TOKENS, true);
        }
        if (!rotation.grace().isZero()) {
            json.put(REFRESH_TOKEN_GRACE, rotation.grace().toSeconds());
        }
        if (!client.attributes().isEmpty()) {
            json.put(ATTRIBUTES, client.attributes().toJson());
        }
        client.registeredAt().ifPresent(time -> json.put(REGISTERED_AT, time.getEpochSecond()));
        AuthorizationMetadata.write(client.authorization(), json);
        RequestObjectMetadata.write(client.requestObjects(), json);
        if (!client.isEnabled()) {
            json.put(ENABLED, false);
        }
        return json.build();
    }

    private static List<String> values(Set<ResourceIndicator> resources) {
        return resources.stream().map(ResourceIndicator::value).sorted().toList();
    }
}
