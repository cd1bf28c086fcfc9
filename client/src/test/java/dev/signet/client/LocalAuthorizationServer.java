package dev.signet.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.core.Issuer;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.OutboundHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A real authorization server on the loopback address that answers as it is told and remembers what it was asked. */
public final class LocalAuthorizationServer implements AutoCloseable {

    /** A request to an endpoint as it arrived. */
    public record Asked(String method, String target, Map<String, List<String>> headers, FormParameters form) {

        public String header(String name) {
            return String.join("|", headers.getOrDefault(name, List.of()));
        }

        public String parameter(String name) {
            return form.single(name).orElse("");
        }
    }

    /** One answer of an endpoint. */
    @FunctionalInterface
    public interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger issued = new AtomicInteger();
    private volatile JsonObject metadata;
    private volatile JsonObject jwks = JsonObject.empty();

    public LocalAuthorizationServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        metadata = JsonObject.builder()
                .put("issuer", issuer().value())
                .put("authorization_endpoint", issuer() + "/authorize")
                .put("code_challenge_methods_supported", List.of("S256"))
                .put("authorization_response_iss_parameter_supported", true)
                .put("token_endpoint", issuer() + "/token")
                .put("introspection_endpoint", issuer() + "/introspect")
                .put("revocation_endpoint", issuer() + "/revoke")
                .put("pushed_authorization_request_endpoint", issuer() + "/par")
                .put("jwks_uri", issuer() + "/jwks")
                .build();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().toString());
            send(exchange, 404, JsonObject.empty().toJson());
        });
        server.createContext("/.well-known/oauth-authorization-server", exchange -> {
            paths.add(exchange.getRequestURI().toString());
            send(exchange, 200, metadata.toJson());
        });
        server.createContext("/token", exchange -> answer(exchange, 200, () -> token(600)));
        server.createContext(
                "/introspect", exchange -> answer(exchange, 200, () -> "{\"active\":true,\"scope\":\"a\"}"));
        server.createContext("/revoke", exchange -> answer(exchange, 200, () -> ""));
        server.createContext(
                "/par",
                exchange -> answer(exchange, 201, () -> "{\"request_uri\":\"urn:example:1\",\"expires_in\":60}"));
        server.createContext("/jwks", exchange -> send(exchange, 200, jwks.toJson()));
        server.start();
    }

    private void answer(HttpExchange exchange, int status, Supplier<String> json) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                FormParameters.parse(body)));
        Answer answer = answers.poll();
        if (answer != null) {
            answer.give(exchange);
        } else {
            send(exchange, status, json.get());
        }
    }

    private String token(long expiresIn) {
        return "{\"access_token\":\"token-" + issued.incrementAndGet() + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                + expiresIn + "}";
    }

    public static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public Issuer issuer() {
        return Issuer.of("http://localhost:" + server.getAddress().getPort());
    }

    public OutboundHttp outbound() {
        return OutboundHttp.builder()
                .allowHosts(Set.of("localhost:" + server.getAddress().getPort()))
                .build();
    }

    public void publish(JsonObject document) {
        metadata = document;
    }

    public JsonObject metadata() {
        return metadata;
    }

    public void publishKeys(JsonObject keys) {
        jwks = keys;
    }

    /** The answer to the next request to an endpoint that has none yet. */
    public void next(Answer answer) {
        answers.add(answer);
    }

    public void next(int status, String json) {
        next(exchange -> send(exchange, status, json));
    }

    void nextExpiresIn(long seconds) {
        next(200, token(seconds));
    }

    /** Lets the next request end without an answer. */
    public void nextDies() {
        next(HttpExchange::close);
    }

    public List<Asked> asked() {
        return asked;
    }

    public Asked last() {
        return asked.get(asked.size() - 1);
    }

    public List<String> paths() {
        return paths;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
