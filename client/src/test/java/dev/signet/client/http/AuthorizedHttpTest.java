package dev.signet.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.signet.client.Failure;
import dev.signet.client.FailureException;
import dev.signet.client.OAuthClient;
import dev.signet.client.TokenRequest;
import dev.signet.client.TokenSource;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.Requirement;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API and an authorization server, both real, on this machine. */
class AuthorizedHttpTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger issued = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService slow = Executors.newCachedThreadPool();
    private HttpServer server;
    private HttpServer other;
    private String origin;

    @BeforeEach
    void start() throws IOException {
        server = listen();
        other = listen();
        origin = origin(server);
        server.createContext(
                "/.well-known/oauth-authorization-server",
                exchange -> answer(
                        exchange, 200, "{\"issuer\":\"" + origin + "\",\"token_endpoint\":\"" + origin + "/token\"}"));
        server.createContext(
                "/token",
                exchange -> answer(
                        exchange,
                        200,
                        "{\"access_token\":\"token-" + issued.incrementAndGet()
                                + "\",\"token_type\":\"Bearer\",\"expires_in\":600}"));
        for (HttpServer api : List.of(server, other)) {
            api.createContext("/orders", exchange -> {
                record(exchange);
                answer(exchange, 200, "{}");
            });
        }
        server.createContext("/revoked", exchange -> {
            record(exchange);
            boolean first = authorizations.get(authorizations.size() - 1).endsWith("token-1");
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"orders\", error=\"invalid_token\"");
            answer(exchange, first ? 401 : 200, "{}");
        });
        server.createContext("/refused", exchange -> {
            record(exchange);
            exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer error=\"insufficient_user_authentication\"");
            answer(exchange, 401, "{}");
        });
        server.createContext("/moved", exchange -> {
            record(exchange);
            exchange.getResponseHeaders().add("Location", origin(other) + "/orders");
            answer(exchange, 302, "{}");
        });
        server.start();
        other.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        other.stop(0);
        slow.shutdownNow();
    }

    private static HttpServer listen() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    }

    private static String origin(HttpServer server) {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void record(HttpExchange exchange) throws IOException {
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        try (InputStream body = exchange.getRequestBody()) {
            bodies.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private TokenSource tokens() {
        OAuthClient client = OAuthClient.builder(
                        Issuer.of(origin), ClientAuthentication.clientSecretBasic(new ClientId("reporter"), "a-secret"))
                .outbound(OutboundHttp.builder()
                        .allowHosts(Set.of(origin.substring("http://".length())))
                        .build())
                .build();
        return TokenSource.of(client, TokenRequest.clientCredentials());
    }

    private AuthorizedHttp.Builder builder() {
        return AuthorizedHttp.builder(http, tokens()).insecureOrigin(URI.create(origin));
    }

    private static HttpRequest post(String uri) {
        return HttpRequest.newBuilder(URI.create(uri))
                .POST(HttpRequest.BodyPublishers.ofString("an order"))
                .header("X-Order", "1")
                .build();
    }

    @Test
    @Requirement("6750-5.3-01")
    void sends_the_token_where_it_is_for_and_asks_for_one_only_once() throws Exception {
        AuthorizedHttp authorized = builder().build();
        for (int round = 0; round < 2; round++) {
            assertThat(authorized
                            .send(post(origin + "/orders"), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(authorizations).containsExactly("Bearer token-1", "Bearer token-1");
        assertThat(bodies).containsExactly("an order", "an order");
    }

    @Test
    @Requirement("6750-5.3-01")
    void sends_nothing_anywhere_else() {
        AuthorizedHttp authorized = builder().build();
        for (String elsewhere : List.of(
                origin(other) + "/orders",
                origin.replace("localhost", "127.0.0.1") + "/orders",
                "https" + origin.substring("http".length()) + "/orders")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> authorized.send(post(elsewhere), BodyHandlers.ofString()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> authorized.sendAsync(post(elsewhere), BodyHandlers.ofString()));
        }
        assertThat(authorizations).isEmpty();
        assertThat(issued).hasValue(0);
    }

    @Test
    @Requirement("6750-5.3-01")
    void does_not_follow_a_redirect() throws Exception {
        HttpResponse<String> response = builder().build().send(post(origin + "/moved"), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(authorizations).containsExactly("Bearer token-1");
    }

    @Test
    @Requirement("6750-5.3-01")
    void takes_no_client_that_would_follow_one() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizedHttp.builder(following, tokens())
                        .insecureOrigin(URI.create(origin))
                        .build())
                .withMessageContaining("follows redirects");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.example.com",
                "https://api.example.com/orders",
                "https://user@api.example.com",
                "https://api.example.com?a",
                "https://api.example.com#a",
                "https:api.example.com",
                "/orders",
                "urn:orders"
            })
    @Requirement("6750-5.3-01")
    void is_for_origins_with_tls_unless_told_otherwise(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizedHttp.builder(http, tokens())
                        .origin(URI.create(uri))
                        .build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizedHttp.builder(http, tokens()).build())
                .withMessageContaining("no origin");
        assertThat(AuthorizedHttp.builder(http, tokens())
                        .origin(URI.create("https://API.example.com/"))
                        .build())
                .hasToString("AuthorizedHttp for [https://api.example.com:443]");
    }

    @Test
    @Requirement("6750-5.3-01")
    void sends_no_token_to_whom_its_certificate_does_not_prove(@TempDir Path folder) throws Exception {
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        secure.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
        secure.createContext("/orders", exchange -> {
            record(exchange);
            answer(exchange, 200, "{}");
        });
        secure.start();
        try {
            String uri = "https://localhost:" + secure.getAddress().getPort();
            AuthorizedHttp authorized = AuthorizedHttp.builder(http, tokens())
                    .origin(URI.create(uri))
                    .build();
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(() -> authorized.send(post(uri + "/orders"), BodyHandlers.ofString()));
            assertThat(authorizations).isEmpty();
        } finally {
            secure.stop(0);
        }
    }

    private static SSLContext selfSigned(Path folder) throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void tries_once_more_with_another_token_if_the_first_is_called_invalid() throws Exception {
        AuthorizedHttp authorized = builder().build();

        assertThat(authorized
                        .send(post(origin + "/revoked"), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(authorizations).containsExactly("Bearer token-1", "Bearer token-2");
        assertThat(bodies).containsExactly("an order", "an order");
    }

    @Test
    @Requirement("6750-5.3-01")
    void does_the_same_without_a_thread_that_waits() {
        AuthorizedHttp authorized = builder().build();

        assertThat(authorized.sendAsync(post(origin + "/revoked"), BodyHandlers.ofString()))
                .succeedsWithin(TEN_SECONDS)
                .extracting(HttpResponse::statusCode)
                .isEqualTo(200);
        assertThat(authorized.sendAsync(post(origin + "/orders"), BodyHandlers.ofString()))
                .succeedsWithin(TEN_SECONDS);
        assertThat(authorized.sendAsync(post(origin + "/refused"), BodyHandlers.ofString()))
                .succeedsWithin(TEN_SECONDS)
                .extracting(HttpResponse::statusCode)
                .isEqualTo(401);
        assertThat(authorizations)
                .containsExactly("Bearer token-1", "Bearer token-2", "Bearer token-2", "Bearer token-2");
        assertThat(bodies).containsOnly("an order");
    }

    @Test
    void holds_no_thread_while_the_api_answers() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(20);
        server.createContext("/slow", exchange -> {
            arrived.countDown();
            slow.execute(() -> {
                try {
                    answer.await();
                    answer(exchange, 200, "{}");
                } catch (InterruptedException | IOException e) {
                    exchange.close();
                }
            });
        });
        AuthorizedHttp authorized = builder().build();
        authorized.send(post(origin + "/orders"), BodyHandlers.ofString());
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        for (int number = 0; number < 20; number++) {
            responses.add(authorized.sendAsync(post(origin + "/slow"), BodyHandlers.ofString()));
        }
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(responses).noneMatch(CompletableFuture::isDone);
        assertThat(Thread.getAllStackTraces().entrySet())
                .filteredOn(thread -> !before.contains(thread.getKey()))
                .noneMatch(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().startsWith("dev.signet.client.")
                                && !frame.getClassName().contains("Test")));
        answer.countDown();
        assertThat(responses).allSatisfy(response -> assertThat(response).succeedsWithin(TEN_SECONDS));
    }

    @Test
    void closes_the_answer_that_nobody_sees() throws Exception {
        List<String> closed = new CopyOnWriteArrayList<>();
        AtomicInteger opened = new AtomicInteger();
        HttpResponse<InputStream> response = builder().build().send(post(origin + "/revoked"), answered -> {
            String name = opened.incrementAndGet() + ": " + answered.statusCode();
            return HttpResponse.BodySubscribers.mapping(
                    HttpResponse.BodySubscribers.ofInputStream(), body -> new FilterInputStream(body) {
                        @Override
                        public void close() throws IOException {
                            closed.add(name);
                            super.close();
                        }
                    });
        });

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(closed).containsExactly("1: 401");
        assertThat(response.body()).hasContent("{}");
    }

    @Test
    void does_not_try_again_for_another_reason() throws Exception {
        AuthorizedHttp authorized = builder().build();

        assertThat(authorized
                        .send(post(origin + "/refused"), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(401);
        assertThat(authorizations).containsExactly("Bearer token-1");
    }

    @Test
    void sends_nothing_without_a_token() {
        server.removeContext("/token");
        server.createContext("/token", exchange -> answer(exchange, 401, "{\"error\":\"invalid_client\"}"));

        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> builder().build().send(post(origin + "/orders"), BodyHandlers.ofString()))
                .satisfies(failed -> assertThat(failed.failure()).isInstanceOf(Failure.Refused.class))
                .withMessageNotContaining("a-secret");
        assertThat(builder().build().sendAsync(post(origin + "/orders"), BodyHandlers.ofString()))
                .failsWithin(TEN_SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(FailureException.class);
        assertThat(authorizations).isEmpty();
    }

    @Test
    void leaves_no_doubt_whose_authorization_is_sent() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/orders"))
                .header("authorization", "Basic x")
                .build();
        assertThatIllegalArgumentException().isThrownBy(() -> builder().build().send(request, BodyHandlers.ofString()));
        assertThat(authorizations).isEmpty();
    }
}
