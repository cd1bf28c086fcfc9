package dev.signet.systemtests.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.registry.FederatedIdentity;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryReplayGuard;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.authorizationserver.trust.SubjectPolicy;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.client.Failure;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.Problem;
import dev.signet.client.TokenRequest;
import dev.signet.client.TokenSource;
import dev.signet.client.http.AuthorizedHttp;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the guide shows compiles, and gets tokens from our server that an API takes. */
class GetTokensGuideTest {

    private static final String RESOURCE = "https://api.example.com/orders";
    private static final String CLUSTER = "https://cluster.example.com";
    private static final String CI = "https://ci.example.com";
    private static final String HR = "https://hr.example.com";
    private static final String POD = "system:serviceaccount:shop:orders-worker";

    private final SigningKey key = newKey();
    private final SigningKey platformKey = newKey();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final OutboundHttp outbound =
            OutboundHttp.builder().allowHosts(Set.of("localhost")).build();
    private final GetTokensExample example = new GetTokensExample(LoggerFactory.getLogger("get-tokens"));

    @TempDir
    Path folder;

    private HttpServer server;
    private String issuer;

    private static SigningKey newKey() {
        return SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        issuer = "http://localhost:" + server.getAddress().getPort();
        serve(List.of());
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer(issuer)
                .audience(RESOURCE)
                .outbound(outbound)
                .build();
        server.createContext("/orders", new JdkServerExample(validator)::orders);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(List<DecryptionKey> decryptionKeys) {
        InMemoryReplayGuard replayGuard = new InMemoryReplayGuard(Clock.systemUTC());
        AuthorizationServer authorizationServer = AuthorizationServer.builder()
                .issuer(Issuer.of(issuer))
                .resources(List.of(ProtectedResource.builder(new ResourceIndicator(RESOURCE))
                        .scope(Scope.of("orders.read"))
                        .isDefault(true)
                        .build()))
                .clients(InMemoryClientStore.of(List.of(
                        registered("reporter")
                                .jwks(JwkSet.of(List.of(key.verificationKey())))
                                .introspectOwnTokens(true)
                                .build(),
                        registered("orders-worker")
                                .federatedIdentity(
                                        new FederatedIdentity(CLUSTER, List.of(ClaimCondition.equalTo("sub", POD))))
                                .build())))
                .trustedIssuers(TrustedIssuers.of(List.of(
                        trust(CLUSTER, POD)
                                .allow(TrustedIssuer.Leniency.ALLOW_ASSERTION_REUSE)
                                .allowUnauthenticatedClient(new ClientId("pods"))
                                .build(),
                        trust(CI, "job-7")
                                .allowUnauthenticatedClient(new ClientId("ci"))
                                .build(),
                        trust(HR, "alice@example.com").build())))
                .signingKeys(InMemoryServerKeyStore.of(List.of()))
                .replayGuard(replayGuard)
                .revokedTokens(new InMemoryRevokedTokens(Clock.systemUTC(), replayGuard))
                .decryptionKeys(decryptionKeys)
                .listener(event -> {})
                .build();
        new EmbeddedServerExample(LoggerFactory.getLogger("embedded"), client -> "")
                .listen(server, authorizationServer);
    }

    private static RegisteredClient.Builder registered(String clientId) {
        return RegisteredClient.builder(new ClientId(clientId))
                .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS, GrantType.JWT_BEARER))
                .scope(Scope.of("orders.read"));
    }

    private TrustedIssuer.Builder trust(String name, String subject) {
        return TrustedIssuer.builder(name)
                .keys(KeySource.of(JwkSet.of(List.of(platformKey.verificationKey()))))
                .algorithms(Set.of(JwsAlgorithm.ES256))
                .subjects(SubjectPolicy.exactly(Set.of(subject)))
                .scope(Scope.of("orders.read"));
    }

    private OAuthClient client(ClientAuthentication authentication) {
        return OAuthClient.builder(Issuer.of(issuer), authentication)
                .outbound(outbound)
                .build();
    }

    private OAuthClient reporter() {
        return client(ClientAuthentication.privateKeyJwt(new ClientId("reporter"), key));
    }

    private String platformJwt(String platform, String subject, String jwtId) {
        return JwtSigner.of(platformKey, AssertionGrant.TYPE)
                .sign(JsonObject.builder()
                        .put("iss", platform)
                        .put("sub", subject)
                        .put("aud", List.of(issuer))
                        .put("iat", Instant.now().getEpochSecond())
                        .put("exp", Instant.now().getEpochSecond() + 600)
                        .put("jti", jwtId)
                        .build());
    }

    private String ordersOf(Outcome<IssuedToken> outcome) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(issuer + "/orders"))
                                .header("Authorization", outcome.require().authorization())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void a_cron_job_reads_its_orders() throws Exception {
        assertThat(example.report(reporter(), http, URI.create(issuer + "/orders")))
                .isZero();
    }

    @Test
    void a_cron_job_that_is_not_known_says_so() throws Exception {
        OAuthClient stranger = client(ClientAuthentication.privateKeyJwt(new ClientId("reporter"), newKey()));

        assertThat(example.report(stranger, http, URI.create(issuer + "/orders")))
                .isEqualTo(1);
        Outcome<IssuedToken> outcome = stranger.token(TokenRequest.clientCredentials());
        assertThat(outcome.failure().orElseThrow().code()).contains("invalid_client");
        example.tell(outcome);
        example.tell(reporter().token(TokenRequest.clientCredentials()));
    }

    @Test
    void a_pod_goes_on_with_the_file_that_is_there() throws Exception {
        Path projected = Files.writeString(folder.resolve("token"), platformJwt(CLUSTER, POD, "1") + "\n");
        TokenSource tokens = GetTokensExample.inAPod(client(ClientAuthentication.anonymous()), projected);
        AuthorizedHttp orders = AuthorizedHttp.builder(http, tokens)
                .insecureOrigin(URI.create(issuer))
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(issuer + "/orders")).build();

        assertThat(orders.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .get(20, TimeUnit.SECONDS)
                        .body())
                .contains(POD);
        IssuedToken first = tokens.token().require();
        Files.writeString(projected, platformJwt(CLUSTER, "system:serviceaccount:other:orders-worker", "2"));
        tokens.invalidate(first);
        assertThat(tokens.token().failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).contains("invalid_grant"));
    }

    @Test
    @Requirement("7521-6.1-01")
    void a_pod_is_a_client_by_the_file_that_is_there() throws Exception {
        Path projected = Files.writeString(folder.resolve("token"), platformJwt(CLUSTER, POD, "1"));
        OAuthClient pod = client(GetTokensExample.podAsClient(projected));

        assertThat(ordersOf(pod.token(TokenRequest.clientCredentials()))).contains("orders-worker");
        Files.writeString(projected, platformJwt(CLUSTER, "system:serviceaccount:other:orders-worker", "2"));
        assertThat(pod.token(TokenRequest.clientCredentials()).failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).contains("invalid_client"));
    }

    @Test
    void a_job_presents_what_is_in_its_environment() throws Exception {
        OAuthClient anonymous = client(ClientAuthentication.anonymous());
        Map<String, String> environment = Map.of("SIGNET_JWT", platformJwt(CI, "job-7", "7"));

        assertThat(ordersOf(GetTokensExample.inAJob(anonymous, environment))).contains("job-7");
        assertThat(GetTokensExample.inAJob(anonymous, environment).failure())
                .hasValueSatisfying(failure -> assertThat(failure).isInstanceOf(Failure.Refused.class));
        assertThat(GetTokensExample.inAJob(anonymous, Map.of()).failure()).containsInstanceOf(Failure.NotSent.class);
    }

    @Test
    @Requirement("7523-7-02")
    void an_assertion_about_a_person_is_encrypted_or_not_sent() throws Exception {
        assertThat(GetTokensExample.forAPerson(reporter(), platformKey).failure())
                .hasValueSatisfying(failure ->
                        assertThat(((Failure.Unusable) failure).problem()).isEqualTo(Problem.NO_ENCRYPTION_KEY));

        server.removeContext("/");
        serve(List.of(DecryptionKey.fromJwk(newKey().toPrivateJwk().toBuilder()
                .put("alg", "ECDH-ES+A256KW")
                .put("use", "enc")
                .build())));
        assertThat(GetTokensExample.forAPerson(reporter(), platformKey)
                        .require()
                        .scope())
                .isEqualTo(Scope.of("orders.read"));
    }

    @Test
    void the_other_endpoints_know_the_client() throws Exception {
        OAuthClient client = reporter();
        String token = client.token(TokenRequest.clientCredentials()).require().value();

        Outcome<?> pushed = GetTokensExample.others(client, token);
        assertThat(client.introspect(token).require().active()).isFalse();
        assertThat(pushed.failure())
                .hasValueSatisfying(failure ->
                        assertThat(((Failure.Unusable) failure).problem()).isEqualTo(Problem.NO_ENDPOINT));
    }

    @Test
    void keys_come_from_where_they_are() throws Exception {
        Path jwk =
                Files.writeString(folder.resolve("key.jwk"), key.toPrivateJwk().toJson());
        assertThat(GetTokensExample.jwk(jwk)).isEqualTo(key);

        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Path pem = Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        assertThat(GetTokensExample.pem(pem).verificationKey().publicKey()).isEqualTo(pair.getPublic());

        assertThat(GetTokensExample.elsewhere(input -> new byte[0]).headerKeyId())
                .contains("reporter-2026");
    }

    @Test
    void its_java_compiles() throws Exception {
        Guide.named("get-tokens.md").assertCompiles(List.of(GetTokensExample.class));
    }

    @Test
    void its_links_lead_somewhere() throws Exception {
        Guide.named("get-tokens.md").assertLinksAndReasonsExist();
    }
}
