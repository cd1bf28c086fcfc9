package dev.signet.systemtests.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.registration.InitialAccessToken;
import dev.signet.authorizationserver.registration.InitialAccessTokenStore;
import dev.signet.authorizationserver.registry.AuthorizationSettings;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryGrantStore;
import dev.signet.authorizationserver.store.memory.InMemoryInitialAccessTokenStore;
import dev.signet.authorizationserver.store.memory.InMemoryPushedRequestStore;
import dev.signet.authorizationserver.store.memory.InMemoryReplayGuard;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.authorizationserver.store.memory.InMemoryStoredTokens;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.SignedAssertions;
import dev.signet.client.TokenRequest;
import dev.signet.client.authorization.AuthorizationRequest;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.testkit.FixedKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the guide shows compiles, and together it is a server with clients and an API that do what the guide says. */
class FromAuthlibGuideTest {

    private static final String SECRET = "a secret of more than 32 characters";
    private static final RedirectUri CALLBACK = new RedirectUri("https://shop.example.com/callback");

    private final OutboundHttp http =
            OutboundHttp.builder().allowHosts(Set.of("localhost")).build();

    private final String initialAccessToken = InitialAccessToken.generate(new SecureRandom());

    private HttpServer listener;
    private AuthorizationServer server;
    private String issuer;

    @BeforeEach
    void start() throws IOException {
        listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        issuer = "http://localhost:" + listener.getAddress().getPort();
        Clock clock = Clock.systemUTC();
        InMemoryReplayGuard replayGuard = new InMemoryReplayGuard(clock);
        StoredTokens storedTokens = new InMemoryStoredTokens(clock, replayGuard);
        InMemoryRevokedTokens revokedTokens = new InMemoryRevokedTokens(clock, replayGuard);
        InMemoryClientStore clients = InMemoryClientStore.of(clients());
        InitialAccessTokenStore tokens = new InMemoryInitialAccessTokenStore(clients);
        tokens.put(new InitialAccessToken(
                "crew", TokenDigest.of(initialAccessToken), clock.instant().plusSeconds(600), 1, JsonObject.empty()));
        AuthorizationServer.Builder builder = AuthorizationServer.builder()
                .issuer(Issuer.of(issuer))
                .signingKeys(InMemoryServerKeyStore.of(List.of()))
                .selfIssuedAssertions(true)
                .grants(new InMemoryGrantStore(clock, replayGuard, storedTokens, revokedTokens))
                .pushedRequests(new InMemoryPushedRequestStore(clock, replayGuard))
                .resourceOwnerPrompt(question -> new Decision.Approved(
                        "alice@staff.example",
                        Authentication.byPassword(clock.instant()),
                        question.proposal().orElseThrow().scope()));
        FromAuthlibExample.people(
                builder,
                FromAuthlibExample.trusted(FixedKeys.publicKeys(FixedKeys.issuer())),
                Map.of("alice@staff.example", "clerk", "bob@staff.example", "manager"),
                Set.of("reporter alice@staff.example", "agent alice@staff.example"));
        FromAuthlibExample.clientAssertions(builder, replayGuard);
        FromAuthlibExample.accessTokens(builder);
        FromAuthlibExample.revocable(builder, revokedTokens);
        FromAuthlibExample.requests(builder, http);
        FromAuthlibExample.registration(builder, clients, tokens);
        server = builder.build();
        new EmbeddedServerExample(LoggerFactory.getLogger("from-authlib"), client -> "").listen(listener, server);
        listener.start();
    }

    private static List<RegisteredClient> clients() {
        return List.of(
                RegisteredClient.builder(new ClientId("reporter"))
                        .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .jwks(FixedKeys.publicKeys(FixedKeys.client()))
                        .grantTypes(Set.of(GrantType.JWT_BEARER, GrantType.CLIENT_CREDENTIALS))
                        .scope(Scope.of("orders.read"))
                        .introspectOwnTokens(true)
                        .build(),
                RegisteredClient.builder(new ClientId("batch"))
                        .authenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                        .secret(SECRET)
                        .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS))
                        .scope(Scope.of("orders.read"))
                        .build(),
                RegisteredClient.builder(new ClientId("shop"))
                        .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                        .jwks(FixedKeys.publicKeys(FixedKeys.client()))
                        .grantTypes(Set.of(GrantType.AUTHORIZATION_CODE))
                        .authorization(AuthorizationSettings.builder()
                                .redirectUris(List.of(CALLBACK))
                                .build())
                        .requestObjects(FromAuthlibExample.signedRequests())
                        .scope(Scope.of("orders.read"))
                        .build(),
                FromAuthlibExample.agent(FixedKeys.ed25519().verificationKey()),
                FromAuthlibExample.legacy(FixedKeys.stranger().verificationKey()));
    }

    @AfterEach
    void stop() {
        listener.stop(0);
    }

    private OAuthClient client(ClientAuthentication authentication) {
        return OAuthClient.builder(Issuer.of(issuer), authentication)
                .outbound(http)
                .build();
    }

    private OAuthClient reporter() {
        return client(FromAuthlibExample.privateKeyJwt(FixedKeys.client()));
    }

    private static TokenRequest about(String issuer, String subject, SigningKey key) {
        return TokenRequest.jwtBearer(SignedAssertions.builder()
                .issuer(issuer)
                .subject(subject)
                .key(key)
                .build());
    }

    @Test
    void a_trusted_issuer_speaks_for_who_has_an_account_and_granted_that() throws Exception {
        Outcome<IssuedToken> alice = FromAuthlibExample.asynchronously(
                        FromAuthlibExample.assertionSession(reporter(), FixedKeys.issuer()))
                .get(20, TimeUnit.SECONDS);

        AccessTokenOutcome outcome = FromAuthlibExample.validate(
                issuer, http, List.of(alice.require().authorization()));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AccessTokenOutcome.Valid.class,
                        valid -> assertThat(valid.token().subject()).isEqualTo("alice@staff.example"));
        String hr = "https://hr.example.com";
        assertRefused(reporter().token(about(hr, "bob@staff.example", FixedKeys.issuer())), "invalid_grant");
        assertRefused(reporter().token(about(hr, "carol@staff.example", FixedKeys.issuer())), "invalid_grant");
        assertRefused(reporter().token(about(hr, "alice@staff.example", FixedKeys.stranger())), "invalid_grant");
    }

    private static void assertRefused(Outcome<IssuedToken> outcome, String error) {
        assertThat(outcome.failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).contains(error));
    }

    @Test
    void a_client_makes_assertions_itself() throws Exception {
        OAuthClient anonymous = client(ClientAuthentication.anonymous());

        String token = anonymous
                .token(about("agent", "alice@staff.example", FixedKeys.ed25519()))
                .require()
                .value();
        assertThat(UnverifiedJwt.parse(token)
                        .verify(server.signingKeys().published(), JwsAlgorithm.DEFAULT_ACCEPTED)
                        .claims()
                        .requireString("client_id"))
                .isEqualTo("agent");
        assertRefused(anonymous.token(about("agent", "bob@staff.example", FixedKeys.ed25519())), "invalid_grant");
    }

    @Test
    void clients_authenticate_by_keys_and_by_secrets() {
        assertThat(reporter().token(TokenRequest.clientCredentials()).value()).isPresent();
        assertThat(client(FromAuthlibExample.clientSecretJwt(SECRET))
                        .token(TokenRequest.clientCredentials())
                        .value())
                .isPresent();
        assertRefused(
                client(FromAuthlibExample.clientSecretJwt("another secret, long enough to be one"))
                        .token(TokenRequest.clientCredentials()),
                "invalid_client");
    }

    @Test
    void a_client_from_before_names_the_token_endpoint() throws Exception {
        String tokenEndpoint = issuer + "/token";

        assertThat(authenticate("legacy", tokenEndpoint, FixedKeys.stranger())).isEqualTo(200);
        assertThat(authenticate("legacy", "https://as.example.com", FixedKeys.stranger()))
                .isEqualTo(401);
        assertThat(authenticate("reporter", tokenEndpoint, FixedKeys.client())).isEqualTo(401);
        assertThat(authenticate("reporter", issuer, FixedKeys.client())).isEqualTo(200);
    }

    private int authenticate(String client, String audience, SigningKey key) {
        long now = Instant.now().getEpochSecond();
        String assertion = JwtSigner.of(key, "JWT")
                .sign(JsonObject.builder()
                        .put("iss", client)
                        .put("sub", client)
                        .put("aud", audience)
                        .put("iat", now)
                        .put("exp", now + 60)
                        .put("jti", client + " to " + audience)
                        .build());
        return server.handle(ProtocolRequest.builder("POST", "/token")
                        .form(FormParameters.encode(List.of(
                                Map.entry("grant_type", GrantType.CLIENT_CREDENTIALS),
                                Map.entry("client_assertion_type", ClientAssertion.ASSERTION_TYPE),
                                Map.entry("client_assertion", assertion))))
                        .build())
                .status();
    }

    @Test
    void what_is_revoked_is_not_active() throws Exception {
        String token =
                reporter().token(TokenRequest.clientCredentials()).require().value();

        assertThat(FromAuthlibExample.revoke(reporter(), token)).isTrue();
        assertThat(FromAuthlibExample.revoke(reporter(), token)).isFalse();
    }

    @Test
    void a_client_that_signs_its_requests_has_to() throws Exception {
        OAuthClient shop = client(ClientAuthentication.privateKeyJwt(new ClientId("shop"), FixedKeys.client()));
        AuthorizationRequest.Builder request =
                AuthorizationRequest.builder(shop, CALLBACK).scope(Scope.of("orders.read"));

        assertThat(authorize(request.build().begin().require().uri()).status()).isEqualTo(400);
        ProtocolResponse answer = authorize(
                request.signed(FixedKeys.client()).build().begin().require().uri());
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location").orElseThrow()).startsWith(CALLBACK + "?code=");
    }

    private ProtocolResponse authorize(URI uri) {
        return server.handle(ProtocolRequest.builder("GET", uri.getPath())
                .query(uri.getRawQuery())
                .build());
    }

    @Test
    void metadata_is_read_as_it_is_registered() {
        JsonObject metadata = metadata().put("client_id", "shop").build();

        assertThat(FromAuthlibExample.fromMetadata(metadata).requestObjects().isSignedRequired())
                .isTrue();
    }

    private static JsonObject.Builder metadata() {
        return JsonObject.builder()
                .put("token_endpoint_auth_method", "private_key_jwt")
                .put("grant_types", List.of("authorization_code"))
                .put("redirect_uris", List.of(CALLBACK.value()))
                .put(
                        "jwks",
                        JwkSet.of(List.of(FixedKeys.client().verificationKey())).toJsonObject())
                .put("require_signed_request_object", true);
    }

    @Test
    void a_client_registers_that_it_signs_its_requests() {
        assertThat(register(InitialAccessToken.generate(new SecureRandom())).status())
                .isEqualTo(401);

        ProtocolResponse registered = register(initialAccessToken);
        assertThat(registered.status()).isEqualTo(201);
        assertThat(JsonObject.parse(registered.body()).findBoolean("require_signed_request_object"))
                .contains(true);
    }

    private ProtocolResponse register(String token) {
        return server.handle(ProtocolRequest.builder("POST", "/register")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .body(metadata().build().toJson().getBytes(StandardCharsets.UTF_8))
                .build());
    }

    @Test
    void its_java_compiles() throws Exception {
        Guide.named("from-authlib.md").assertCompiles(List.of(FromAuthlibExample.class));
    }

    @Test
    void its_links_lead_somewhere_and_its_reasons_exist() throws Exception {
        Guide.named("from-authlib.md").assertLinksAndReasonsExist();
    }
}
