package dev.signet.authorizationserver.registry;

import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The members that describe a client, in a configuration file, in a store and where it registers itself (RFC 7591 §2): those that
 * the features have for it, and {@code client_id}.
 */
public final class ClientMetadata {

    private static final String CLIENT_ID = "client_id";

    private static final List<FeatureMetadata> FEATURES = List.of(
            new AuthenticationMetadata(),
            new GrantMetadata(),
            new KeysMetadata(),
            new RefreshTokenMetadata(),
            new SelfIssuedMetadata(),
            new IntrospectionMetadata(),
            new AuthorizationMetadata(),
            new RequestObjectMetadata(),
            new AdministrationMetadata(),
            new SelfRegistrationMetadata());

    /** The names that mean something; RFC 7591 has others that are ignored here. */
    public static final Set<String> MEMBERS = withClientId(FeatureMetadata::members);

    /** Those that a client may give that registers itself (RFC 7591 §3.1). */
    public static final Set<String> REGISTRABLE = all(FeatureMetadata::registrable);

    private ClientMetadata() {}

    private static Set<String> withClientId(Function<FeatureMetadata, Set<String>> names) {
        Set<String> all = new TreeSet<>(all(names));
        all.add(CLIENT_ID);
        return Collections.unmodifiableSet(all);
    }

    private static Set<String> all(Function<FeatureMetadata, Set<String>> names) {
        return FEATURES.stream().map(names).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    static RegisteredClient.Builder read(JsonObject metadata, CryptoProvider provider) {
        RegisteredClient.Builder client;
        try {
            client = RegisteredClient.builder(new ClientId(metadata.requireString(CLIENT_ID)));
        } catch (JsonException malformed) {
            throw new IllegalArgumentException(malformed.getMessage(), malformed);
        }
        MemberReader reader = new MemberReader(metadata, client, provider);
        FEATURES.forEach(feature -> feature.read(reader, client));
        return client;
    }

    static JsonObject write(RegisteredClient client) {
        JsonObject.Builder json =
                JsonObject.builder().put(CLIENT_ID, client.clientId().value());
        FEATURES.forEach(feature -> feature.write(client, json));
        return json.build();
    }

    static void check(RegisteredClient.Builder client, List<String> faults) {
        FEATURES.forEach(feature -> feature.check(client, faults));
        ClientAuthenticationMethod method = client.authenticationMethod;
        if (method != null) {
            FEATURES.forEach(feature -> feature.check(client, method, faults));
        }
    }
}
