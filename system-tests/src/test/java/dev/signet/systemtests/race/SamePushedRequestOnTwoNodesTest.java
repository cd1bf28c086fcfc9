package dev.signet.systemtests.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.jwt.json.JsonObject;
import dev.signet.systemtests.peer.PeopleServer;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.Race;
import dev.signet.testkit.Requirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two server processes over one PostgreSQL, and one pushed request that somebody who has consented before opens by 64 threads. There are
 * 10 rounds; {@code -Dsignet.race.rounds=1000} on the command line of the build makes it as many as that.
 */
@Tag("race")
class SamePushedRequestOnTwoNodesTest {

    private static final int THREADS = 64;
    private static final int ROUNDS = Integer.getInteger("signet.race.rounds", 10);
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private final TokenRequests http = new TokenRequests();
    private final UserAgent browser = new UserAgent(PeopleServer.CALLBACK);

    @Test
    @Requirement({"9126-4-03", "D-18"})
    void is_answered_once_and_everybody_else_is_shown_an_error(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            int first = ServerProcess.freePort();
            int second = ServerProcess.freePort();
            String issuer = "http://127.0.0.1:" + first;
            String url = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
            try (ServerProcess one = ServerProcess.start(folder, yaml(issuer, first, url), first);
                    ServerProcess two = ServerProcess.start(folder, yaml(issuer, second, url), second)) {
                assertThat(PeopleServer.approve(browser, opening(one, push(two)))
                                .response())
                        .contains("code=");
                for (int round = 0; round < ROUNDS; round++) {
                    String requestUri = push(round % 2 == 0 ? one : two);
                    preview(one, requestUri);
                    preview(two, requestUri);
                    List<Page> pages = Race.of(THREADS, number -> {
                        Callable<Page> opening = () -> browser.open(opening(number % 2 == 0 ? one : two, requestUri));
                        return opening;
                    });
                    assertThat(pages)
                            .as(
                                    "round %s: %s",
                                    round, pages.stream().map(Page::status).toList())
                            .filteredOn(page -> page.response().contains("code="))
                            .hasSize(1);
                    assertThat(pages)
                            .filteredOn(
                                    page -> page.status() == 400 && page.html().contains("invalid_request_uri"))
                            .hasSize(THREADS - 1);
                }
            }
        }
    }

    /** Somebody looks who is not signed in, as programs do that show where a link leads. */
    private void preview(ServerProcess node, String requestUri) {
        HttpResponse<String> page = http.get(opening(node, requestUri));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    }

    private String push(ServerProcess node) {
        HttpResponse<String> pushed = http.post(
                node.uri("/par"),
                "client_id",
                PeopleServer.PUBLIC.value(),
                "response_type",
                "code",
                "redirect_uri",
                PeopleServer.CALLBACK,
                "scope",
                "orders.read",
                "code_challenge",
                CHALLENGE,
                "code_challenge_method",
                "S256");
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
        return JsonObject.parse(pushed.body().getBytes(StandardCharsets.UTF_8)).requireString("request_uri");
    }

    private static URI opening(ServerProcess node, String requestUri) {
        return node.uri("/authorize?client_id=" + PeopleServer.PUBLIC + "&request_uri="
                + URLEncoder.encode(requestUri, StandardCharsets.UTF_8));
    }

    private static String yaml(String issuer, int port, String url) {
        return """
                issuer: %s
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "%s", user: postgres, password: postgres}
                encryption: {key: "%s"}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true}
                users:
                  - %s
                clients:
                  - client_id: %s
                    token_endpoint_auth_method: none
                    grant_types: [authorization_code]
                    redirect_uris: ["%s"]
                    scope: orders.read
                """.formatted(issuer, port, url, KEY, PeopleServer.alice(), PeopleServer.PUBLIC, PeopleServer.CALLBACK);
    }
}
