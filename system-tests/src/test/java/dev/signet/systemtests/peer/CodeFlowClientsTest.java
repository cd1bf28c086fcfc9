package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.Tokens;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.systemtests.process.ServerProcess;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are not ours go through the code flow at our server. */
class CodeFlowClientsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final URI REDIRECT_URI = URI.create(PeopleServer.CALLBACK);

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

    private static void assertAlices(String accessToken) {
        assertThat(server.validate(accessToken))
                .isInstanceOfSatisfying(
                        AccessTokenOutcome.Valid.class,
                        valid -> assertThat(valid.token().subject()).isEqualTo(PeopleServer.ALICE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "form_post"})
    @Requirement({"9207-2-01", "6749-6-05", "7636-4.2-01"})
    void openid_client_gets_and_refreshes_tokens(String responseMode) throws Exception {
        JavaScript script = JavaScript.install(folder);
        Process node = script.start(
                "code-flow.mjs",
                JSONObjectUtils.toJSONString(Map.of(
                        "issuer",
                        server.issuer().value(),
                        "clientId",
                        PeopleServer.PUBLIC.value(),
                        "redirectUri",
                        PeopleServer.CALLBACK,
                        "scope",
                        "orders.read",
                        "resource",
                        PeopleServer.RESOURCE,
                        "responseMode",
                        responseMode)));
        Page page = PeopleServer.approve(browser, URI.create(said(script, "open ")));
        if (responseMode.equals("form_post")) {
            page = browser.send(page, Map.of());
        }
        node.getOutputStream().write((page.response() + "\n").getBytes(StandardCharsets.UTF_8));
        node.getOutputStream().close();

        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = script.said();
        assertThat(lines).last().isEqualTo("done");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("token "))
                .hasSize(2)
                .allSatisfy(line -> assertAlices(line.substring("token ".length())));
    }

    private static String said(JavaScript script, String start) {
        return Awaitility.await()
                .atMost(LONG)
                .until(
                        () -> script.said().stream()
                                .filter(line -> line.startsWith(start))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow()
                .substring(start.length());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Requirement({"9207-2-01", "7636-4.2-01"})
    void the_nimbus_sdk_gets_and_refreshes_tokens(boolean isPublic) throws Exception {
        AuthorizationServerMetadata metadata =
                AuthorizationServerMetadata.resolve(new Issuer(server.issuer().value()));
        ClientID client = new ClientID((isPublic ? PeopleServer.PUBLIC : PeopleServer.WITH_KEY).value());
        CodeVerifier verifier = new CodeVerifier();
        State state = new State();
        AuthorizationRequest request = new AuthorizationRequest.Builder(ResponseType.CODE, client)
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .redirectionURI(REDIRECT_URI)
                .scope(new Scope("orders.read"))
                .state(state)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build();
        AuthorizationResponse response = AuthorizationResponse.parse(
                PeopleServer.approve(browser, request.toURI()).uri());

        assertThat(response.indicatesSuccess()).isTrue();
        assertThat(response.getState()).isEqualTo(state);
        assertThat(response.getIssuer()).isEqualTo(new Issuer(server.issuer().value()));
        AuthorizationGrant grant =
                new AuthorizationCodeGrant(response.toSuccessResponse().getAuthorizationCode(), REDIRECT_URI, verifier);
        Tokens tokens =
                send(metadata, client, isPublic, grant).toSuccessResponse().getTokens();
        assertAlices(tokens.getAccessToken().getValue());
        Tokens refreshed = send(metadata, client, isPublic, new RefreshTokenGrant(tokens.getRefreshToken()))
                .toSuccessResponse()
                .getTokens();
        assertAlices(refreshed.getAccessToken().getValue());
        assertThat(send(metadata, client, isPublic, grant).toErrorResponse().getErrorObject())
                .isEqualTo(OAuth2Error.INVALID_GRANT);
    }

    private static TokenResponse send(
            AuthorizationServerMetadata metadata, ClientID client, boolean isPublic, AuthorizationGrant grant)
            throws Exception {
        TokenRequest.Builder request = isPublic
                ? new TokenRequest.Builder(metadata.getTokenEndpointURI(), client, grant)
                : new TokenRequest.Builder(metadata.getTokenEndpointURI(), keyAuthentication(client), grant);
        return TokenResponse.parse(request.build().toHTTPRequest().send());
    }

    private static ClientAuthentication keyAuthentication(ClientID client) throws Exception {
        ECKey key = ECKey.parse(FixedKeys.client().toPrivateJwk().toJson());
        return new PrivateKeyJWT(
                new JWTAuthenticationClaimsSet(
                        client, new Audience(server.issuer().value())),
                JWSAlgorithm.ES256,
                key.toECPrivateKey(),
                key.getKeyID(),
                null);
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
            assertAlices(page.html());
        }
    }
}
