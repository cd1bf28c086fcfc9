package dev.signet.systemtests.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.TokenRequest;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.storejdbc.EncryptionKey;
import dev.signet.storejdbc.JdbcStores;
import dev.signet.systemtests.guide.EmbeddedPeopleExample.Member;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the guide shows compiles, and our client gets tokens from it that our validator takes. */
class EmbedTheServerGuideTest {

    private final SigningKey key = SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    private final EmbeddedServerExample example =
            new EmbeddedServerExample(LoggerFactory.getLogger("embedded"), client -> "tenant of " + client);
    private final OutboundHttp outbound =
            OutboundHttp.builder().allowHosts(Set.of("localhost")).build();

    @TempDir
    Path folder;

    private JdbcStores stores;

    @BeforeEach
    void open() {
        String secret = EncryptionKey.generate(new SecureRandom()).toBase64Url();
        stores = EmbeddedServerExample.stores("jdbc:h2:file:" + folder.resolve("store"), "", "", secret);
        assertThat(stores.clients().put(EmbeddedServerExample.reporter(key.verificationKey())))
                .isTrue();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private void assertServes(String issuer) {
        OAuthClient client = OAuthClient.builder(
                        Issuer.of(issuer), ClientAuthentication.privateKeyJwt(new ClientId("reporter"), key))
                .outbound(outbound)
                .build();
        Outcome<IssuedToken> outcome =
                client.token(TokenRequest.clientCredentials().withScope(Scope.of("orders.read")));
        String authorization = outcome.value().orElseThrow().authorization();
        AccessTokenOutcome validated = AccessTokenValidator.builder()
                .issuer(issuer)
                .audience("https://api.example.com/orders")
                .outbound(outbound)
                .build()
                .validate(List.of(authorization))
                .requireScope("orders.read");
        assertThat(validated)
                .isInstanceOfSatisfying(
                        AccessTokenOutcome.Valid.class,
                        valid -> assertThat(valid.token().claims().findString("https://example.com/tenant"))
                                .hasValue("tenant of reporter"));
    }

    @Test
    void in_a_servlet_container() throws Exception {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("localhost");
        jetty.addConnector(connector);
        try {
            connector.open();
            String issuer = "http://localhost:" + connector.getLocalPort();
            ServletContextHandler context = new ServletContextHandler("/");
            jetty.setHandler(context);
            example.mount(context.getServletContext(), example.server(stores, issuer));
            jetty.start();

            assertServes(issuer);
        } finally {
            jetty.stop();
        }
    }

    @Test
    void on_the_jdks_server() throws Exception {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        try {
            String issuer = "http://localhost:" + http.getAddress().getPort();
            AuthorizationServer server = example.server(stores, issuer);
            example.listen(http, server);
            http.start();

            assertServes(issuer);
        } finally {
            http.stop(0);
        }
    }

    @Test
    void with_people_of_the_program() {
        String secret = "a secret of more than 32 characters";
        assertThat(stores.clients().put(EmbeddedPeopleExample.shop(secret))).isTrue();
        AuthorizationServer server = EmbeddedPeopleExample.server(
                builder("https://as.example.com"),
                stores,
                EmbeddedPeopleExample.prompt(request -> request.header("cookie")
                        .map(cookie -> new Member(cookie.replace("member=", ""), Instant.now()))));
        String query = FormParameters.encode(List.of(
                Map.entry("response_type", "code"),
                Map.entry("client_id", "shop"),
                Map.entry("redirect_uri", "https://shop.example.com/callback"),
                Map.entry(
                        "code_challenge",
                        new CodeVerifier("v".repeat(43)).challenge().value()),
                Map.entry("code_challenge_method", "S256"),
                Map.entry("resource", "https://api.example.com/orders")));

        String signIn = location(server, query, "");
        assertThat(signIn).startsWith("/sign-in?request=response_type%3Dcode");
        String request =
                FormParameters.parse(signIn.substring("/sign-in?".length())).require("request");
        FormParameters answer = FormParameters.parse(
                location(server, request, "member=alice").replaceFirst("https://shop.example.com/callback[?]", ""));

        ProtocolResponse token = server.handle(ProtocolRequest.builder("POST", "/token")
                .header("Authorization", BasicCredentials.encode(new ClientId("shop"), secret))
                .form(FormParameters.encode(List.of(
                        Map.entry("grant_type", "authorization_code"),
                        Map.entry("code", answer.require("code")),
                        Map.entry("redirect_uri", "https://shop.example.com/callback"),
                        Map.entry("code_verifier", "v".repeat(43)))))
                .build());
        assertThat(token.status()).isEqualTo(200);
        assertThat(UnverifiedJwt.parse(JsonObject.parse(token.body()).requireString("access_token"))
                        .verify(server.signingKeys().published(), JwsAlgorithm.DEFAULT_ACCEPTED)
                        .claims()
                        .requireString("sub"))
                .isEqualTo("alice");
    }

    private AuthorizationServer.Builder builder(String issuer) {
        return AuthorizationServer.builder()
                .issuer(Issuer.of(issuer))
                .resources(List.of(ProtectedResource.builder(new ResourceIndicator("https://api.example.com/orders"))
                        .scope(Scope.of("orders.read", "orders.write"))
                        .build()))
                .clients(stores.clients())
                .signingKeys(stores.signingKeys())
                .replayGuard(stores.replayGuard())
                .revokedTokens(stores.revokedTokens());
    }

    private static String location(AuthorizationServer server, String query, String cookie) {
        ProtocolRequest.Builder request =
                ProtocolRequest.builder("GET", "/authorize").query(query);
        ProtocolResponse response =
                server.handle((cookie.isEmpty() ? request : request.header("Cookie", cookie)).build());
        assertThat(response.status()).isEqualTo(303);
        return response.header("Location").orElseThrow();
    }

    @Test
    void its_java_compiles() throws Exception {
        Guide.named("embed-the-server.md")
                .assertCompiles(List.of(EmbeddedServerExample.class, EmbeddedPeopleExample.class));
    }

    @Test
    void its_links_lead_somewhere_and_its_reasons_exist() throws Exception {
        Guide.named("embed-the-server.md").assertLinksAndReasonsExist();
    }
}
