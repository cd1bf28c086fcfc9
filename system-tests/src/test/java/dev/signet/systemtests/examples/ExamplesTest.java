package dev.signet.systemtests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.client.SignedAssertions;
import dev.signet.core.Issuer;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.AccessTokenValidator;
import dev.signet.systemtests.process.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example is a process that gets a token from the server and is let in by an API; and told what is wrong where it is not. */
class ExamplesTest {

    private static final String API = "https://api.example.com/orders";
    private static final String CLUSTER = "https://cluster.example.com";
    private static final String PLATFORM = "https://token.actions.example.com";

    @TempDir
    static Path folder;

    private static final SigningKey CLIENT = newKey();
    private static final SigningKey CLUSTER_KEY = newKey();
    private static final SigningKey PLATFORM_KEY = newKey();

    private static SigningKey newKey() {
        return SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    }

    private static ServerProcess server = null;
    private static HttpServer http = null;

    private final List<Process> processes = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        int port = ServerProcess.freePort();
        server = ServerProcess.start(folder, yaml(port), port);
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer(issuer())
                .audience(API)
                .outbound(OutboundHttp.builder()
                        .allowHosts(Set.of("127.0.0.1:" + port))
                        .build())
                .withoutResourceMetadata()
                .build();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/orders", exchange -> {
            AccessTokenOutcome outcome = validator
                    .validate(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()))
                    .requireScope("orders.read");
            if (outcome instanceof Valid valid) {
                respond(exchange, 200, "ordered by " + valid.token().clientId());
            } else {
                respond(exchange, 401, "");
            }
        });
        http.createContext("/platform", exchange -> {
            String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
            String audience = query.replaceFirst(".*audience=", "");
            String aboutTheJob = assertion(PLATFORM, PLATFORM_KEY, "repo:octo-org/octo-repo", audience);
            if (List.of("Bearer request-token")
                    .equals(exchange.getRequestHeaders().get("Authorization"))) {
                respond(
                        exchange,
                        200,
                        JsonObject.builder().put("value", aboutTheJob).build().toJson());
            } else {
                respond(exchange, 401, "{}");
            }
        });
        http.start();
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(octets);
        }
    }

    @AfterAll
    static void stop() {
        http.stop(0);
        server.close();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private static String issuer() {
        return server.uri("").toString();
    }

    private static String assertion(String issuer, SigningKey key, String subject, String audience) {
        return SignedAssertions.builder()
                .issuer(issuer)
                .subject(subject)
                .key(key)
                .build()
                .assertionFor(Issuer.of(audience));
    }

    private static String yaml(int port) {
        return """
                issuer: http://127.0.0.1:%d
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "jdbc:h2:file:./examples"}
                crypto: jdk
                resources:
                  - {resource: "%s", scopes: [orders.read], default: true}
                clients:
                  - {client_id: nightly, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials],
                     scope: orders.read, jwks: {keys: [%s]}}
                  - {client_id: orders-worker, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials],
                     scope: orders.read, federated_identity: {issuer: "%s",
                     conditions: {sub: {equals: "system:serviceaccount:shop:orders-worker"}}}}
                trusted_issuers:
                  - {issuer: "%s", jwks: {keys: [%s]}, subjects: ["system:serviceaccount:shop:*"]}
                  - {issuer: "%s", jwks: {keys: [%s]}, subjects: ["repo:octo-org/octo-repo"], scope: orders.read,
                     allow_unauthenticated_client: ci}
                """.formatted(
                        port,
                        port,
                        API,
                        publicJwk(CLIENT),
                        CLUSTER,
                        CLUSTER,
                        publicJwk(CLUSTER_KEY),
                        PLATFORM,
                        publicJwk(PLATFORM_KEY));
    }

    private static String publicJwk(SigningKey key) {
        return key.verificationKey().toJwk().toJson();
    }

    private Process run(String program, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.signet.examples." + program);
        builder.environment()
                .putAll(Map.of(
                        "ISSUER", issuer(),
                        "INTERNAL_HOST", "127.0.0.1:" + server.port(),
                        "API", "http://127.0.0.1:" + http.getAddress().getPort() + "/orders"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static String all(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static int exitOf(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static Path keyFile(String name, SigningKey key) throws IOException {
        return Files.writeString(folder.resolve(name), key.toPrivateJwk().toJson());
    }

    @Test
    void a_cron_job_proves_itself_with_its_key() throws Exception {
        Map<String, String> variables = Map.of(
                "CLIENT_ID", "nightly", "CLIENT_KEY", keyFile("key.jwk", CLIENT).toString());
        Process job = run("CronJob", variables);
        assertThat(all(job.getInputStream())).isEqualTo("200 ordered by nightly");
        assertThat(exitOf(job)).isZero();
    }

    @Test
    void a_cron_job_with_the_wrong_key_is_told_what_to_look_at() throws Exception {
        Path wrong = keyFile("wrong.jwk", newKey());
        Process job = run("CronJob", Map.of("CLIENT_ID", "nightly", "CLIENT_KEY", wrong.toString()));
        String told = all(job.getErrorStream());
        assertThat(told).contains("invalid_client").doesNotContain("at dev.signet");
        assertThat(exitOf(job)).isEqualTo(1);
    }

    @Test
    void a_pod_proves_itself_with_what_its_platform_renews() throws Exception {
        Path projected = folder.resolve("token");
        Files.writeString(
                projected, assertion(CLUSTER, CLUSTER_KEY, "system:serviceaccount:shop:default", issuer()) + "\n");
        Process pod = run("Pod", Map.of("CLIENT_ID", "orders-worker", "PROJECTED_TOKEN", projected.toString()));
        BufferedReader out = pod.inputReader(StandardCharsets.UTF_8);
        next(pod);
        assertThat(out.readLine())
                .as("the neighbour's token")
                .startsWith("no answer: ")
                .contains("invalid_client");
        Files.writeString(
                projected, assertion(CLUSTER, CLUSTER_KEY, "system:serviceaccount:shop:orders-worker", issuer()));
        // After a failure the server is left alone for a second or so.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    next(pod);
                    assertThat(out.readLine()).isEqualTo("200 ordered by orders-worker");
                });
        next(pod);
        assertThat(out.readLine()).as("with the token it has").isEqualTo("200 ordered by orders-worker");
        pod.getOutputStream().close();
        assertThat(exitOf(pod)).isZero();
    }

    private static void next(Process pod) throws IOException {
        pod.getOutputStream().write('\n');
        pod.getOutputStream().flush();
    }

    @Test
    void a_job_in_continuous_integration_has_its_platforms_word() throws Exception {
        String platform = "http://127.0.0.1:" + http.getAddress().getPort() + "/platform?api-version=2";
        Process job = run(
                "CiJob",
                Map.of("ACTIONS_ID_TOKEN_REQUEST_URL", platform, "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "request-token"));
        assertThat(all(job.getInputStream())).isEqualTo("200 ordered by ci");
        assertThat(exitOf(job)).isZero();

        Process stranger =
                run("CiJob", Map.of("ACTIONS_ID_TOKEN_REQUEST_URL", platform, "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "x"));
        assertThat(all(stranger.getErrorStream())).contains("the assertion");
        assertThat(exitOf(stranger)).isEqualTo(1);
    }
}
