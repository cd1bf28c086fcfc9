package dev.signet.client.registration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.core.Issuer;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.OutboundHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real server on the loopback address where clients register, that answers as it is told and remembers what it was asked. */
final class RegisteringServer implements AutoCloseable {

    /** A request as it arrived. */
    record Asked(String method, String path, String authorization, String contentType, String body) {

        JsonObject json() {
            return JsonObject.parse(body);
        }
    }

    private record Answer(int status, String body, String challenge) {}

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    private volatile boolean registers = true;

    RegisteringServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/oauth-authorization-server", exchange -> {
            JsonObject.Builder metadata = JsonObject.builder().put("issuer", issuer().value());
            if (registers) {
                metadata.put("registration_endpoint", issuer() + "/register");
            }
            send(exchange, new Answer(200, metadata.build().toJson(), ""));
        });
        server.createContext("/register", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                header(exchange, "Authorization"),
                header(exchange, "Content-Type"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Answer answer = answers.poll();
        send(exchange, answer == null ? new Answer(500, "", "") : answer);
    }

    private static String header(HttpExchange exchange, String name) {
        return String.join("|", exchange.getRequestHeaders().getOrDefault(name, List.of()));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (body.length > 0) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
        }
        if (!answer.challenge().isEmpty()) {
            exchange.getResponseHeaders().set("WWW-Authenticate", answer.challenge());
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void doesNotRegister() {
        registers = false;
    }

    /** The answer to the next request that has none yet. */
    void next(int status, String body) {
        answers.add(new Answer(status, body.replace("$issuer", issuer().value()), ""));
    }

    void nextChallenge(String challenge) {
        answers.add(new Answer(401, "", challenge));
    }

    List<Asked> asked() {
        return asked;
    }

    Asked last() {
        return asked.get(asked.size() - 1);
    }

    Issuer issuer() {
        return Issuer.of("http://localhost:" + server.getAddress().getPort());
    }

    OutboundHttp outbound() {
        return OutboundHttp.builder()
                .allowHosts(Set.of("localhost:" + server.getAddress().getPort()))
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
