package dev.signet.systemtests.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.json.JsonObject;
import dev.signet.storejdbc.EncryptionKey;
import dev.signet.storejdbc.JdbcStores;
import dev.signet.systemtests.process.GrantedCodes;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.testkit.Race;
import dev.signet.testkit.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two server processes over one PostgreSQL, given the same code, and then the same refresh token, by 64 threads. There are 10 rounds of
 * both; {@code -Dsignet.race.rounds=1000} on the command line of the build makes it as many as that.
 */
@Tag("race")
class SameCodeOnTwoNodesTest {

    private static final int THREADS = 64;
    private static final int ROUNDS = Integer.getInteger("signet.race.rounds", 10);
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

    @Test
    @Requirement({"6749-4.1.2-02", "6749-6-05", "D-29", "D-31"})
    void has_one_winner_and_leaves_nobody_else_a_token(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            int first = ServerProcess.freePort();
            int second = ServerProcess.freePort();
            String issuer = "http://127.0.0.1:" + first;
            String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
            try (ServerProcess one = ServerProcess.start(folder, yaml(issuer, first, url), first);
                    ServerProcess two = ServerProcess.start(folder, yaml(issuer, second, url), second);
                    JdbcStores stores = JdbcStores.builder(url, EncryptionKey.parse(KEY))
                            .user("postgres")
                            .password("postgres")
                            .open()) {
                GrantedCodes codes = new GrantedCodes(stores.grants());
                for (int round = 0; round < ROUNDS; round++) {
                    String code = codes.next();
                    winner(node -> codes.redeem(node.uri("/token"), code), one, two);
                    String refresh = refreshToken(codes.redeem(two.uri("/token"), codes.next()));
                    String next = winner(node -> codes.refresh(node.uri("/token"), refresh), one, two);
                    assertThat(codes.refresh(one.uri("/token"), next).statusCode())
                            .as("whoever came second ended the grant")
                            .isEqualTo(400);
                }
            }
        }
    }

    private interface Sending {
        HttpResponse<String> to(ServerProcess node);
    }

    /** The refresh token of the one answer that has tokens. */
    private static String winner(Sending sending, ServerProcess one, ServerProcess two) {
        List<HttpResponse<String>> answers = Race.of(THREADS, number -> {
            Callable<HttpResponse<String>> sender = () -> sending.to(number % 2 == 0 ? one : two);
            return sender;
        });
        assertThat(answers)
                .as(
                        "each answer: %s",
                        answers.stream().map(HttpResponse::body).distinct().toList())
                .filteredOn(answer -> answer.statusCode() == 200)
                .hasSize(1);
        assertThat(answers)
                .filteredOn(
                        answer -> answer.statusCode() == 400 && answer.body().contains("\"invalid_grant\""))
                .hasSize(THREADS - 1);
        return answers.stream()
                .filter(answer -> answer.statusCode() == 200)
                .map(SameCodeOnTwoNodesTest::refreshToken)
                .findFirst()
                .orElseThrow();
    }

    private static String refreshToken(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonObject.parse(answer.body().getBytes(StandardCharsets.UTF_8)).requireString("refresh_token");
    }

    private static String yaml(String issuer, int port, String url) {
        return """
                issuer: %s
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "%s", user: postgres, password: postgres}
                encryption: {key: "%s"}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true, token_lifetime: 10m}
                users:
                  - {sub: %s}
                clients:
                  - %s
                """.formatted(issuer, port, url, KEY, GrantedCodes.SUBJECT, GrantedCodes.yaml());
    }
}
