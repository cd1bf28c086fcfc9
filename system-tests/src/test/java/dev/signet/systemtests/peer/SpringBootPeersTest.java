package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.systemtests.process.ServerProcess;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** APIs on Spring Boot 3 and 4, without anything of ours in them, take our tokens for their audience and no others. */
@Tag("peer")
class SpringBootPeersTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"spring-boot-3, ES256", "spring-boot-4, ES256", "spring-boot-4, RS256"})
    @Requirement({"9068-2.1-04", "9068-2.1-05", "9068-2.2-03", "9068-3-02", "9068-5-03"})
    void takes_our_token_for_its_audience_only(String program, String algorithm) throws Exception {
        try (PeerServer server = PeerServer.start(folder, algorithm)) {
            int port = ServerProcess.freePort();
            URI orders = URI.create("http://127.0.0.1:" + port + "/orders");
            try (SpringProgram api = start(program, port, server)) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(100))
                        .ignoreExceptions()
                        .until(() -> get(orders, "").statusCode() == 401);
                String token = server.token(PeerServer.RESOURCE);

                HttpResponse<String> accepted = get(orders, token);
                assertThat(accepted.statusCode()).as("%s", api.said()).isEqualTo(200);
                assertThat(accepted.body()).isEqualTo("ordered by " + PeerServer.KEY_CLIENT);

                assertRefused(get(orders, server.token(PeerServer.OTHER_RESOURCE)));
                int middle = token.lastIndexOf('.') + 10;
                char other = token.charAt(middle) == 'A' ? 'B' : 'A';
                assertRefused(get(orders, token.substring(0, middle) + other + token.substring(middle + 1)));
            }
        }
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("error=\"invalid_token\"");
    }

    private HttpResponse<String> get(URI uri, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private SpringProgram start(String program, int port, PeerServer server) throws IOException {
        return SpringProgram.start(
                folder,
                program,
                "OrdersApplication",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--orders.issuer=" + server.issuer(),
                "--orders.audience=" + PeerServer.RESOURCE,
                "--orders.client=" + PeerServer.KEY_CLIENT);
    }
}
