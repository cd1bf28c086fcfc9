package dev.signet.resourceserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.FormParameters;
import dev.signet.core.introspection.IntrospectionJwt;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.introspection.IntrospectionClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An authorization server on the loopback address that is asked about tokens, and misbehaves as it is told to. */
final class LocalIntrospection implements AutoCloseable {

    static final String API = "orders-api";
    static final String SECRET = "correct horse battery staple 0123456789";

    /** What is answered. */
    record Answer(int status, String contentType, String body) {

        static Answer json(JsonObject.Builder json) {
            return new Answer(200, "application/json", json.build().toJson());
        }

        static Answer jwt(String compact) {
            return new Answer(200, IntrospectionJwt.MEDIA_TYPE, compact);
        }
    }

    /** What was asked. */
    record Asked(FormParameters form, String accept, String authorization) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<String, Answer> answers = token -> new Answer(500, "text/plain", "");
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile JwkSet keys = JwkSet.empty();

    LocalIntrospection() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext(
                "/.well-known/oauth-authorization-server",
                exchange -> send(
                        exchange,
                        Answer.json(JsonObject.builder()
                                .put("issuer", issuer().value())
                                .put("jwks_uri", issuer() + "/jwks")
                                .put("introspection_endpoint", issuer() + "/introspect"))));
        server.createContext(
                "/jwks", exchange -> send(exchange, new Answer(200, "application/jwk-set+json", keys.toJson())));
        server.createContext("/introspect", this::introspect);
        server.start();
    }

    private void introspect(HttpExchange exchange) throws IOException {
        FormParameters form = FormParameters.parse(exchange.getRequestBody().readAllBytes());
        asked.add(new Asked(
                form,
                String.valueOf(exchange.getRequestHeaders().getFirst("Accept")),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        send(exchange, answers.apply(form.require("token")));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    void answering(Function<String, Answer> each) {
        answers = each;
    }

    void answering(Answer all) {
        answers = token -> all;
    }

    void publish(SigningKey key) {
        keys = Fixture.keys(key);
    }

    /** Lets whoever asks wait until {@link #release}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    int questions() {
        return asked.size();
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

    /** Asks this server. */
    IntrospectionClient.Builder client(Clock clock) {
        return IntrospectionClient.builder(issuer())
                .outbound(outbound())
                .authentication(ClientAuthentication.clientSecretBasic(new ClientId(API), SECRET))
                .clock(clock);
    }

    /** A good token of this server. */
    JsonObject.Builder claims() {
        return Fixture.claims().put("iss", issuer().value());
    }

    /** What is said about a good token. */
    JsonObject.Builder active() {
        return claims().put("active", true).put("token_type", "Bearer");
    }

    static JsonObject.Builder inactive() {
        return JsonObject.builder().put("active", false);
    }

    /** The claims of a signed answer. */
    JsonObject.Builder signed(JsonObject.Builder answer) {
        return IntrospectionJwt.claims(issuer(), new ClientId(API), Fixture.NOW, answer.build()).toBuilder();
    }

    static String sign(SigningKey key, JsonObject.Builder claims) {
        return JwtSigner.of(key, IntrospectionJwt.TYPE).sign(claims.build());
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
