package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.registry.ApplicationType;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.token.GrantType;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of authorization requests, in the order they are applied. */
class AuthorizationRequestTest {

    private final AuthorizationFixture fixture = AuthorizationFixture.standard();

    private AuthorizationTestCall valid() {
        return fixture.validRequest();
    }

    @Nested
    @DisplayName("RFC 6749 §4.1.2.1: the client")
    class Client {

        @Test
        @Requirement({"6749-3.1.2-04", "9700-2.1-01"})
        void is_one_that_is_registered_and_enabled() {
            valid().without("client_id").get().isShown().because(RefusalReason.PARAMETER_MISSING);
            valid().with("client_id", "nobody").get().isShown().because(RefusalReason.CLIENT_UNKNOWN);
            valid().with("client_id", "a\nb").get().isShown().because(RefusalReason.CLIENT_UNKNOWN);
            valid().get().isCode();
            fixture.server.disable(AuthorizationFixture.SHOP);
            valid().get().isShown().because(RefusalReason.CLIENT_DISABLED);
        }

        @Test
        @Requirement("6749-4.1.2.1-01")
        void is_registered_for_the_grant() {
            fixture.server.and(AuthorizationFixture.client("other", settings -> settings)
                    .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS)));
            valid().with("client_id", "other")
                    .get()
                    .isSent("unauthorized_client")
                    .because(RefusalReason.GRANT_TYPE_NOT_ALLOWED);
        }

        @Test
        @Requirement("6749-3.1.2-02")
        void has_somewhere_to_be_answered_at() {
            valid().with("client_id", Fixture.REPORTER)
                    .get()
                    .isShown()
                    .because(RefusalReason.REDIRECT_URI_UNREGISTERED);
        }
    }

    @Nested
    @DisplayName("RFC 6749 §3.1.2: the redirect URI")
    class Redirection {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://shop.example.com/Callback",
                    "https://shop.example.com/callback/",
                    "https://shop.example.com/callback?a=b",
                    "https://shop.example.com/callback/../evil",
                    "https://shop.example.com/%63allback",
                    "https://shop.example.com:443/callback",
                    "https://SHOP.example.com/callback",
                    "https://user@shop.example.com/callback",
                    "https://shop.example.com.evil.example/callback",
                    "https://shop.example.com/callback#fragment",
                    "http://shop.example.com/callback",
                    "https://evil.example/callback",
                    "javascript:alert(1)",
                    "/callback",
                    "%",
                    " https://shop.example.com/callback"
                })
        @Requirement({"6749-3.1.2-03", "6749-3.1.2-04", "9700-2.1-01", "D-28"})
        void is_one_of_the_clients_character_by_character(String other) {
            valid().with("redirect_uri", other).get().isShown().because(RefusalReason.REDIRECT_URI_UNREGISTERED);
            valid().get().isCode();
        }

        @Test
        @Requirement({"6749-3.1.2-04", "D-28"})
        void is_there_even_if_there_is_one_only() {
            valid().without("redirect_uri").get().isShown().because(RefusalReason.PARAMETER_MISSING);
            valid().with("redirect_uri", "").get().isShown().because(RefusalReason.PARAMETER_MISSING);
        }

        @Test
        @Requirement("D-28")
        void may_be_left_out_by_a_client_that_is_registered_so() {
            fixture.and("old", settings -> settings.redirectUriMayBeOmitted(true));
            AuthorizationTestAnswer answer =
                    valid().with("client_id", "old").without("redirect_uri").get();

            answer.isCode();
            assertThat(answer.location()).startsWith(AuthorizationFixture.CALLBACK + "?");
            assertThat(fixture.granted().redirectUri()).isEmpty();
            assertThat(fixture.server.events.leniencies()).containsExactly("redirectUriMayBeOmitted");
            valid().with("client_id", "old")
                    .without("redirect_uri")
                    .with("scope", "openid")
                    .get()
                    .isShown()
                    .because(RefusalReason.PARAMETER_MISSING);
        }

        @Test
        @Requirement("D-28")
        void is_left_out_with_notice_whatever_is_answered() {
            fixture.and("old", settings -> settings.redirectUriMayBeOmitted(true));
            AuthorizationTestCall call = valid().with("client_id", "old").without("redirect_uri");
            fixture.saying(AuthorizationFixture.ASKING);
            call.get().isAsked();
            assertThat(fixture.server.events.leniencies()).isEmpty();
            fixture.saying(AuthorizationFixture.DENYING);
            call.get().isSent("access_denied");
            call.with("scope", "nothing").get().isSent("invalid_scope");
            assertThat(fixture.server.events.leniencies())
                    .containsExactly("redirectUriMayBeOmitted", "redirectUriMayBeOmitted");
        }

        @Test
        @Requirement("D-28")
        void is_no_leniency_for_who_sends_it_all_the_same() {
            fixture.and("old", settings -> settings.redirectUriMayBeOmitted(true));
            valid().with("client_id", "old").get().isCode();
            assertThat(fixture.server.events.leniencies()).isEmpty();
            valid().with("client_id", "old")
                    .with("redirect_uri", "https://evil.example/callback")
                    .get()
                    .isShown();
        }

        @ParameterizedTest
        @ValueSource(strings = {"http://127.0.0.1:%s/cb", "http://[::1]:%s/cb", "http://localhost:%s/cb?a=b"})
        @Requirement({"6749-3.1.2-03", "D-28"})
        void has_any_port_if_it_is_a_native_clients_own_machine(String uri) {
            fixture.and(
                    "app",
                    settings -> settings.applicationType(ApplicationType.NATIVE)
                            .redirectUris(List.of(new RedirectUri(uri.replace(":%s", "")))));
            AuthorizationTestAnswer answer = valid().with("client_id", "app")
                    .with("redirect_uri", uri.formatted("51004"))
                    .get();
            answer.isCode();
            assertThat(answer.location()).startsWith(uri.formatted("51004"));
            valid().with("client_id", "app")
                    .with("redirect_uri", uri.formatted("51004") + "x")
                    .get()
                    .isShown();
        }

        @Test
        @Requirement({"6749-3.1.2-03", "D-28"})
        void has_the_registered_port_if_it_is_anywhere_else() {
            fixture.and("app", settings -> settings.applicationType(ApplicationType.NATIVE));
            valid().with("client_id", "app").get().isCode();
            valid().with("client_id", "app")
                    .with("redirect_uri", "https://shop.example.com:8443/callback")
                    .get()
                    .isShown();
        }

        @Test
        void may_have_the_scheme_of_an_app() {
            fixture.and(
                    "app",
                    settings -> settings.applicationType(ApplicationType.NATIVE)
                            .redirectUris(List.of(new RedirectUri("com.example.app:/cb"))));
            AuthorizationTestAnswer answer = valid().with("client_id", "app")
                    .with("redirect_uri", "com.example.app:/cb")
                    .get();
            answer.isCode();
            assertThat(answer.location()).startsWith("com.example.app:/cb?code=");
        }
    }

    @Nested
    @DisplayName("RFC 6749 §3.1: parameters")
    class Parameters {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "response_type",
                    "scope",
                    "code_challenge",
                    "code_challenge_method",
                    "response_mode",
                    "nonce",
                    "code",
                    "code_verifier"
                })
        @Requirement({"6749-3.1-05", "D-48"})
        void come_once(String name) {
            valid().and(name, "x")
                    .and(name, "x")
                    .get()
                    .isSent("invalid_request")
                    .because(RefusalReason.PARAMETER_REPEATED);
        }

        @Test
        @Requirement({"6749-3.1-05", "D-48"})
        void are_not_sent_back_if_they_come_twice() {
            AuthorizationTestAnswer answer = valid().and("state", "abc").get();
            assertThat(answer.sent().single("error")).contains("invalid_request");
            assertThat(answer.sent().single("state")).isEmpty();
            answer.because(RefusalReason.PARAMETER_REPEATED);
        }

        @Test
        @Requirement({"6749-3.1-05", "6749-3.1.2-04", "D-48"})
        void that_say_where_the_answer_goes_are_not_believed_if_they_come_twice() {
            valid().and("client_id", AuthorizationFixture.SHOP)
                    .get()
                    .isShown()
                    .because(RefusalReason.PARAMETER_REPEATED);
            valid().and("redirect_uri", AuthorizationFixture.CALLBACK)
                    .get()
                    .isShown()
                    .because(RefusalReason.PARAMETER_REPEATED);
        }

        @Test
        @Requirement({"6749-3.1.1-01", "6749-4.1.2.1-01", "6749-4.1.2.1-02"})
        void name_a_response_type() {
            valid().without("response_type").get().isSent("invalid_request").because(RefusalReason.PARAMETER_MISSING);
        }

        @ParameterizedTest
        @ValueSource(strings = {"token", "id_token", "code id_token", "code token", "none", "CODE", "foo"})
        @Requirement({"6749-3.1.1-01", "6749-4.1.2.1-01", "D-30"})
        void name_no_other_response_type_than_code(String type) {
            valid().with("response_type", type)
                    .get()
                    .isSent("unsupported_response_type")
                    .because(RefusalReason.RESPONSE_TYPE_UNSUPPORTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"fragment", "web_message", "query.jwt", "jwt", "QUERY"})
        @Requirement("9700-4.17-01")
        void name_no_response_mode_that_does_not_exist_here(String mode) {
            valid().with("response_mode", mode)
                    .get()
                    .isSent("invalid_request")
                    .because(RefusalReason.RESPONSE_MODE_UNSUPPORTED);
            valid().with("response_mode", "query").get().isCode();
        }

        @Test
        @Requirement("D-46")
        void may_hold_a_state_of_4096_octets() {
            String longest = "ü".repeat(2048);
            assertThat(valid().with("state", longest).get().isCode().single("state"))
                    .contains(longest);

            AuthorizationTestAnswer refused =
                    valid().with("state", longest + "x").get();
            assertThat(refused.sent().single("error")).contains("invalid_request");
            assertThat(refused.sent().single("state")).isEmpty();
            assertThat(refused.location()).hasSizeLessThan(500);
            refused.because(RefusalReason.PARAMETER_TOO_LONG);
        }

        @Test
        @Requirement("D-46")
        void may_hold_a_nonce_of_512_octets_and_need_neither() {
            valid().with("nonce", "n".repeat(512)).get().isCode();
            valid().with("nonce", "n".repeat(513))
                    .get()
                    .isSent("invalid_request")
                    .because(RefusalReason.PARAMETER_TOO_LONG);
            assertThat(valid().without("state").get().isCode().single("state")).isEmpty();
        }
    }

    @Nested
    @DisplayName("RFC 7636 §4.3, §4.4.1: the code challenge")
    class CodeChallenge {

        @Test
        @Requirement({"7636-4.4.1-01", "D-27"})
        void is_required() {
            valid().without("code_challenge").get().isSent("invalid_request").because(RefusalReason.PARAMETER_MISSING);
            valid().without("code_challenge")
                    .without("code_challenge_method")
                    .with("nonce", "n")
                    .get()
                    .isSent("invalid_request")
                    .because(RefusalReason.PARAMETER_MISSING);
        }

        @Test
        @Requirement({"7636-4.3-01", "7636-4.4.1-01", "D-27"})
        void is_made_by_s256() {
            valid().without("code_challenge_method")
                    .get()
                    .isSent("invalid_request")
                    .because(RefusalReason.CODE_CHALLENGE_METHOD);
            for (String other : List.of("plain", "s256", "S512")) {
                valid().with("code_challenge_method", other)
                        .get()
                        .isSent("invalid_request")
                        .because(RefusalReason.CODE_CHALLENGE_METHOD);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "short",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw/cM"
                })
        void is_a_hash_in_base64url(String challenge) {
            valid().with("code_challenge", challenge)
                    .get()
                    .isSent("invalid_request")
                    .because(RefusalReason.PARAMETER_MALFORMED);
        }

        @Test
        @Requirement("D-27")
        void may_be_left_out_with_a_nonce_by_a_client_that_is_registered_so() {
            AuthorizationFixture open = AuthorizationFixture.with(builder -> builder.resources(List.of(
                    Fixture.orders().scope(Scope.of("orders.read", "openid")).build(),
                    Fixture.stock().build())));
            open.server.and(AuthorizationFixture.client("old", settings -> settings.pkceOptional(true))
                    .scope(Scope.of("orders.read", "openid")));

            without(open).get().isCode();
            assertThat(open.granted().codeChallenge()).isEmpty();
            assertThat(open.server.events.leniencies()).containsExactly("pkceOptional");

            without(open).without("nonce").get().isSent("invalid_request");
            without(open).with("scope", "orders.read").get().isSent("invalid_request");
            without(open).with("code_challenge_method", "S256").get().isSent("invalid_request");
            without(open)
                    .with(
                            "code_challenge",
                            AuthorizationFixture.VERIFIER.challenge().value())
                    .with("code_challenge_method", "plain")
                    .get()
                    .isSent("invalid_request");
        }

        private AuthorizationTestCall without(AuthorizationFixture open) {
            return open.validRequest()
                    .with("client_id", "old")
                    .with("scope", "openid orders.read")
                    .with("nonce", "n")
                    .without("code_challenge")
                    .without("code_challenge_method");
        }
    }

    @Nested
    @DisplayName("RFC 8707 §2, §2.1 and RFC 6749 §3.3: resources and scopes")
    class Target {

        @Test
        @Requirement({"8707-2-03", "8707-2.1-01", "D-10"})
        void is_several_resources_and_scopes_of_any_of_them() {
            valid().with("scope", "orders.read stock.read")
                    .and("resource", Fixture.ORDERS)
                    .and("resource", Fixture.STOCK)
                    .get()
                    .isCode();
            assertThat(fixture.granted().scope()).isEqualTo(Scope.of("orders.read", "stock.read"));
            assertThat(fixture.granted().resources())
                    .containsExactly(new ResourceIndicator(Fixture.ORDERS), new ResourceIndicator(Fixture.STOCK));
        }

        @Test
        @Requirement("8707-2.1-01")
        void is_all_that_the_client_may_have_there_if_no_scope_is_named() {
            valid().without("scope")
                    .and("resource", Fixture.ORDERS)
                    .and("resource", Fixture.STOCK)
                    .and("resource", Fixture.STOCK)
                    .get()
                    .isCode();
            assertThat(fixture.granted().scope()).isEqualTo(Scope.of("orders.read", "orders.write", "stock.read"));
            assertThat(fixture.granted().resources()).hasSize(2);
        }

        @Test
        void is_found_by_the_scopes_if_no_resource_is_named() {
            valid().with("scope", "stock.read").get().isCode();
            assertThat(fixture.granted().resources()).containsExactly(new ResourceIndicator(Fixture.STOCK));
            valid().with("scope", "orders.read stock.read")
                    .get()
                    .isSent("invalid_scope")
                    .because(RefusalReason.SCOPE_AMBIGUOUS);
        }

        @Test
        @Requirement({"8707-2-02", "D-10"})
        void is_no_resource_that_is_unknown() {
            valid().with("resource", "https://api.example.com/other")
                    .get()
                    .isSent("invalid_target")
                    .because(RefusalReason.TARGET_UNKNOWN);
            valid().with("resource", Fixture.ORDERS)
                    .and("resource", "https://api.example.com/other")
                    .get()
                    .isSent("invalid_target")
                    .because(RefusalReason.TARGET_UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/orders", "https://api.example.com/orders#x", "orders"})
        @Requirement({"8707-2-01", "8707-2-02"})
        void is_no_resource_that_is_malformed(String resource) {
            valid().with("resource", resource).get().isSent("invalid_target").because(RefusalReason.TARGET_MALFORMED);
        }

        @Test
        @Requirement("8707-2-02")
        void is_no_resource_that_the_client_may_not_ask_for() {
            fixture.server.and(AuthorizationFixture.client("narrow", settings -> settings)
                    .resources(Set.of(new ResourceIndicator(Fixture.ORDERS))));
            valid().with("client_id", "narrow")
                    .with("resource", Fixture.ORDERS)
                    .get()
                    .isCode();
            valid().with("client_id", "narrow")
                    .with("scope", "orders.read stock.read")
                    .with("resource", Fixture.ORDERS)
                    .and("resource", Fixture.STOCK)
                    .get()
                    .isSent("invalid_target")
                    .because(RefusalReason.TARGET_UNKNOWN);
        }

        @Test
        void is_no_resource_that_is_not_enabled() {
            AuthorizationFixture closed = AuthorizationFixture.with(builder -> builder.resources(List.of(
                    Fixture.orders().build(), Fixture.stock().enabled(false).build())));
            closed.validRequest()
                    .with("scope", "orders.read stock.read")
                    .with("resource", Fixture.ORDERS)
                    .and("resource", Fixture.STOCK)
                    .get()
                    .isSent("invalid_target")
                    .because(RefusalReason.TARGET_DISABLED);
        }

        @Test
        @Requirement("6749-4.1.2.1-01")
        void is_no_scope_that_the_client_may_not_have() {
            valid().with("scope", "orders.read nothing")
                    .get()
                    .isSent("invalid_scope")
                    .because(RefusalReason.SCOPE_REFUSED);
            valid().with("scope", "orders.admin").get().isSent("invalid_scope").because(RefusalReason.SCOPE_REFUSED);
            valid().with("scope", "orders.read  orders.write")
                    .get()
                    .isSent("invalid_scope")
                    .because(RefusalReason.PARAMETER_MALFORMED);
        }

        @Test
        @Requirement("8707-2.1-01")
        void is_no_scope_of_a_resource_that_is_not_named() {
            valid().with("scope", "orders.read stock.read")
                    .with("resource", Fixture.ORDERS)
                    .get()
                    .isSent("invalid_scope")
                    .because(RefusalReason.SCOPE_REFUSED);
            valid().with("scope", "orders.read stock.read orders.admin")
                    .with("resource", Fixture.ORDERS)
                    .and("resource", Fixture.STOCK)
                    .get()
                    .isSent("invalid_scope")
                    .because(RefusalReason.SCOPE_REFUSED);
        }
    }

    @Nested
    @DisplayName("RFC 9700 §4.11.2: open redirectors")
    class Errors {

        @Test
        @Requirement("9700-4.11-01")
        void are_sent_to_the_client_once_it_is_known_who_the_user_is() {
            fixture.saying(AuthorizationFixture.ASKING);
            valid().with("scope", "nothing").get().isAsked();
            assertThat(fixture.questions)
                    .last()
                    .satisfies(question -> assertThat(question.proposal()).isEmpty());

            fixture.saying(AuthorizationFixture.APPROVING);
            valid().with("scope", "nothing").get().isSent("invalid_scope");
            fixture.saying(AuthorizationFixture.DENYING);
            valid().with("scope", "nothing").get().isSent("invalid_scope");
        }

        @Test
        @Requirement("9700-4.11-01")
        void are_sent_at_once_where_the_client_is_registered_so() {
            fixture.and("trusted", settings -> settings.allowErrorsWithoutLogin(true));
            fixture.saying(AuthorizationFixture.ASKING);

            valid().with("client_id", "trusted").with("scope", "nothing").get().isSent("invalid_scope");
            assertThat(fixture.questions).isEmpty();
            assertThat(fixture.server.events.leniencies()).containsExactly("allowErrorsWithoutLogin");

            valid().with("client_id", "trusted").get().isAsked();
            assertThat(fixture.server.events.leniencies()).hasSize(1);
        }

        @Test
        @Requirement("9700-2.1-01")
        void never_go_where_the_request_says_alone() {
            for (String elsewhere : List.of("return_to", "next", "url", "target_link_uri")) {
                AuthorizationTestAnswer answer = valid().with(elsewhere, "https://evil.example/")
                        .with("scope", "nothing")
                        .get();
                assertThat(answer.isSent("invalid_scope").location())
                        .startsWith(AuthorizationFixture.CALLBACK + "?")
                        .doesNotContain("evil");
            }
        }
    }
}
