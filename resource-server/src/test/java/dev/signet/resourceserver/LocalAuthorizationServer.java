package dev.signet.resourceserver;

import com.sun.net.httpserver.HttpServer;
import dev.signet.core.Issuer;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.outbound.OutboundHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metadata and the keys of an authorization server, on the loopback address. */
final class LocalAuthorizationServer implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger keyFetches = new AtomicInteger();
    private volatile JwkSet keys = JwkSet.empty();
    private volatile String announcedIssuer;
    private volatile boolean up = true;
    private volatile CountDownLatch held = new CountDownLatch(0);

    LocalAuthorizationServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        announcedIssuer = issuer();
        answer(
                "/.well-known/oauth-authorization-server",
                () -> JsonObject.builder()
                        .put("issuer", announcedIssuer)
                        .put("jwks_uri", issuer() + "/jwks")
                        .build()
                        .toJson());
        answer("/jwks", () -> {
            keyFetches.incrementAndGet();
            awaitRelease();
            return keys.toJson();
        });
        server.start();
    }

    private void answer(String path, Supplier<String> document) {
        server.createContext(path, exchange -> {
            byte[] body = document.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(up ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String issuer() {
        return Issuer.of("http://localhost:" + server.getAddress().getPort()).value();
    }

    OutboundHttp outbound() {
        return outbound(this);
    }

    /** What reaches these servers, and nothing else. */
    static OutboundHttp outbound(LocalAuthorizationServer... servers) {
        return OutboundHttp.builder()
                .allowHosts(Stream.of(servers)
                        .map(each -> "localhost:" + each.server.getAddress().getPort())
                        .collect(Collectors.toSet()))
                .build();
    }

    void publish(JwkSet published) {
        keys = published;
    }

    void announce(String issuer) {
        announcedIssuer = issuer;
    }

    void goDown() {
        up = false;
    }

    void comeBack() {
        up = true;
    }

    /** Lets whoever asks for the keys wait until {@link #release}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    private void awaitRelease() {
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int keyFetches() {
        return keyFetches.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
