package dev.signet.systemtests.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.testkit.Requirement;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the guide shows compiles, and does over HTTP what it says. */
class ProtectAnApiGuideTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ISSUER = "https://as.example.com";

    private final SigningKey key = SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    private final HttpClient http = HttpClient.newHttpClient();

    private AccessTokenValidator validator(String resource) {
        return AccessTokenValidator.builder()
                .issuer(ISSUER)
                .audience(resource)
                .keys(JwkSet.of(List.of(key.verificationKey())))
                .scopesSupported("orders.read")
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    private String token(String audience, String scope) {
        return JwtSigner.of(key, "at+jwt")
                .sign(JsonObject.builder()
                        .put("iss", ISSUER)
                        .put("sub", "alice")
                        .put("client_id", "reporter")
                        .put("aud", audience)
                        .put("scope", scope)
                        .put("iat", NOW.getEpochSecond())
                        .put("exp", NOW.getEpochSecond() + 600)
                        .put("jti", "a-token")
                        .build());
    }

    private HttpResponse<String> get(String uri, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void assertProtected(String resource) throws Exception {
        HttpResponse<String> good = get(resource, "Authorization", "Bearer " + token(resource, "orders.read"));
        assertThat(good.statusCode()).isEqualTo(200);
        assertThat(good.body()).isEqualTo("{\"orderedBy\":\"alice\"}");

        HttpResponse<String> none = get(resource);
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(challenge(none))
                .startsWith("Bearer realm=")
                .contains("resource_metadata=")
                .doesNotContain("error=");
        HttpResponse<String> bad = get(resource, "Authorization", "Bearer x.y.z");
        assertThat(bad.statusCode()).isEqualTo(401);
        assertThat(challenge(bad)).contains("error=\"invalid_token\"");
        HttpResponse<String> weak = get(resource, "Authorization", "Bearer " + token(resource, "other"));
        assertThat(weak.statusCode()).isEqualTo(403);
        assertThat(challenge(weak)).contains("error=\"insufficient_scope\"").endsWith("scope=\"orders.read\"");
        HttpResponse<String> twice =
                get(resource + "?access_token=x", "Authorization", "Bearer " + token(resource, "orders.read"));
        assertThat(twice.statusCode()).isEqualTo(400);
        assertThat(challenge(twice)).contains("error=\"invalid_request\"");
    }

    private static String challenge(HttpResponse<String> response) {
        return response.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    @Test
    @Requirement({"6750-3.1-01", "9728-3-01", "9728-3.2-01", "9728-5.1-01"})
    void the_jdks_server_is_protected_and_publishes_its_metadata() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        try {
            String resource = "http://localhost:" + server.getAddress().getPort() + "/orders";
            new JdkServerExample(validator(resource)).publish(server);
            server.start();

            assertProtected(resource);
            String challenge = challenge(get(resource));
            String location = challenge.replaceFirst(".*resource_metadata=\"([^\"]*)\".*", "$1");
            HttpResponse<String> metadata = get(location);
            assertThat(metadata.statusCode()).isEqualTo(200);
            assertThat(metadata.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(JsonObject.parse(metadata.body()))
                    .isEqualTo(JsonObject.builder()
                            .put("resource", resource)
                            .put("authorization_servers", List.of(ISSUER))
                            .put("scopes_supported", List.of("orders.read"))
                            .put("bearer_methods_supported", List.of("header"))
                            .build());
        } finally {
            server.stop(0);
        }
    }

    @Test
    @Requirement("6750-3.1-01")
    void jettys_core_is_protected() throws Exception {
        assertProtected(resource -> new JettyExample(validator(resource)));
    }

    @Test
    @Requirement("6750-3.1-01")
    void a_servlet_is_protected() throws Exception {
        assertProtected(resource -> {
            ServletExample example = new ServletExample(validator(resource), LoggerFactory.getLogger("orders"));
            ServletContextHandler context = new ServletContextHandler("/");
            context.addServlet(new ServletExample.Orders(), "/orders");
            context.addEventListener(new ServletContextListener() {
                @Override
                public void contextInitialized(ServletContextEvent started) {
                    example.protect(started.getServletContext());
                }
            });
            return context;
        });
    }

    private void assertProtected(Function<String, Handler> handler) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("localhost");
        server.addConnector(connector);
        try {
            connector.open();
            String resource = "http://localhost:" + connector.getLocalPort() + "/orders";
            server.setHandler(handler.apply(resource));
            server.start();

            assertProtected(resource);
        } finally {
            server.stop();
        }
    }

    @Test
    void its_java_compiles() throws Exception {
        Guide.named("protect-an-api.md")
                .assertCompiles(List.of(
                        ProtectAnApiSnippets.class, JdkServerExample.class, JettyExample.class, ServletExample.class));
    }

    @Test
    void its_links_lead_somewhere_and_its_reasons_exist() throws Exception {
        Guide.named("protect-an-api.md").assertLinksAndReasonsExist();
    }
}
