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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The metadata and the keys of an authorization server, on the loopback address. */
final class LocalAuthorizationServer implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger keyFetches = new AtomicInteger();
    private volatile JwkSet keys = JwkSet.empty();
    private volatile String announcedIssuer;
    private volatile boolean up = true;

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
            return keys.toJson();
        });
        server.start();
    }

    private void answer(String path, java.util.function.Supplier<String> document) {
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
        return OutboundHttp.builder()
                .allowHosts(Set.of("localhost:" + server.getAddress().getPort()))
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

    int keyFetches() {
        return keyFetches.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
