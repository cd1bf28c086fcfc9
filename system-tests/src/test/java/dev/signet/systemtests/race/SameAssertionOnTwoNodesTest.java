package dev.signet.systemtests.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TestClient;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two server processes over one PostgreSQL, started together, given the same assertion by 64 threads. */
@Tag("race")
class SameAssertionOnTwoNodesTest {

    private static final int THREADS = 64;
    private static final int ROUNDS = 5;

    private final TestClient client = TestClient.create("reporter");
    private final TokenRequests http = new TokenRequests();

    @Test
    @Requirement({"7523-3-17", "OIDC-9-04"})
    void gives_exactly_one_token_for_one_assertion(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            int first = ServerProcess.freePort();
            int second = ServerProcess.freePort();
            String issuer = "http://127.0.0.1:" + first;
            try (ServerProcess one = ServerProcess.start(folder, yaml(issuer, first, postgres.getPort()), first);
                    ServerProcess two = ServerProcess.start(folder, yaml(issuer, second, postgres.getPort()), second)) {
                assertThat(http.get(one.uri("/jwks")).body())
                        .as("both nodes publish the same key")
                        .isEqualTo(http.get(two.uri("/jwks")).body());
                for (int round = 0; round < ROUNDS; round++) {
                    assertOneWinner(client.assertion(issuer), one, two);
                }
            }
        }
    }

    private void assertOneWinner(String assertion, ServerProcess one, ServerProcess two) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            ServerProcess node = i % 2 == 0 ? one : two;
            answers.add(threads.submit(() -> {
                start.await();
                return http.withAssertion(node.uri("/token"), assertion).statusCode();
            }));
        }
        start.countDown();
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        threads.shutdown();
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 401).hasSize(THREADS - 1);
    }

    private String yaml(String issuer, int port, int postgresPort) {
        return """
                issuer: %s
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, password: postgres}
                encryption: {key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true, token_lifetime: 10m}
                clients:
                  - %s
                """.formatted(issuer, port, postgresPort, client.yaml());
    }
}
