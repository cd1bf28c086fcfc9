package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryGrantStore;
import dev.signet.authorizationserver.store.memory.InMemoryPushedRequestStore;
import dev.signet.authorizationserver.store.memory.InMemoryReplayGuard;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.authorizationserver.store.memory.InMemoryStoredTokens;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.accesstoken.AccessTokenPayload;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.KeySource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A server with two resources, one client for each method and one trusted issuer, at a time that stands still. Every test
 * starts from its valid requests and changes one thing.
 */
final class Fixture {

    static final Issuer ISSUER = Issuer.of("https://as.example.com");
    static final String TOKEN_ENDPOINT = "https://as.example.com/token";
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final String ORDERS = "https://api.example.com/orders";
    static final String STOCK = "https://api.example.com/stock";
    static final String TRUSTED_ISSUER = "https://ci.example.com";

    /** {@code private_key_jwt}. */
    static final String REPORTER = "reporter";

    /** {@code client_secret_basic}. */
    static final String BATCH = "batch";

    /** {@code client_secret_post}. */
    static final String FORMER = "former";

    /** {@code client_secret_jwt}. */
    static final String MACER = "macer";

    /** The resource server of {@link #ORDERS}, {@code client_secret_basic}. */
    static final String ORDERS_API = "orders-api";

    /** The resource server of {@link #STOCK}, {@code client_secret_basic}. */
    static final String STOCK_API = "stock-api";

    /** {@code none}. */
    static final String PUBLIC = "public";

    static final String SECRET = "correct horse battery staple, 64 characters of it to suit HS512!!";

    final MovableClock clock = new MovableClock(NOW);
    final RecordingListener events = new RecordingListener();
    private final AtomicInteger used = new AtomicInteger();
    final InMemoryReplayGuard replayGuard = new InMemoryReplayGuard(clock);
    final InMemoryRevokedTokens revokedTokens = new InMemoryRevokedTokens(clock, counting(replayGuard));
    final InMemoryStoredTokens storedTokens = new InMemoryStoredTokens(clock, counting(replayGuard));
    final InMemoryGrantStore grants = new InMemoryGrantStore(clock, counting(replayGuard), storedTokens, revokedTokens);
    final InMemoryPushedRequestStore pushedRequests = new InMemoryPushedRequestStore(clock, counting(replayGuard));
    final InMemoryServerKeyStore<SigningKey> signingKeys =
            InMemoryServerKeyStore.of(List.of(new StoredKey<>(TestKeys.SERVER, NOW, NOW)));
    final InMemoryClientStore clients = InMemoryClientStore.of(List.of(
            reporter().build(),
            client(BATCH, ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .secret(SECRET)
                    .build(),
            client(FORMER, ClientAuthenticationMethod.CLIENT_SECRET_POST)
                    .secret(SECRET)
                    .build(),
            client(MACER, ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                    .secret(SECRET)
                    .build(),
            client(PUBLIC, ClientAuthenticationMethod.NONE)
                    .grantTypes(Set.of(GrantType.JWT_BEARER))
                    .build(),
            resourceServer(ORDERS_API, ORDERS).build(),
            resourceServer(STOCK_API, STOCK).build()));
    private final Set<String> disabledClients = ConcurrentHashMap.newKeySet();
    final AuthorizationServer server;
    private final AtomicInteger ids = new AtomicInteger();
    private final List<Integer> usedBefore;

    private Fixture(BiConsumer<Fixture, AuthorizationServer.Builder> settings) {
        AuthorizationServer.Builder builder = AuthorizationServer.builder()
                .issuer(ISSUER)
                .clients(this::registered)
                .resources(List.of(orders().build(), stock().build()))
                .signingKeys(signingKeys)
                .replayGuard(counting(replayGuard))
                .storedTokens(storedTokens)
                .trustedIssuers(TrustedIssuers.of(List.of(ci().build())))
                .authenticationMethods(EnumSet.allOf(ClientAuthenticationMethod.class))
                .clock(clock)
                .executor(Runnable::run)
                .listener(events);
        settings.accept(this, builder);
        this.server = builder.build();
        this.usedBefore = new java.util.concurrent.CopyOnWriteArrayList<>();
    }

    /** The server as it is. */
    static Fixture standard() {
        return with(builder -> {});
    }

    /** The server with other settings. */
    static Fixture with(Consumer<AuthorizationServer.Builder> settings) {
        return new Fixture((fixture, builder) -> settings.accept(builder.revokedTokens(fixture.revokedTokens)));
    }

    /** The server with other settings, without a store of revoked tokens. */
    static Fixture withoutRevocation(Consumer<AuthorizationServer.Builder> settings) {
        return new Fixture((fixture, builder) -> settings.accept(builder));
    }

    /** The server with other settings, which keeps what resource owners grant, and what clients push. */
    static Fixture granting(Consumer<AuthorizationServer.Builder> settings) {
        return new Fixture((fixture, builder) -> settings.accept(builder.revokedTokens(fixture.revokedTokens)
                .grants(fixture.grants)
                .pushedRequests(fixture.pushedRequests)
                .resourceOwnerPrompt(question -> new Decision.Denied())));
    }

    /** The server with other settings that need its stores, which keeps what resource owners grant. */
    static Fixture registering(BiConsumer<Fixture, AuthorizationServer.Builder> settings) {
        return new Fixture((fixture, builder) -> settings.accept(
                fixture,
                builder.revokedTokens(fixture.revokedTokens)
                        .grants(fixture.grants)
                        .resourceOwnerPrompt(question -> new Decision.Denied())));
    }

    /** The server with its trusted issuer changed. */
    static Fixture withIssuer(UnaryOperator<TrustedIssuer.Builder> change) {
        return with(builder -> builder.trustedIssuers(
                TrustedIssuers.of(List.of(change.apply(ci()).build()))));
    }

    /** Adds a client. */
    Fixture and(RegisteredClient.Builder client) {
        assertThat(clients.put(client.build())).isTrue();
        return this;
    }

    /** Takes a client out of service. */
    Fixture disable(String clientId) {
        disabledClients.add(clientId);
        return this;
    }

    private Optional<RegisteredClient> registered(ClientId clientId) {
        Optional<RegisteredClient> client = clients.find(clientId);
        return disabledClients.contains(clientId.value())
                ? client.map(found -> found.toBuilder().enabled(false).build())
                : client;
    }

    static RegisteredClient.Builder client(String id, ClientAuthenticationMethod method) {
        return RegisteredClient.builder(new ClientId(id))
                .authenticationMethod(method)
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS, GrantType.JWT_BEARER))
                .scope(Scope.of("orders.read", "orders.write", "stock.read"));
    }

    /** A client that uses no grant, but answers for a resource. */
    static RegisteredClient.Builder resourceServer(String id, String resource) {
        return RegisteredClient.builder(new ClientId(id))
                .authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .secret(SECRET)
                .resourceServerFor(Set.of(new ResourceIndicator(resource)));
    }

    /** A client with the key of that name. */
    static RegisteredClient.Builder keyClient(String id, SigningKey key) {
        return client(id, ClientAuthenticationMethod.PRIVATE_KEY_JWT).jwks(JwkSet.of(List.of(key.verificationKey())));
    }

    static RegisteredClient.Builder reporter() {
        return keyClient(REPORTER, TestKeys.CLIENT);
    }

    static ProtectedResource.Builder orders() {
        return ProtectedResource.builder(new ResourceIndicator(ORDERS))
                .scope(Scope.of("orders.read", "orders.write", "orders.admin"))
                .isDefault(true);
    }

    static ProtectedResource.Builder stock() {
        return ProtectedResource.builder(new ResourceIndicator(STOCK))
                .scope(Scope.of("stock.read"))
                .tokenLifetime(Duration.ofMinutes(5));
    }

    static TrustedIssuer.Builder ci() {
        return ciWithoutScope().scope(Scope.of("orders.read", "stock.read"));
    }

    /** A trusted issuer that leaves scopes to the client. */
    static TrustedIssuer.Builder ciWithoutScope() {
        return TrustedIssuer.builder(TRUSTED_ISSUER)
                .keys(KeySource.of(JwkSet.of(List.of(TestKeys.ISSUER.verificationKey()))))
                .algorithms(Set.of(JwsAlgorithm.ES256))
                .subjects(SubjectPolicy.matching("repo:acme/*"));
    }

    /** An assertion that the client {@link #REPORTER} authenticates with. */
    TestAssertion clientAssertion() {
        return clientAssertion(REPORTER);
    }

    /** An assertion of that client, with the key of {@link #REPORTER}. */
    TestAssertion clientAssertion(String clientId) {
        return TestAssertion.of(
                        ClientAssertion.claims(
                                new ClientId(clientId), ISSUER, nextId(), clock.instant(), Duration.ofSeconds(60)),
                        TestKeys.CLIENT)
                .header("typ", ClientAssertion.TYPE);
    }

    /** An assertion that the client {@link #MACER} authenticates with. */
    TestAssertion macAssertion() {
        return clientAssertion(MACER).signedWith(MacKey.ofSecret(SECRET, JwsAlgorithm.HS256));
    }

    /** An assertion of the trusted issuer, about a subject it may speak for. */
    TestAssertion grantAssertion() {
        return TestAssertion.of(
                AssertionGrant.claims(
                        TRUSTED_ISSUER, "repo:acme/shop", ISSUER, nextId(), clock.instant(), Duration.ofMinutes(5)),
                TestKeys.ISSUER);
    }

    private JwtId nextId() {
        return new JwtId("jti-" + ids.incrementAndGet());
    }

    /** A request for client credentials without a client. */
    TestCall clientCredentials() {
        return new TestCall(this).with("grant_type", GrantType.CLIENT_CREDENTIALS);
    }

    /** A request for client credentials by {@link #REPORTER}. */
    TestCall validCall() {
        return clientCredentials().assertion(clientAssertion());
    }

    /** A request of {@link #REPORTER} to exchange an assertion of the trusted issuer. */
    TestCall validExchange() {
        return exchange(grantAssertion());
    }

    /** A request of {@link #REPORTER} to exchange that assertion. */
    TestCall exchange(TestAssertion assertion) {
        return exchange(assertion.compact()).assertion(clientAssertion());
    }

    /** A request to exchange that assertion, without a client. */
    TestCall exchange(String assertion) {
        return new TestCall(this).with("grant_type", GrantType.JWT_BEARER).with("assertion", assertion);
    }

    /** A token for {@link #ORDERS}, scope {@code orders.read}, that {@link #REPORTER} got. */
    String token() {
        return validCall().with("scope", "orders.read").send().json().requireString("access_token");
    }

    /** What the server would issue to {@link #REPORTER}, to be changed. */
    TestAssertion accessToken() {
        return TestAssertion.of(
                        AccessTokenPayload.builder()
                                .issuer(ISSUER)
                                .audience(List.of(ORDERS))
                                .subject(REPORTER)
                                .clientId(new ClientId(REPORTER))
                                .issuedAt(clock.instant())
                                .lifetime(Duration.ofMinutes(10))
                                .jwtId(nextId())
                                .scope(Scope.of("orders.read"))
                                .build(),
                        TestKeys.SERVER)
                .header("typ", AccessTokenProfile.TYPE);
    }

    /** A question about a token, without a client. */
    TestCall introspection(String token) {
        return new TestCall(this, "/introspect").with("token", token);
    }

    /** A question of {@link #ORDERS_API} about a token. */
    TestAnswer introspect(String token) {
        return introspection(token).basic(ORDERS_API, SECRET).send();
    }

    /** A request to revoke a token, without a client. */
    TestCall revocation(String token) {
        return new TestCall(this, "/revoke").with("token", token);
    }

    /** A request of {@link #REPORTER} to revoke a token. */
    TestAnswer revoke(String token) {
        return revocation(token).assertion(clientAssertion()).send();
    }

    TestAnswer send(ProtocolRequest request) {
        usedBefore.add(stored());
        return new TestAnswer(server.handle(request), server.signingKeys().published(), this);
    }

    TestAnswer get(String path) {
        return send(ProtocolRequest.builder("GET", path).build());
    }

    void assertNothingStoredSince(TestAnswer answer) {
        assertThat(stored()).as("uses and tokens stored").isEqualTo(usedBefore.get(usedBefore.size() - 1));
    }

    private int stored() {
        return used.get() + storedTokens.size() + revokedTokens.size() + grants.size() + pushedRequests.size();
    }

    private ReplayGuard counting(ReplayGuard guard) {
        return new ReplayGuard() {
            @Override
            public Optional<ReplayKey> consume(List<SingleUse> uses) {
                Optional<ReplayKey> replayed = guard.consume(uses);
                if (replayed.isEmpty()) {
                    used.addAndGet(uses.size());
                }
                return replayed;
            }

            @Override
            public boolean isUsed(ReplayKey key) {
                return guard.isUsed(key);
            }
        };
    }
}
