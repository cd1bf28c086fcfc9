package dev.signet.systemtests.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.json.JsonObject;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two server processes over one PostgreSQL: what one revokes is not active on the other within a second. */
@Tag("nodes")
class RevokedOnTwoNodesTest {

    private static final int ROUNDS = 10;
    private static final String SECRET = "a secret of thirty-two characters";

    private final TokenRequests http = new TokenRequests();

    @Test
    @Requirement({"7009-2.1-04", "7662-2.2-02", "D-24", "D-44"})
    void what_one_revokes_is_not_active_on_the_other_within_a_second(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            int first = ServerProcess.freePort();
            int second = ServerProcess.freePort();
            String issuer = "http://127.0.0.1:" + first;
            try (ServerProcess one = ServerProcess.start(folder, yaml(issuer, first, postgres.getPort()), first);
                    ServerProcess two = ServerProcess.start(folder, yaml(issuer, second, postgres.getPort()), second)) {
                List<Duration> delays = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    delays.add(delay(one, two));
                }
                assertThat(delays).allMatch(delay -> delay.compareTo(Duration.ofSeconds(1)) < 0);
            }
        }
    }

    /** From the answer of the node that revoked to the last question that the other still answered with active. */
    private Duration delay(ServerProcess one, ServerProcess two) {
        String token = JsonObject.parse(
                        post(one, "/token", "shop", "grant_type", "client_credentials", "scope", "orders.read")
                                .body())
                .requireString("access_token");
        assertThat(isActive(one, token)).isTrue();
        assertThat(isActive(two, token)).isTrue();
        assertThat(post(one, "/revoke", "shop", "token", token).statusCode()).isEqualTo(200);
        long revoked = System.nanoTime();
        assertThat(isActive(one, token)).isFalse();
        Duration last = Duration.ZERO;
        Duration begun = Duration.ofNanos(System.nanoTime() - revoked);
        while (isActive(two, token)) {
            last = begun;
            assertThat(last).isLessThan(Duration.ofSeconds(10));
            begun = Duration.ofNanos(System.nanoTime() - revoked);
        }
        return last;
    }

    private boolean isActive(ServerProcess node, String token) {
        HttpResponse<String> answer = post(node, "/introspect", "orders-api", "token", token);
        assertThat(answer.statusCode()).isEqualTo(200);
        return JsonObject.parse(answer.body()).findBoolean("active").orElseThrow();
    }

    private HttpResponse<String> post(ServerProcess node, String path, String clientId, String... pairs) {
        return http.postAs(node.uri(path), clientId, SECRET, pairs);
    }

    private static String yaml(String issuer, int port, int postgresPort) {
        return """
                issuer: %1$s
                listen: {host: 127.0.0.1, port: %2$d}
                store: {url: "jdbc:postgresql://127.0.0.1:%3$d/postgres", user: postgres, password: postgres}
                encryption: {key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true}
                clients:
                  - {client_id: shop, token_endpoint_auth_method: client_secret_post, client_secret: "%4$s", grant_types: [client_credentials], scope: orders.read}
                  - {client_id: orders-api, token_endpoint_auth_method: client_secret_post, client_secret: "%4$s", resource_server_for: ["https://api.example.com/orders"]}
                """.formatted(issuer, port, postgresPort, SECRET);
    }
}
