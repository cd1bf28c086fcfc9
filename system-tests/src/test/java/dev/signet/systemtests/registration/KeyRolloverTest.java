package dev.signet.systemtests.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.key.SigningKey;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that publishes its keys takes new ones while a server runs on an embedded store, and is refused at no time. */
@Tag("nodes")
class KeyRolloverTest {

    private static final SigningKey OLD = FixedKeys.client();
    private static final SigningKey NEW = FixedKeys.stranger();

    @TempDir
    private Path folder;

    private final TokenRequests http = new TokenRequests();
    private final AtomicReference<String> published = new AtomicReference<>("");
    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer client;
    private ServerProcess server;
    private Commands commands;

    @BeforeEach
    void start() throws IOException {
        publish(OLD);
        client = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        client.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            byte[] body = published.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        client.start();
        int port = ServerProcess.freePort();
        server = ServerProcess.start(
                folder, """
                issuer: http://127.0.0.1:%1$d
                listen: {host: 127.0.0.1, port: %1$d}
                store: {url: "jdbc:h2:file:./store"}
                outbound: {allow_hosts: ["127.0.0.1:%2$d"]}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true}
                """.formatted(port, client.getAddress().getPort()), port);
        commands = new Commands(folder.resolve("signet-" + port + ".yaml"));
    }

    @AfterEach
    void stop() {
        server.close();
        client.stop(0);
    }

    private void publish(SigningKey... keys) {
        published.set(FixedKeys.publicKeys(keys).toJson());
    }

    private int asked(SigningKey key) {
        String assertion = JwtSigner.of(key, ClientAssertion.TYPE)
                .sign(ClientAssertion.claims(
                        new ClientId("reporter"),
                        Issuer.of("http://127.0.0.1:" + server.port()),
                        new JwtId(UUID.randomUUID().toString()),
                        Instant.now(),
                        Duration.ofSeconds(60)));
        return http.withAssertion(server.uri("/token"), assertion).statusCode();
    }

    @Test
    @Requirement({"7523-5-03", "D-42"})
    void by_its_jwks_uri_needs_no_restart_and_no_pause() {
        assertThat(asked(OLD)).isEqualTo(401);
        commands.run(
                "client",
                "create",
                "reporter",
                "--jwks-uri",
                "http://127.0.0.1:" + client.getAddress().getPort() + "/jwks",
                "--scope",
                "orders.read");
        assertThat(asked(OLD)).isEqualTo(200);
        publish(OLD, NEW);
        assertThat(asked(OLD)).isEqualTo(200);
        assertThat(fetches).hasValue(1);
        assertThat(asked(NEW)).isEqualTo(200);
        assertThat(fetches).hasValue(2);
        assertThat(asked(OLD)).isEqualTo(200);
        publish(NEW);
        for (int i = 0; i < 20; i++) {
            assertThat(asked(NEW)).isEqualTo(200);
        }
        assertThat(fetches).hasValue(2);
        assertThat(server.log()).contains("\"event\":\"client-created\"", "\"client\":\"reporter\"");
    }

    @Test
    @Requirement("7523-3.2-02")
    void by_a_command_leaves_the_old_key_behind_at_once() {
        String jwks = FixedKeys.publicKeys(OLD).toJson();
        commands.runWith(jwks, "client", "create", "reporter", "--jwks", "-", "--scope", "orders.read");
        assertThat(asked(OLD)).isEqualTo(200);
        commands.runWith(FixedKeys.publicKeys(NEW).toJson(), "client", "set-keys", "reporter", "--jwks", "-");
        assertThat(asked(OLD)).isEqualTo(401);
        assertThat(asked(NEW)).isEqualTo(200);
        assertThat(server.log()).contains("\"event\":\"client-keys-set\"");
    }
}
