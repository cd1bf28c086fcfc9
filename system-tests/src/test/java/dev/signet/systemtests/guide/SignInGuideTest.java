package dev.signet.systemtests.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.client.Failure;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Problem;
import dev.signet.client.TokenSource;
import dev.signet.client.authorization.AuthorizationRequest;
import dev.signet.client.authorization.AuthorizationResponse;
import dev.signet.client.authorization.BegunAuthorization;
import dev.signet.client.authorization.PendingAuthorizations;
import dev.signet.core.ClientId;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.FormParameters;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.systemtests.guide.SignInExample.Session;
import dev.signet.systemtests.peer.PeopleServer;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What the guide shows compiles, and signs people in at our server. */
class SignInGuideTest {

    private static final Guide GUIDE = Guide.named("sign-in-from-an-app.md");
    private static final RedirectUri CALLBACK = new RedirectUri(PeopleServer.CALLBACK);

    private final SignInExample example = new SignInExample(LoggerFactory.getLogger("sign-in"));
    private final Session session = new Session();
    private final UserAgent browser = new UserAgent(PeopleServer.CALLBACK);
    private static PeopleServer server;

    @BeforeAll
    static void start(@TempDir Path store) {
        server = PeopleServer.start(store);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private OAuthClient client(ClientAuthentication authentication) {
        return OAuthClient.builder(server.issuer(), authentication)
                .outbound(server.outbound())
                .build();
    }

    private OAuthClient publicClient() {
        return client(ClientAuthentication.none(PeopleServer.PUBLIC));
    }

    private static void assertAlices(IssuedToken token) {
        assertThat(server.validate(token.value()))
                .isInstanceOfSatisfying(
                        Valid.class,
                        valid -> assertThat(valid.token().subject()).isEqualTo(PeopleServer.ALICE));
    }

    @Test
    @Requirement({"9207-2.4-01", "9207-2.4-04", "7636-4.2-01", "6749-4.1.3-02", "6749-4.1.3-03"})
    void somebody_signs_in_and_stays_so_after_a_restart() throws Exception {
        OAuthClient client = publicClient();
        Page arrival = PeopleServer.approve(browser, SignInExample.away(SignInExample.request(client), session));

        assertThat(example.back(client, CALLBACK, session, arrival.response())).isEqualTo(URI.create("/orders"));
        assertAlices(session.tokens().orElseThrow().token().require());
        String before = session.refreshToken();
        TokenSource restarted = SignInExample.afterARestart(publicClient(), session);
        assertAlices(restarted.token().require());
        assertThat(session.refreshToken()).as("replaced, and kept").isNotEqualTo(before);
    }

    @Test
    @Requirement("9700-4.2-02")
    void a_response_is_good_once_and_in_one_session() throws Exception {
        OAuthClient client = publicClient();
        Page arrival = PeopleServer.approve(browser, SignInExample.away(SignInExample.request(client), session));

        assertThat(example.back(client, CALLBACK, new Session(), arrival.response()))
                .isEqualTo(URI.create("/not-signed-in"));
        assertThat(example.back(client, CALLBACK, session, arrival.response())).isEqualTo(URI.create("/orders"));
        assertThat(example.back(client, CALLBACK, session, arrival.response())).isEqualTo(URI.create("/not-signed-in"));
    }

    @Test
    void somebody_says_no() throws Exception {
        OAuthClient client = publicClient();
        Page arrival = PeopleServer.leave(browser, SignInExample.away(SignInExample.request(client), session));

        assertThat(example.back(client, CALLBACK, session, arrival.response())).isEqualTo(URI.create("/not-signed-in"));
        assertThat(session.tokens()).isEmpty();
    }

    @Test
    @Requirement("6749-4.1.3-02")
    void a_client_with_a_key_is_answered_by_a_form_and_keeps_its_refresh_token() throws Exception {
        OAuthClient client = client(ClientAuthentication.privateKeyJwt(PeopleServer.WITH_KEY, FixedKeys.client()));
        AuthorizationRequest request = AuthorizationRequest.builder(client, CALLBACK)
                .responseMode(ResponseMode.FORM_POST)
                .build();
        Page form = PeopleServer.approve(browser, SignInExample.away(request, session));
        Page arrival = browser.send(form, Map.of());

        assertThat(arrival.uri()).hasToString(CALLBACK.value());
        assertThat(example.back(client, CALLBACK, session, arrival.response())).isEqualTo(URI.create("/orders"));
        String before = session.refreshToken();
        assertAlices(SignInExample.afterARestart(client, session).token().require());
        assertThat(session.refreshToken()).isEqualTo(before);
    }

    @Test
    @Requirement({"9126-2-05", "9126-4-01", "9101-4-01", "9101-5-02", "9101-10.5-06"})
    void a_request_is_signed_and_pushed() throws Exception {
        OAuthClient client = client(ClientAuthentication.privateKeyJwt(PeopleServer.WITH_KEY, FixedKeys.client()));
        URI away = SignInExample.away(SignInExample.signed(client, CALLBACK, FixedKeys.client()), session);
        assertThat(FormParameters.parse(away.getRawQuery()).names()).containsExactly("client_id", "request_uri");

        Page arrival = PeopleServer.approve(browser, away);
        assertThat(example.back(client, CALLBACK, session, arrival.response())).isEqualTo(URI.create("/orders"));
        assertAlices(session.tokens().orElseThrow().token().require());
    }

    @Test
    @Requirement({"9126-2-05", "9126-4-01"})
    void a_public_client_pushes_its_request() throws Exception {
        OAuthClient client = publicClient();
        AuthorizationRequest request =
                AuthorizationRequest.builder(client, CALLBACK).pushed().build();
        Page arrival = PeopleServer.approve(browser, SignInExample.away(request, session));
        assertThat(example.back(client, CALLBACK, session, arrival.response())).isEqualTo(URI.create("/orders"));
    }

    @ParameterizedTest
    @CsvSource({"ECDH-ES,A128GCM", "ECDH-ES,A256CBC-HS512", "RSA-OAEP-256,A256GCM"})
    @Requirement({"9101-4-10", "9101-6.1-01"})
    void a_request_is_encrypted_to_the_server(String algorithm, String content) throws Exception {
        OAuthClient client = client(ClientAuthentication.privateKeyJwt(PeopleServer.WITH_KEY, FixedKeys.client()));
        AuthorizationRequest request = AuthorizationRequest.builder(client, CALLBACK)
                .signed(FixedKeys.client())
                .encrypted(algorithm, content)
                .build();
        URI away = SignInExample.away(request, session);
        assertThat(FormParameters.parse(away.getRawQuery()).require("request").split("\\."))
                .hasSize(5);

        Page arrival = PeopleServer.approve(browser, away);
        assertThat(example.back(client, CALLBACK, session, arrival.response())).isEqualTo(URI.create("/orders"));
    }

    @Test
    void a_request_that_was_begun_too_often_is_begun_anew() throws Exception {
        OAuthClient client = client(ClientAuthentication.privateKeyJwt(PeopleServer.WITH_KEY, FixedKeys.client()));
        AuthorizationRequest signed = SignInExample.signed(client, CALLBACK, FixedKeys.client());
        URI first = SignInExample.away(signed, session);
        PeopleServer.approve(browser, first);
        assertThat(browser.open(first).status()).as("used up").isEqualTo(400);

        Page arrival = PeopleServer.approve(browser, SignInExample.away(signed, session));
        assertThat(example.back(client, CALLBACK, session, arrival.response())).isEqualTo(URI.create("/orders"));
    }

    @Nested
    class What_else_it_shows {

        @Test
        void requests_may_be_hosted_where_the_server_fetches_them() {
            Map<String, String> documents = new ConcurrentHashMap<>();
            OAuthClient client = client(ClientAuthentication.privateKeyJwt(PeopleServer.WITH_KEY, FixedKeys.client()));
            assertThat(SignInExample.hosted(client, CALLBACK, FixedKeys.client(), documents)
                            .begin()
                            .failure())
                    .as("it does not, unless it is configured to")
                    .hasValueSatisfying(failure ->
                            assertThat(((Failure.Unusable) failure).problem()).isEqualTo(Problem.REQUEST_OBJECT));
            assertThat(documents).isEmpty();
        }

        @Test
        void sessions_may_be_elsewhere() throws Exception {
            Map<String, String> attributes = new ConcurrentHashMap<>();
            PendingAuthorizations elsewhere = SignInExample.elsewhere(attributes);
            BegunAuthorization begun =
                    SignInExample.request(publicClient()).begin().require();
            elsewhere.put(begun.pending());
            assertThat(attributes).hasSize(1);

            String response = PeopleServer.approve(browser, begun.uri()).response();
            assertThat(elsewhere.complete(CALLBACK, response)).isInstanceOf(AuthorizationResponse.Code.class);
            assertThat(elsewhere.complete(CALLBACK, response)).isInstanceOf(AuthorizationResponse.OtherState.class);
            assertThat(attributes).isEmpty();
        }

        @Test
        void servers_may_be_several(@TempDir Path store) throws Exception {
            try (PeopleServer other = PeopleServer.start(store)) {
                OAuthClient atOther = OAuthClient.builder(
                                other.issuer(), ClientAuthentication.none(new ClientId("shop")))
                        .outbound(other.outbound())
                        .build();

                URI away = SignInExample.atEither(
                        SignInExample.request(publicClient()), SignInExample.request(atOther), other.issuer());
                assertThat(away.toString()).startsWith(other.issuer() + "/");
            }
        }
    }

    @Test
    void its_java_compiles() throws Exception {
        GUIDE.assertCompiles(List.of(SignInExample.class));
    }

    @Test
    void its_links_lead_somewhere() throws Exception {
        GUIDE.assertLinksAndReasonsExist();
    }
}
