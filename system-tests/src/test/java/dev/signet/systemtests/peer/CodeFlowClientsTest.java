package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.token.Tokens;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are not ours go through the code flow at our server. */
@Tag("peer")
class CodeFlowClientsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static PeopleServer server;

    private final UserAgent browser = new UserAgent(PeopleServer.CALLBACK);

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path store) {
        server = PeopleServer.start(store);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "plain, query",
        "plain, form_post",
        "pushed, query",
        "signed, query",
        "signed and pushed, query",
        "signed and pushed, form_post"
    })
    @Requirement({"9207-2-01", "6749-6-05", "7636-4.2-01", "9101-10.5-06", "9126-2-02", "9126-2-03", "9126-2.2-01"})
    void openid_client_gets_and_refreshes_tokens(String way, String responseMode) throws Exception {
        JavaScript script = JavaScript.install(folder);
        boolean signs = way.startsWith("signed");
        Map<String, Object> input = new HashMap<>(Map.of(
                "issuer",
                server.issuer().value(),
                "clientId",
                (signs ? PeopleServer.WITH_KEY : PeopleServer.PUBLIC).value(),
                "redirectUri",
                PeopleServer.CALLBACK,
                "scope",
                "orders.read",
                "resource",
                PeopleServer.RESOURCE,
                "responseMode",
                responseMode,
                "way",
                way));
        if (signs) {
            input.put(
                    "clientKey",
                    JSONObjectUtils.parse(FixedKeys.client().toPrivateJwk().toJson()));
        }
        CodeFlowScript.run(script, server, browser, input);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"9207-2-01", "7636-4.2-01"})
    void the_nimbus_sdk_gets_and_refreshes_tokens(boolean isPublic) throws Exception {
        NimbusShop shop = NimbusShop.of(server, isPublic ? PeopleServer.PUBLIC : PeopleServer.WITH_KEY);
        AuthorizationResponse response = AuthorizationResponse.parse(
                PeopleServer.approve(browser, shop.request().toURI()).uri());

        assertThat(response.indicatesSuccess()).isTrue();
        assertThat(response.getState()).isEqualTo(shop.state());
        assertThat(response.getIssuer()).isEqualTo(new Issuer(server.issuer().value()));
        AuthorizationGrant grant = shop.grant(response);
        Tokens tokens = shop.send(grant).toSuccessResponse().getTokens();
        server.assertAlices(tokens.getAccessToken().getValue());
        Tokens refreshed = shop.send(new RefreshTokenGrant(tokens.getRefreshToken()))
                .toSuccessResponse()
                .getTokens();
        server.assertAlices(refreshed.getAccessToken().getValue());
        assertThat(shop.send(grant).toErrorResponse().getErrorObject()).isEqualTo(OAuth2Error.INVALID_GRANT);
    }

    @Test
    @Requirement({"D-28", "7636-4.2-01"})
    void spring_security_gets_a_token_at_a_port_of_its_own() throws Exception {
        int port = ServerProcess.freePort();
        URI token = URI.create("http://127.0.0.1:" + port + "/token");
        try (SpringProgram program = SpringProgram.start(
                folder,
                "spring-oauth",
                "CodeFlowApplication",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--issuer=" + server.issuer(),
                "--client-id=" + PeopleServer.PUBLIC)) {
            Awaitility.await()
                    .atMost(LONG)
                    .until(() -> !program.process().isAlive()
                            || program.said().stream().anyMatch(line -> line.contains("Started CodeFlowApplication")));
            assertThat(program.process().isAlive()).as("%s", program.said()).isTrue();
            Page page = PeopleServer.approve(browser, token);

            assertThat(page.uri().getPath()).as("%s", program.said()).isEqualTo("/token");
            assertThat(page.status()).isEqualTo(200);
            server.assertAlices(page.html());
        }
    }
}
