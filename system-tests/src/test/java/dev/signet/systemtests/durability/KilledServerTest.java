package dev.signet.systemtests.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TestClient;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.Requirement;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded store against SIGKILL: what was answered stays used, and the signing key stays the same. */
@Tag("durability")
class KilledServerTest {

    private static final int ROUNDS = 20;
    private static final int THREADS = 4;
    private static final int ANSWERS_BEFORE_THE_KILL = 60;

    private final TestClient client = TestClient.create("reporter");
    private final TokenRequests http = new TokenRequests();

    @Test
    @Requirement({"7523-3-16", "8414-J-02"})
    void keeps_every_used_assertion_and_the_signing_key_through_twenty_kills(@TempDir Path folder) throws Exception {
        int port = ServerProcess.freePort();
        Set<String> keySets = new HashSet<>();
        int replayed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Queue<String> answered;
            try (ServerProcess server = ServerProcess.start(folder, yaml(port), port)) {
                keySets.add(http.get(server.uri("/jwks")).body());
                answered = loadUntilKilled(server);
            }
            try (ServerProcess restarted = ServerProcess.start(folder, yaml(port), port)) {
                for (String assertion : answered) {
                    HttpResponse<String> response = http.withAssertion(restarted.uri("/token"), assertion);
                    assertThat(response.statusCode())
                            .as("a used assertion after kill %d: %s", round, response.body())
                            .isEqualTo(401);
                    replayed++;
                }
                keySets.add(http.get(restarted.uri("/jwks")).body());
                restarted.kill();
            }
        }
        assertThat(keySets).hasSize(1);
        assertThat(replayed).isGreaterThanOrEqualTo(ROUNDS * ANSWERS_BEFORE_THE_KILL);
    }

    /** Sends fresh assertions from several threads and kills the server in the middle of them. */
    private Queue<String> loadUntilKilled(ServerProcess server) throws Exception {
        Queue<String> answered = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> senders = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            senders.add(threads.submit(() -> sendUntilRefusedConnection(server, answered)));
        }
        Awaitility.await().until(() -> answered.size() >= ANSWERS_BEFORE_THE_KILL);
        server.kill();
        for (Future<?> sender : senders) {
            sender.get();
        }
        threads.shutdown();
        return answered;
    }

    private void sendUntilRefusedConnection(ServerProcess server, Queue<String> answered) {
        try {
            while (true) {
                String assertion = client.assertion(issuer(server.port()));
                HttpResponse<String> response = http.withAssertion(server.uri("/token"), assertion);
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                answered.add(assertion);
            }
        } catch (UncheckedIOException e) {
            // The server is dead: that is what the load waits for.
        }
    }

    private String yaml(int port) {
        return """
                issuer: %s
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "jdbc:h2:file:./signet"}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true, token_lifetime: 10m}
                clients:
                  - %s
                """.formatted(issuer(port), port, client.yaml());
    }

    private static String issuer(int port) {
        return "http://127.0.0.1:" + port;
    }
}
