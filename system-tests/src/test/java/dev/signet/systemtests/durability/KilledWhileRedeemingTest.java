package dev.signet.systemtests.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.json.JsonObject;
import dev.signet.storejdbc.EncryptionKey;
import dev.signet.storejdbc.JdbcStores;
import dev.signet.systemtests.process.GrantedCodes;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.testkit.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL while codes are redeemed and refresh tokens rotated: each refresh token that was answered is good afterwards, and no code
 * or refresh token works that was answered for. There are 3 kills for each store; {@code -Dsignet.kill.rounds=50} on the command line of the
 * build makes it as many as that.
 */
@Tag("durability")
class KilledWhileRedeemingTest {

    private static final int ROUNDS = Integer.getInteger("signet.kill.rounds", 3);
    private static final int THREADS = 4;
    private static final int ANSWERS_BEFORE_THE_KILL = 40;
    private static final int CODES_BEFOREHAND = 2_000;
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

    /** What was used up, and the refresh token that took its place; {@code code} is empty if a refresh token was used. */
    private record Answered(String code, String used, String next) {}

    @Test
    @Requirement({"6749-4.1.2-02", "6749-6-05"})
    void loses_no_refresh_token_and_gives_none_twice_on_postgresql(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
            try (JdbcStores stores = JdbcStores.builder(url, EncryptionKey.parse(KEY))
                    .user("postgres")
                    .password("postgres")
                    .open()) {
                GrantedCodes codes = new GrantedCodes(stores.grants());
                int port = ServerProcess.freePort();
                String yaml = yaml(port, url + "\", user: postgres, password: \"postgres");
                for (int round = 0; round < ROUNDS; round++) {
                    killAndLookAgain(folder, yaml, port, codes, codes::next);
                }
            }
        }
    }

    /** Its file is open in one process only: the codes are put there before the server runs. */
    @Test
    @Requirement({"6749-4.1.2-02", "6749-6-05"})
    void loses_no_refresh_token_and_gives_none_twice_on_the_embedded_store(@TempDir Path folder) throws Exception {
        int port = ServerProcess.freePort();
        String url = "jdbc:h2:file:" + folder.resolve("signet");
        for (int round = 0; round < ROUNDS; round++) {
            Queue<String> beforehand = new ConcurrentLinkedQueue<>();
            GrantedCodes codes;
            try (JdbcStores stores =
                    JdbcStores.builder(url, EncryptionKey.parse(KEY)).open()) {
                codes = new GrantedCodes(stores.grants());
                for (int number = 0; number < CODES_BEFOREHAND; number++) {
                    beforehand.add(codes.next());
                }
            }
            killAndLookAgain(folder, yaml(port, url), port, codes, beforehand::remove);
        }
    }

    private static void killAndLookAgain(
            Path folder, String yaml, int port, GrantedCodes codes, Supplier<String> unused) throws Exception {
        Queue<Answered> answered;
        try (ServerProcess server = ServerProcess.start(folder, yaml, port)) {
            answered = loadUntilKilled(server, codes, unused);
        }
        try (ServerProcess restarted = ServerProcess.start(folder, yaml, port)) {
            assertThat(answered).hasSizeGreaterThanOrEqualTo(ANSWERS_BEFORE_THE_KILL);
            for (Answered answer : answered) {
                assertKept(restarted, codes, answer);
            }
        }
    }

    /** The new token first: whoever sends the used one ends the grant. */
    private static void assertKept(ServerProcess server, GrantedCodes codes, Answered answer) {
        HttpResponse<String> refreshed = codes.refresh(server.uri("/token"), answer.next());
        assertThat(refreshed.statusCode())
                .as("a refresh token that was answered: %s", refreshed.body())
                .isEqualTo(200);
        HttpResponse<String> again = answer.code().isEmpty()
                ? codes.refresh(server.uri("/token"), answer.used())
                : codes.redeem(server.uri("/token"), answer.code());
        assertThat(again.statusCode()).as("what was used: %s", again.body()).isEqualTo(400);
    }

    private static Queue<Answered> loadUntilKilled(ServerProcess server, GrantedCodes codes, Supplier<String> unused)
            throws Exception {
        Queue<Answered> answered = new ConcurrentLinkedQueue<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> senders = new ArrayList<>();
        for (int number = 0; number < THREADS; number++) {
            boolean rotating = number % 2 == 0;
            senders.add(threads.submit(() -> sendUntilRefusedConnection(server, codes, unused, rotating, answered)));
        }
        Awaitility.await().until(() -> answered.size() >= ANSWERS_BEFORE_THE_KILL);
        server.kill();
        for (Future<?> sender : senders) {
            sender.get();
        }
        threads.shutdown();
        return answered;
    }

    private static void sendUntilRefusedConnection(
            ServerProcess server,
            GrantedCodes codes,
            Supplier<String> unused,
            boolean rotating,
            Queue<Answered> answered) {
        try {
            while (true) {
                String code = unused.get();
                String refresh = refreshToken(codes.redeem(server.uri("/token"), code));
                if (rotating) {
                    // If this is answered the first one is used up; if it is not, nothing is known of it.
                    String next = refreshToken(codes.refresh(server.uri("/token"), refresh));
                    answered.add(new Answered("", refresh, next));
                } else {
                    answered.add(new Answered(code, "", refresh));
                }
            }
        } catch (UncheckedIOException e) {
            // The server is dead: that is what the load waits for.
        }
    }

    private static String refreshToken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonObject.parse(answer.body().getBytes(StandardCharsets.UTF_8)).requireString("refresh_token");
    }

    private static String yaml(int port, String url) {
        return """
                issuer: http://127.0.0.1:%d
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "%s"}
                encryption: {key: "%s"}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true, token_lifetime: 10m}
                users:
                  - {sub: %s}
                clients:
                  - %s
                """.formatted(port, port, url, KEY, GrantedCodes.SUBJECT, GrantedCodes.yaml());
    }
}
