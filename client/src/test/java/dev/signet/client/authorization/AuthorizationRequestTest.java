package dev.signet.client.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.client.Failure;
import dev.signet.client.LocalAuthorizationServer;
import dev.signet.client.OAuthClient;
import dev.signet.client.Problem;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationRequestTest {

    private static final RedirectUri REDIRECT_URI = new RedirectUri("https://shop.example.com/callback?as=1");

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final OAuthClient client = OAuthClient.builder(
                    server.issuer(), ClientAuthentication.none(new ClientId("shop")))
            .outbound(server.outbound())
            .build();

    @AfterEach
    void stop() {
        server.close();
    }

    private AuthorizationRequest.Builder valid() {
        return AuthorizationRequest.builder(client, REDIRECT_URI).scope(Scope.of("orders.read", "orders.write"));
    }

    private static BegunAuthorization begin(AuthorizationRequest.Builder request) throws Exception {
        return request.build().begin().require();
    }

    private static FormParameters query(BegunAuthorization begun) {
        return FormParameters.parse(begun.uri().getRawQuery());
    }

    private void assertUnusable(AuthorizationRequest.Builder request, Problem problem) {
        assertThat(request.build().begin().failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                Failure.Unusable.class,
                                unusable -> assertThat(unusable.problem()).isEqualTo(problem)));
    }

    @Nested
    class Rfc_6749_4_1_1_request {

        @Test
        @Requirement("9700-2.1.1-02")
        void says_what_is_wanted_and_where_the_answer_goes() throws Exception {
            BegunAuthorization begun = begin(valid());

            assertThat(begun.uri().toString()).startsWith(server.issuer() + "/authorize?");
            FormParameters query = query(begun);
            assertThat(query.names())
                    .containsExactly(
                            "response_type",
                            "client_id",
                            "redirect_uri",
                            "scope",
                            "state",
                            "code_challenge",
                            "code_challenge_method");
            assertThat(query.require("response_type")).isEqualTo("code");
            assertThat(query.require("client_id")).isEqualTo("shop");
            assertThat(query.require("redirect_uri")).isEqualTo(REDIRECT_URI.value());
            assertThat(query.require("scope")).isEqualTo("orders.read orders.write");
            assertThat(query.require("state")).isEqualTo(begun.pending().state());
            assertThat(query.require("code_challenge_method")).isEqualTo("S256");
            assertThat(CodeChallenge.find(query.require("code_challenge")))
                    .contains(begun.pending().challenge());
        }

        @Test
        void leaves_out_what_is_not_wanted_and_adds_what_is() throws Exception {
            FormParameters query = query(begin(AuthorizationRequest.builder(client, REDIRECT_URI)
                    .resource(new ResourceIndicator("https://api.example.com/orders"))
                    .resource(new ResourceIndicator("https://api.example.com/stock"))
                    .responseMode(ResponseMode.FORM_POST)
                    .parameter("prompt", "login consent")
                    .parameter("login_hint", "ünder&over")));

            assertThat(query.names()).doesNotContain("scope", "nonce");
            assertThat(query.all("resource"))
                    .containsExactly("https://api.example.com/orders", "https://api.example.com/stock");
            assertThat(query.require("response_mode")).isEqualTo("form_post");
            assertThat(query.require("prompt")).isEqualTo("login consent");
            assertThat(query.require("login_hint")).isEqualTo("ünder&over");
        }

        @Test
        void keeps_the_query_that_the_endpoint_has() throws Exception {
            server.publish(server.metadata().toBuilder()
                    .put("authorization_endpoint", server.issuer() + "/authorize?tenant=a%20b")
                    .build());

            BegunAuthorization begun = begin(valid());
            assertThat(begun.uri().toString())
                    .startsWith(server.issuer() + "/authorize?tenant=a%20b&response_type=code&");
        }

        @Test
        void asks_the_server_for_its_metadata_only() throws Exception {
            begin(valid());
            begin(valid());

            assertThat(server.paths()).containsExactly("/.well-known/oauth-authorization-server");
            assertThat(server.asked()).isEmpty();
        }
    }

    @Nested
    class What_is_new_each_time {

        @Test
        @Requirement({"9700-2.1.1-01", "7636-4.1-01", "6749-4.1.1-01", "9700-2.1-02", "D-27", "D-46"})
        void is_the_verifier_and_the_state_and_the_nonce() throws Exception {
            AuthorizationRequest request = valid().scope(Scope.of("openid")).build();
            Set<String> secrets = new HashSet<>();
            for (int count = 0; count < 100; count++) {
                BegunAuthorization begun = request.begin().require();
                FormParameters query = query(begun);
                for (String name : List.of("state", "nonce", "code_challenge")) {
                    secrets.add(query.require(name));
                    assertThat(query.require(name)).hasSize(43).matches("[A-Za-z0-9_-]+");
                }
                assertThat(begun.pending().nonce()).contains(query.require("nonce"));
            }
            assertThat(secrets).hasSize(300);
        }
    }

    @Nested
    @Requirement({"9700-2.1-02", "D-27"})
    class Rfc_9700_2_1_1_pkce {

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"code_challenge_methods_supported\":[\"plain\"]}"})
        void is_not_done_without_at_a_server_that_does_not_say_it_has_it(String methods) throws Exception {
            assertThat(begin(valid())).isNotNull();
            JsonObject.Builder metadata = server.metadata().toBuilder().remove("code_challenge_methods_supported");
            JsonObject.parse(methods)
                    .findStrings("code_challenge_methods_supported")
                    .ifPresent(names -> metadata.put("code_challenge_methods_supported", names));
            server.publish(metadata.build());

            assertUnusable(AuthorizationRequest.builder(anotherClient(), REDIRECT_URI), Problem.CODE_CHALLENGE_METHOD);
            assertThat(query(begin(AuthorizationRequest.builder(anotherClient(), REDIRECT_URI)
                                    .allowUnadvertisedPkce()))
                            .require("code_challenge_method"))
                    .isEqualTo("S256");
        }

        /** One that has not read the metadata yet. */
        private OAuthClient anotherClient() {
            return OAuthClient.builder(server.issuer(), ClientAuthentication.none(new ClientId("shop")))
                    .outbound(server.outbound())
                    .build();
        }
    }

    @Nested
    class What_cant_be_asked_for {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "client_id",
                    "redirect_uri",
                    "response_type",
                    "response_mode",
                    "scope",
                    "resource",
                    "state",
                    "nonce",
                    "code_challenge",
                    "code_challenge_method",
                    "request",
                    "request_uri",
                    "client_secret",
                    "client_assertion",
                    ""
                })
        void is_what_the_library_says_itself(String name) {
            assertThat(valid().parameter("prompt", "login").build()).isNotNull();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> valid().parameter(name, "s3cret").build())
                    .withMessageContaining(name.isEmpty() ? "without a name" : name)
                    .withMessageNotContaining("s3cret");
        }

        @Test
        void is_told_all_at_once() {
            OAuthClient nobody = OAuthClient.builder(server.issuer(), ClientAuthentication.anonymous())
                    .outbound(server.outbound())
                    .build();
            ResourceIndicator orders = new ResourceIndicator("https://api.example.com/orders");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AuthorizationRequest.builder(nobody, REDIRECT_URI)
                            .parameter("state", "x")
                            .parameter("prompt", "a")
                            .parameter("prompt", "b")
                            .resource(orders)
                            .resource(orders)
                            .build())
                    .withMessage(
                            "authorization request: parameter state is not one to be added; parameter prompt is given"
                                    + " twice; the client has no client_id; a resource is given twice");
        }

        @Test
        void is_anything_at_a_server_without_such_an_endpoint() {
            server.publish(server.metadata().toBuilder()
                    .remove("authorization_endpoint")
                    .build());
            assertUnusable(valid(), Problem.NO_ENDPOINT);
        }

        @Test
        void is_anything_at_a_server_that_is_another() {
            server.publish(server.metadata().toBuilder()
                    .put("issuer", "https://other.example")
                    .build());
            assertUnusable(valid(), Problem.METADATA);
        }
    }

    @Test
    void hides_what_is_secret() throws Exception {
        BegunAuthorization begun = begin(valid().scope(Scope.of("openid")));
        JsonObject text = JsonObject.parse(begun.pending().toText());

        assertThat(begun.toString() + begun.pending() + valid().build())
                .contains(server.issuer().value())
                .doesNotContain(
                        begun.pending().state(),
                        begun.pending().nonce().orElseThrow(),
                        text.requireString("code_verifier"),
                        begun.pending().challenge().value());
        assertThat(begun.uri()).isNotEqualTo(URI.create(text.requireString("redirect_uri")));
        assertThat(begun.uri().toString()).doesNotContain(text.requireString("code_verifier"));
    }
}
