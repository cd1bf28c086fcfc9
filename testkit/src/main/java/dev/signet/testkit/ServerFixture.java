package dev.signet.testkit;

import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.authorizationserver.store.StoredTokens;
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
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.core.requestobject.RequestObjectClaims;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.KeySource;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * An authorization server in this process, with two resources, one client for each way to authenticate, one that asks people
 * for authorization, and one trusted issuer, fixed keys and a clock that stands still. A test starts from a valid request and changes one thing:
 *
 * <pre>{@code
 * ServerFixture fixture = ServerFixture.standard();
 * fixture.validCall().send().isIssued();
 * fixture.clientCredentials()
 *         .assertion(fixture.clientAssertion().withoutClaim("jti"))
 *         .send()
 *         .isInvalidClient();
 * }</pre>
 *
 * <p>{@link #withResourceOwner} makes one with an authorization endpoint:
 *
 * <pre>{@code
 * ServerFixture fixture = ServerFixture.withResourceOwner(TestResourceOwner.approving());
 * String code = fixture.validAuthorization().get().code();
 * fixture.redemption(code).send().isIssued();
 * }</pre>
 *
 * <p>For tests of an API alone, {@link #accessToken()} is what such a server issues.
 */
public final class ServerFixture {

    /** Who the server is. */
    public static final Issuer ISSUER = Issuer.of("https://as.example.com");

    /** The URL of its token endpoint. */
    public static final String TOKEN_ENDPOINT = "https://as.example.com/token";

    /** The default resource: scopes {@code orders.read}, {@code orders.write}, {@code orders.admin}. */
    public static final ResourceIndicator ORDERS = new ResourceIndicator("https://api.example.com/orders");

    /** Another resource: scope {@code stock.read}; its tokens live five minutes. */
    public static final ResourceIndicator STOCK = new ResourceIndicator("https://api.example.com/stock");

    /** Who may speak for subjects that begin with {@code repo:acme/}. */
    public static final String TRUSTED_ISSUER = "https://ci.example.com";

    /** The client that authenticates by {@code private_key_jwt}, with {@link FixedKeys#client()}. */
    public static final ClientId REPORTER = new ClientId("reporter");

    /** The client that authenticates by {@code client_secret_basic}. */
    public static final ClientId BATCH = new ClientId("batch");

    /** The client that authenticates by {@code client_secret_post}. */
    public static final ClientId POSTER = new ClientId("poster");

    /** The client that authenticates by {@code client_secret_jwt}. */
    public static final ClientId MACER = new ClientId("macer");

    /** The client that does not authenticate. */
    public static final ClientId PUBLIC = new ClientId("public");

    /**
     * The client that asks people for authorization, and authenticates by {@code client_secret_basic}. It signs its requests with {@link
     * FixedKeys#client()}.
     */
    public static final ClientId SHOP = new ClientId("shop");

    /** The redirect URI of {@link #SHOP}. */
    public static final String CALLBACK = "https://shop.example.com/callback";

    /** What {@link #SHOP} proves by that a code is its own. */
    public static final CodeVerifier VERIFIER = new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    /** The secret of all clients that have one. */
    public static final String SECRET = "a secret for tests, with the 64 characters that HS512 asks for..";

    private final TestClock clock = TestClock.atStart();
    private final RecordingListener events = new RecordingListener();
    private final RecordingReplayGuard replayGuard = new RecordingReplayGuard(new InMemoryReplayGuard(clock));
    private final InMemoryClientStore clients;
    private final AuthorizationServer server;
    private final AtomicInteger ids = new AtomicInteger();

    private ServerFixture(BiConsumer<ServerFixture, AuthorizationServer.Builder> settings) {
        clients = InMemoryClientStore.of(List.of(
                keyClient(REPORTER, FixedKeys.client()).build(),
                secretClient(BATCH, ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .build(),
                secretClient(POSTER, ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        .build(),
                secretClient(MACER, ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                        .build(),
                client(PUBLIC, ClientAuthenticationMethod.NONE)
                        .grantTypes(Set.of(GrantType.JWT_BEARER))
                        .build(),
                shop().build()));
        AuthorizationServer.Builder builder = AuthorizationServer.builder()
                .issuer(ISSUER)
                .clients(clients)
                .resources(List.of(orders().build(), stock().build()))
                .signingKeys(InMemoryServerKeyStore.of(
                        List.of(new StoredKey<>(FixedKeys.server(), TestClock.START, TestClock.START))))
                .replayGuard(replayGuard)
                .trustedIssuers(TrustedIssuers.of(List.of(trustedIssuer().build())))
                .authenticationMethods(EnumSet.allOf(ClientAuthenticationMethod.class))
                .clock(clock)
                .executor(Runnable::run)
                .listener(events);
        settings.accept(this, builder);
        server = builder.build();
    }

    /** The server as it is described above. */
    public static ServerFixture standard() {
        return with(builder -> {});
    }

    /**
     * The server with other settings. Who replaces the replay guard or the listener looks at theirs: the fixture's then
     * hears nothing.
     */
    public static ServerFixture with(Consumer<AuthorizationServer.Builder> settings) {
        return new ServerFixture((fixture, builder) -> settings.accept(builder));
    }

    /** The server with an authorization endpoint, where that resource owner is asked. It revokes and introspects, too. */
    public static ServerFixture withResourceOwner(ResourceOwnerPrompt owner) {
        return withResourceOwner(owner, builder -> {});
    }

    /** The same with other settings. */
    public static ServerFixture withResourceOwner(
            ResourceOwnerPrompt owner, Consumer<AuthorizationServer.Builder> settings) {
        return new ServerFixture((fixture, builder) -> {
            StoredTokens storedTokens = new InMemoryStoredTokens(fixture.clock, fixture.replayGuard);
            RevokedTokens revokedTokens = new InMemoryRevokedTokens(fixture.clock, fixture.replayGuard);
            builder.storedTokens(storedTokens)
                    .revokedTokens(revokedTokens)
                    .grants(new InMemoryGrantStore(fixture.clock, fixture.replayGuard, storedTokens, revokedTokens))
                    .pushedRequests(new InMemoryPushedRequestStore(fixture.clock, fixture.replayGuard))
                    .resourceOwnerPrompt(owner);
            settings.accept(builder);
        });
    }

    /** The server with its trust in {@link #TRUSTED_ISSUER} changed. */
    public static ServerFixture withTrustedIssuer(UnaryOperator<TrustedIssuer.Builder> change) {
        return with(builder -> builder.trustedIssuers(
                TrustedIssuers.of(List.of(change.apply(trustedIssuer()).build()))));
    }

    /**
     * Registers one more client.
     *
     * @throws IllegalArgumentException if there is one of that identifier
     */
    public ServerFixture and(RegisteredClient.Builder client) {
        RegisteredClient registered = client.build();
        if (!clients.put(registered)) {
            throw new IllegalArgumentException("there is a client " + registered.clientId() + " already");
        }
        return this;
    }

    /** A client of all scopes and grants, before it has what its method needs. */
    public static RegisteredClient.Builder client(ClientId clientId, ClientAuthenticationMethod method) {
        return RegisteredClient.builder(clientId)
                .authenticationMethod(method)
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS, GrantType.JWT_BEARER))
                .scope(Scope.of("orders.read", "orders.write", "stock.read"));
    }

    /** A client that authenticates with that key. */
    public static RegisteredClient.Builder keyClient(ClientId clientId, SigningKey key) {
        return client(clientId, ClientAuthenticationMethod.PRIVATE_KEY_JWT).jwks(FixedKeys.publicKeys(key));
    }

    /** A client that authenticates with {@link #SECRET}. */
    public static RegisteredClient.Builder secretClient(ClientId clientId, ClientAuthenticationMethod method) {
        return client(clientId, method).secret(SECRET);
    }

    /** {@link #SHOP}. */
    public static RegisteredClient.Builder shop() {
        return secretClient(SHOP, ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .jwks(FixedKeys.publicKeys(FixedKeys.client()))
                .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN))
                .authorization(AuthorizationSettings.builder()
                        .clientName("The shop")
                        .redirectUris(List.of(new RedirectUri(CALLBACK)))
                        .build());
    }

    /** {@link #ORDERS}. */
    public static ProtectedResource.Builder orders() {
        return ProtectedResource.builder(ORDERS)
                .scope(Scope.of("orders.read", "orders.write", "orders.admin"))
                .isDefault(true);
    }

    /** {@link #STOCK}. */
    public static ProtectedResource.Builder stock() {
        return ProtectedResource.builder(STOCK).scope(Scope.of("stock.read")).tokenLifetime(Duration.ofMinutes(5));
    }

    /** The trust in {@link #TRUSTED_ISSUER}. */
    public static TrustedIssuer.Builder trustedIssuer() {
        return TrustedIssuer.builder(TRUSTED_ISSUER)
                .keys(KeySource.of(FixedKeys.publicKeys(FixedKeys.issuer())))
                .algorithms(Set.of(JwsAlgorithm.ES256))
                .subjects(SubjectPolicy.matching("repo:acme/*"))
                .scope(Scope.of("orders.read", "stock.read"));
    }

    /** The server. */
    public AuthorizationServer server() {
        return server;
    }

    /** Its clock. */
    public TestClock clock() {
        return clock;
    }

    /** What it told. */
    public RecordingListener events() {
        return events;
    }

    /** Which assertions it recorded as used. */
    public RecordingReplayGuard replayGuard() {
        return replayGuard;
    }

    /** A valid assertion of {@link #REPORTER}, with a {@code jti} of its own. */
    public TestJwt clientAssertion() {
        return clientAssertion(REPORTER);
    }

    /** A valid assertion of that client, signed with the key of {@link #REPORTER}. */
    public TestJwt clientAssertion(ClientId clientId) {
        return TestJwt.of(
                        ClientAssertion.claims(clientId, ISSUER, nextId(), clock.instant(), Duration.ofSeconds(60)),
                        FixedKeys.client())
                .withType(ClientAssertion.TYPE);
    }

    /** A valid assertion of {@link #MACER}, with HS256. */
    public TestJwt macAssertion() {
        return clientAssertion(MACER).signedWith(MacKey.ofSecret(SECRET, JwsAlgorithm.HS256));
    }

    /** A valid assertion of {@link #TRUSTED_ISSUER} about {@code repo:acme/shop}, to be exchanged for a token. */
    public TestJwt grantAssertion() {
        return TestJwt.of(
                AssertionGrant.claims(
                        TRUSTED_ISSUER, "repo:acme/shop", ISSUER, nextId(), clock.instant(), Duration.ofMinutes(5)),
                FixedKeys.issuer());
    }

    /** An access token as the server issues it to {@link #REPORTER} for {@link #ORDERS}, scope {@code orders.read}. */
    public TestJwt accessToken() {
        return TestJwt.of(
                        AccessTokenPayload.builder()
                                .issuer(ISSUER)
                                .audience(List.of(ORDERS.value()))
                                .subject(REPORTER.value())
                                .clientId(REPORTER)
                                .issuedAt(clock.instant())
                                .lifetime(Duration.ofMinutes(10))
                                .jwtId(nextId())
                                .scope(Scope.of("orders.read"))
                                .build(),
                        FixedKeys.server())
                .withType(AccessTokenProfile.TYPE);
    }

    private JwtId nextId() {
        return new JwtId("jti-" + ids.incrementAndGet());
    }

    /** A request for client credentials that says nothing about the client. */
    public TokenCall clientCredentials() {
        return TokenCall.to(this::answer).with("grant_type", GrantType.CLIENT_CREDENTIALS);
    }

    /** A request to exchange an assertion, which says nothing about the client. */
    public TokenCall exchange(TestJwt assertion) {
        return exchange(assertion.compact());
    }

    /** A request to exchange whatever shall stand in the place of an assertion, which says nothing about the client. */
    public TokenCall exchange(String assertion) {
        return TokenCall.to(this::answer)
                .with("grant_type", GrantType.JWT_BEARER)
                .with("assertion", assertion);
    }

    /** A valid request of {@link #REPORTER} for client credentials. */
    public TokenCall validCall() {
        return clientCredentials().assertion(clientAssertion());
    }

    /** A valid request of {@link #REPORTER} to exchange an assertion of {@link #TRUSTED_ISSUER}. */
    public TokenCall validExchange() {
        return exchange(grantAssertion()).assertion(clientAssertion());
    }

    /** A valid request of {@link #SHOP} for {@code orders.read}, for a server with a resource owner. */
    public AuthorizationCall validAuthorization() {
        return AuthorizationCall.to(this::authorization)
                .with("response_type", "code")
                .with("client_id", SHOP.value())
                .with("redirect_uri", CALLBACK)
                .with("scope", "orders.read")
                .with("state", "a state of the client")
                .with("code_challenge", VERIFIER.challenge().value())
                .with("code_challenge_method", CodeChallenge.METHOD);
    }

    /** What {@link #validAuthorization()} asks for as a request object, with a {@code jti} of its own. */
    public TestJwt requestObject() {
        JsonObject.Builder parameters = JsonObject.builder();
        FormParameters plain = FormParameters.parse(validAuthorization().query());
        plain.names().forEach(name -> parameters.put(name, plain.require(name)));
        return TestJwt.of(
                        RequestObjectClaims.of(SHOP, ISSUER, parameters.build(), nextId(), clock.instant()),
                        FixedKeys.client())
                .withType(RequestObject.TYPE);
    }

    /** A request of {@link #SHOP} with that request object and nothing else. */
    public AuthorizationCall authorization(TestJwt requestObject) {
        return AuthorizationCall.to(this::authorization)
                .with("client_id", SHOP.value())
                .with("request", requestObject.compact());
    }

    /** A request of {@link #SHOP} for what it pushed before; the push must be in order. */
    public AuthorizationCall pushedAuthorization(TestJwt requestObject) {
        ProtocolResponse pushed = send(ProtocolRequest.builder("POST", "/par")
                .header("Authorization", BasicCredentials.encode(SHOP, SECRET))
                .form(FormParameters.encode(List.of(Map.entry("request", requestObject.compact()))))
                .build());
        return AuthorizationCall.to(this::authorization)
                .with("client_id", SHOP.value())
                .with("request_uri", JsonObject.parse(pushed.body()).requireString("request_uri"));
    }

    /** A valid request of {@link #SHOP} to exchange a code that came of {@link #validAuthorization()}. */
    public TokenCall redemption(String code) {
        return TokenCall.to(this::answer)
                .basic(SHOP, SECRET)
                .with("grant_type", GrantType.AUTHORIZATION_CODE)
                .with("code", code)
                .with("redirect_uri", CALLBACK)
                .with("code_verifier", VERIFIER.value());
    }

    /** Sends any request. */
    public ProtocolResponse send(ProtocolRequest request) {
        return server.handle(request);
    }

    private AuthorizationAnswer authorization(ProtocolRequest request) {
        int before = events.all().size();
        ProtocolResponse response = server.handle(request);
        List<ServerEvent> told = events.all();
        return new AuthorizationAnswer(response, told.subList(before, told.size()));
    }

    /** What happened since the request came in belongs to it, as long as a test sends one request after the other. */
    private TokenAnswer answer(ProtocolRequest request) {
        int eventsBefore = events.all().size();
        int usesBefore = replayGuard.recorded().size();
        ProtocolResponse response = server.handle(request);
        List<ServerEvent> told = events.all();
        List<SingleUse> recorded = replayGuard.recorded();
        return new TokenAnswer(
                response,
                server.signingKeys().published(),
                told.subList(eventsBefore, told.size()),
                recorded.subList(usesBefore, recorded.size()));
    }
}
