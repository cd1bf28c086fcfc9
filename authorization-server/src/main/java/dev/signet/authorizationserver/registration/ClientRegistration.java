package dev.signet.authorizationserver.registration;

import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.internal.RateLimit;
import dev.signet.authorizationserver.registry.ClientMetadata;
import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.HashedSecret;
import dev.signet.authorizationserver.registry.InvalidClient;
import dev.signet.authorizationserver.registry.MacSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfRegistration;
import dev.signet.authorizationserver.registry.SelfRegistration.SoftwareStatement;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Registers clients that come by themselves, and changes and removes what they registered (RFC 7591 §3, RFC 7592 §2). Each is one call
 * of a store, made at the end. Thread-safe.
 */
public final class ClientRegistration {

    private static final String ANYBODY = "";
    private static final String CLIENT_ID = "client_id";
    private static final String REGISTERED_AT = "client_id_issued_at";
    private static final String AUTH_METHOD = "token_endpoint_auth_method";
    private static final String GRANT_TYPES = "grant_types";
    private static final String SCOPE = "scope";
    private static final String SOFTWARE_STATEMENT = "software_statement";
    private static final String MAC_METHOD = ClientAuthenticationMethod.CLIENT_SECRET_JWT.wireName();

    private static final Set<Object> SECRET_METHODS = Set.of(
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC.wireName(),
            ClientAuthenticationMethod.CLIENT_SECRET_POST.wireName(),
            MAC_METHOD);

    private final RegistrationPolicy policy;
    private final ClientStore clients;
    private final InitialAccessTokenStore tokens;
    private final SoftwareStatements statements;
    private final RegistrantRules rules;
    private final RateLimit<String> openRegistrations;
    private final CryptoProvider provider;
    private final RandomIds ids;
    private final RandomTexts texts;
    private final SecureRandom random;
    private final HashedSecret decoy;

    /**
     * In those stores.
     *
     * @param rules what registrants are held to
     * @param provider what their keys work with
     */
    public ClientRegistration(
            RegistrationPolicy policy,
            ClientStore clients,
            InitialAccessTokenStore tokens,
            SoftwareStatements statements,
            RegistrantRules rules,
            CryptoProvider provider,
            SecureRandom random) {
        this.policy = policy;
        this.clients = clients;
        this.tokens = tokens;
        this.statements = statements;
        this.rules = rules;
        this.openRegistrations = new RateLimit<>(policy.openAtOnce(), policy.timePerOpenRegistration());
        this.provider = provider;
        this.ids = new RandomIds(random);
        this.texts = new RandomTexts(random);
        this.random = random;
        this.decoy = ClientSecret.hashed(texts.next(), random);
    }

    /**
     * A registration as its client is told.
     *
     * @param secret the secret, if it is new
     * @param accessToken the registration access token
     */
    public record Told(RegisteredClient client, Optional<String> secret, String accessToken) {
        /** Shows the client. */
        @Override
        public String toString() {
            return "Told " + client.clientId();
        }
    }

    /**
     * Somebody without an initial access token.
     *
     * @throws OAuthException {@code invalid_token} if nobody may register without
     */
    public Registrant anybody() {
        if (!policy.isOpen()) {
            throw noToken();
        }
        return new Registrant(Optional.empty());
    }

    /**
     * Whoever has that initial access token.
     *
     * @throws OAuthException {@code invalid_token} if it is of no use
     */
    public Registrant holder(String token, Instant now) {
        return new Registrant(Optional.of(Optional.of(token)
                .filter(RandomTexts::isOne)
                .map(TokenDigest::of)
                .flatMap(tokens::find)
                .filter(found -> found.isUsable(now))
                .orElseThrow(() -> refused("the initial access token is unknown, has expired or is used up"))));
    }

    /**
     * Registers a client.
     *
     * @throws OAuthException with a code of RFC 7591 §3.2.2 if it can't be registered like that, or {@code invalid_token} if the initial
     *     access token was used up meanwhile
     */
    public Told register(Registrant registrant, JsonObject request, Instant now) {
        JsonObject asked = withoutNulls(request);
        Optional<SoftwareStatement> statement = statement(asked, now);
        String accessToken = texts.next();
        SelfRegistration registration = new SelfRegistration(
                registrant.token().map(InitialAccessToken::name),
                ClientSecret.hashed(accessToken, random),
                registrant.token().map(InitialAccessToken::metadata).orElse(JsonObject.empty()),
                statement);
        JsonObject given = JsonObject.builder()
                .put(CLIENT_ID, ids.next().value())
                .put(REGISTERED_AT, now.getEpochSecond())
                .build();
        String secret = ClientSecret.generate(random);
        RegisteredClient client = client(asked, given, registration, method -> Optional.empty(), secret, List.of());
        keep(registrant, client, now);
        return told(client, secret, accessToken);
    }

    private void keep(Registrant registrant, RegisteredClient client, Instant now) {
        Optional<InitialAccessToken> token = registrant.token();
        if (token.isPresent()) {
            if (!tokens.redeem(token.get().digest(), client, now)) {
                throw refused("the initial access token was used up meanwhile");
            }
        } else {
            // In one name for all, since addresses cost nothing.
            openRegistrations.require(ANYBODY, "clients registered without an initial access token", now);
            openRegistrations.note(ANYBODY, now);
            if (!clients.put(client)) {
                throw new IllegalStateException("a random client_id is that of another client");
            }
        }
    }

    private Optional<SoftwareStatement> statement(JsonObject asked, Instant now) {
        Optional<Object> given = asked.find(SOFTWARE_STATEMENT);
        if (given.isPresent() && !(given.get() instanceof String)) {
            throw InvalidMetadata.of(SOFTWARE_STATEMENT + " must be a string");
        }
        return given.map(text -> statements.verify((String) text, now));
    }

    /**
     * The client that comes of what is asked for.
     *
     * @param administrative what it has whatever it asks for
     * @param kept gives the secret that it keeps with a method
     * @param next the secret that it gets if it needs one and keeps none
     * @param before faults that were found already
     */
    private RegisteredClient client(
            JsonObject asked,
            JsonObject administrative,
            SelfRegistration registration,
            Function<String, Optional<ClientSecret>> kept,
            String next,
            List<String> before) {
        List<String> faults = new ArrayList<>(before);
        faults.addAll(RegistrantRules.faults(asked));
        JsonObject metadata = effective(asked, administrative, registration);
        RegisteredClient.Builder builder =
                RegisteredClient.fromMetadata(metadata, provider).random(random).selfRegistration(registration);
        metadata.find(AUTH_METHOD)
                .filter(SECRET_METHODS::contains)
                .ifPresent(method ->
                        kept.apply((String) method).ifPresentOrElse(builder::secret, () -> builder.secret(next)));
        RegisteredClient client;
        try {
            client = builder.build();
        } catch (InvalidClient invalid) {
            faults.addAll(invalid.faults());
            throw InvalidMetadata.of(faults);
        }
        faults.addAll(rules.faults(client, registration.fixed().names(), !registration.isVerified()));
        if (!faults.isEmpty()) {
            throw InvalidMetadata.of(faults);
        }
        return limited(client, registration.fixed());
    }

    /** No more than the policy gives; who names no resource would have all. */
    private RegisteredClient limited(RegisteredClient client, JsonObject fixed) {
        RegisteredClient.Builder limited = client.toBuilder();
        if (!fixed.has(SCOPE)) {
            limited.scope(client.scope().intersect(policy.scope()));
        }
        if (!fixed.has("resources") && client.resources().isEmpty()) {
            limited.resources(policy.resources());
        }
        return limited.build();
    }

    /** Later ones win: what is asked for, what the software statement says, what the initial access token fixes. */
    private JsonObject effective(JsonObject asked, JsonObject administrative, SelfRegistration registration) {
        JsonObject.Builder json = administrative.toBuilder();
        ClientMetadata.REGISTRABLE.forEach(name -> asked.find(name).ifPresent(value -> json.put(name, value)));
        registration.softwareStatement().ifPresent(statement -> putAll(statement.members(), json));
        putAll(registration.fixed(), json);
        JsonObject said = json.build();
        if (!said.has(GRANT_TYPES) && !said.has("resource_server_for")) {
            json.put(GRANT_TYPES, List.of(GrantType.AUTHORIZATION_CODE));
        }
        if (!said.has(SCOPE) && !policy.scope().isEmpty()) {
            json.put(SCOPE, policy.scope().toString());
        }
        if (Stream.of(AUTH_METHOD, "jwks", "jwks_uri", "federated_identity").noneMatch(said::has)) {
            json.put(AUTH_METHOD, ClientAuthenticationMethod.CLIENT_SECRET_BASIC.wireName());
        }
        return json.build();
    }

    private static void putAll(JsonObject members, JsonObject.Builder json) {
        members.names().forEach(name -> json.put(name, members.find(name).orElseThrow()));
    }

    /** RFC 7592 §2.2: null stands for a member that is not there. */
    private static JsonObject withoutNulls(JsonObject request) {
        JsonObject.Builder json = request.toBuilder();
        request.names().stream()
                .filter(name -> request.find(name).filter(JsonNull.NULL::equals).isPresent())
                .forEach(json::remove);
        return json.build();
    }

    /** The secret is told if it is the one that was made for it. */
    private static Told told(RegisteredClient client, String secret, String accessToken) {
        return new Told(
                client, client.secret().filter(kept -> kept.matches(secret)).map(kept -> secret), accessToken);
    }

    /**
     * The registration of a client, to whoever has its registration access token (RFC 7592 §2.1).
     *
     * @throws OAuthException {@code invalid_token} if it is another's, or there is no such client that registered itself; {@code
     *     access_denied} if the client is disabled
     */
    public Told read(ClientId clientId, String accessToken) {
        Optional<RegisteredClient> client = clients.find(clientId);
        requireOwn(client, accessToken);
        return new Told(client.orElseThrow(), Optional.empty(), accessToken);
    }

    /** Whether there is such a client or not, the same is done and said. */
    private void requireOwn(Optional<RegisteredClient> client, String accessToken) {
        HashedSecret kept = client.flatMap(RegisteredClient::selfRegistration)
                .map(SelfRegistration::accessToken)
                .orElse(decoy);
        if (!kept.matches(accessToken)) {
            throw refused("the registration access token is not that of the client, or there is no such client");
        }
        if (client.filter(RegisteredClient::isEnabled).isEmpty()) {
            throw OAuthException.of(
                    ErrorCode.ACCESS_DENIED,
                    "The client is disabled",
                    RefusalReason.CLIENT_DISABLED,
                    "a client that is disabled can't see or change its registration");
        }
    }

    /**
     * Replaces the registration of a client (RFC 7592 §2.2). What is not its own to say stays as it is.
     *
     * @throws OAuthException as for {@link #read}, or with a code of RFC 7591 §3.2.2
     */
    public Told update(ClientId clientId, String accessToken, JsonObject request, Instant now) {
        requireOwn(clients.find(clientId), accessToken);
        JsonObject asked = withoutNulls(request);
        String nextToken = texts.next();
        String nextSecret = ClientSecret.generate(random);
        HashedSecret hashed = ClientSecret.hashed(nextToken, random);
        Optional<RegisteredClient> changed = clients.change(clientId, current -> {
            // Once more, since another update or whoever runs the server may have come first.
            requireOwn(Optional.of(current), accessToken);
            return updated(current, asked, hashed, nextSecret);
        });
        return told(changed.orElseThrow(() -> refused("the client is gone meanwhile")), nextSecret, nextToken);
    }

    private RegisteredClient updated(
            RegisteredClient current, JsonObject asked, HashedSecret nextToken, String nextSecret) {
        SelfRegistration registration = current.selfRegistration().orElseThrow().withAccessToken(nextToken);
        JsonObject.Builder administrative = current.toMetadata().toBuilder();
        ClientMetadata.REGISTRABLE.forEach(administrative::remove);
        return client(
                asked,
                administrative.build(),
                registration,
                method -> current.secret()
                        .filter(kept -> !policy.rotatesSecretOnUpdate())
                        .filter(kept -> kept instanceof MacSecret == method.equals(MAC_METHOD)),
                nextSecret,
                UpdateRules.faults(current, asked));
    }

    /**
     * Removes a client for good (RFC 7592 §2.3).
     *
     * @throws OAuthException as for {@link #read}
     */
    public void remove(ClientId clientId, String accessToken) {
        requireOwn(clients.find(clientId), accessToken);
        if (!clients.remove(clientId)) {
            throw refused("the client is gone meanwhile");
        }
    }

    /** A refusal of who shows no token at all (RFC 6750 §3.1). */
    public static OAuthException noToken() {
        return OAuthException.of(
                ErrorCode.INVALID_TOKEN,
                "A token is needed",
                RefusalReason.REGISTRATION_TOKEN_MISSING,
                "there is no Authorization header with a Bearer token");
    }

    /** A refusal of a token, with the one sentence that is said in public about it. */
    public static OAuthException refused(String detail) {
        return OAuthException.of(
                ErrorCode.INVALID_TOKEN,
                "The token is unknown, has expired or is used up",
                RefusalReason.REGISTRATION_TOKEN_REFUSED,
                detail);
    }
}
