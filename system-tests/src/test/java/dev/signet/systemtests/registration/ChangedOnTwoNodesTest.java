package dev.signet.systemtests.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.JwtSigner;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two server processes over one PostgreSQL: what a command changes is in force with the next request to either. */
@Tag("nodes")
class ChangedOnTwoNodesTest {

    private static final String CI = "https://ci.example.com";
    private static final String TRUST =
            """
            issuer: https://ci.example.com
            jwks: %s
            algorithms: [ES256]
            subjects: ["repo:acme/*"]
            scope: orders.read
            allow_unauthenticated_client: ci
            """.formatted(FixedKeys.publicKeys(FixedKeys.issuer()).toJson());

    @TempDir
    private Path folder;

    private final TokenRequests http = new TokenRequests();
    private EmbeddedPostgres postgres;
    private ServerProcess one;
    private ServerProcess two;
    private String issuer = "";
    private Commands commands;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        int first = ServerProcess.freePort();
        int second = ServerProcess.freePort();
        issuer = "http://127.0.0.1:" + first;
        one = ServerProcess.start(folder, yaml(first), first);
        two = ServerProcess.start(folder, yaml(second), second);
        commands = new Commands(folder.resolve("signet-" + second + ".yaml"));
    }

    @AfterEach
    void stop() throws IOException {
        one.close();
        two.close();
        postgres.close();
    }

    private String yaml(int port) {
        return """
                issuer: %s
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, password: postgres}
                encryption: {key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true}
                """.formatted(issuer, port, postgres.getPort());
    }

    private void bothAnswer(int status, String secret) {
        for (ServerProcess node : new ServerProcess[] {one, two}) {
            assertThat(http.postAs(node.uri("/token"), "batch", secret, "grant_type", GrantType.CLIENT_CREDENTIALS)
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    void a_client_comes_changes_and_goes() {
        bothAnswer(401, "none");
        String secret = commands.run(
                "client", "create", "batch", "--secret", "--method", "client_secret_post", "--scope", "orders.read");
        bothAnswer(200, secret);
        String next = commands.run("client", "rotate-secret", "batch");
        bothAnswer(401, secret);
        bothAnswer(200, next);
        commands.run("client", "disable", "batch");
        bothAnswer(401, next);
        commands.run("client", "enable", "batch");
        bothAnswer(200, next);
        commands.run("client", "delete", "batch", "--yes");
        bothAnswer(401, next);
        assertThat(one.log() + two.log()).doesNotContain(secret, next);
    }

    private void bothExchange(int status) {
        for (ServerProcess node : new ServerProcess[] {one, two}) {
            String assertion = JwtSigner.of(FixedKeys.issuer(), "JWT")
                    .sign(AssertionGrant.claims(
                            CI,
                            "repo:acme/shop",
                            Issuer.of(issuer),
                            new JwtId(UUID.randomUUID().toString()),
                            Instant.now(),
                            Duration.ofMinutes(2)));
            assertThat(http.post(node.uri("/token"), "grant_type", GrantType.JWT_BEARER, "assertion", assertion)
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    @Requirement({"7523-5-02", "7523-3-04"})
    void a_trust_comes_changes_and_goes() {
        bothExchange(401);
        commands.runWith(TRUST, "trust", "add", "-");
        bothExchange(200);
        commands.run("trust", "disable", CI);
        bothExchange(401);
        commands.run("trust", "enable", CI);
        bothExchange(200);
        commands.runWith(TRUST + "conditions: {ref: {equals: refs/heads/main}}\n", "trust", "add", "-", "--replace");
        bothExchange(400);
        commands.runWith(TRUST, "trust", "add", "-", "--replace");
        bothExchange(200);
        commands.run("trust", "remove", CI);
        bothExchange(401);
    }
}
