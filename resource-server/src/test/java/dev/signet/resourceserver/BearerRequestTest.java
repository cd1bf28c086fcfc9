package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.assertInvalidToken;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.token;
import static dev.signet.resourceserver.Fixture.validator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.testkit.Requirement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerRequestTest {

    private static final String REALM = "Bearer realm=\"https://api.example.com/orders\","
            + " resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource/orders\"";

    private final AccessTokenValidator validator = validator().build();

    private static ProtocolRequest.Builder request() {
        return ProtocolRequest.builder("GET", "/orders");
    }

    private static void assertInvalidRequest(AccessTokenOutcome outcome, RefusalReason reason) {
        assertThat(outcome).isInstanceOf(Refused.class);
        Refused refused = (Refused) outcome;
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wwwAuthenticate()).startsWith(REALM).contains("error=\"invalid_request\"");
        assertThat(refused.reason()).isEqualTo(reason);
    }

    private static void assertNoToken(AccessTokenOutcome outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        Refused refused = (Refused) outcome;
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.wwwAuthenticate()).isEqualTo(REALM);
        assertThat(refused.reason()).isEqualTo(RefusalReason.TOKEN_MISSING);
    }

    @Nested
    @DisplayName("RFC 6750 §2.1: Authorization header")
    class Header {

        @ParameterizedTest
        @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "bEaReR   "})
        @Requirement("6750-2.1-01")
        void accepts_the_scheme_in_any_letter_case(String scheme) {
            accepted(validator.validate(List.of(scheme + token())));
            accepted(validator.validate(
                    request().header("authorization", scheme + token()).build()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "Bearer",
                    "Bearer ",
                    "Bearer    ",
                    "Bearer a b",
                    "Bearer ,",
                    "Bearer =",
                    "Bearer a=b",
                    "Bearer \"a\"",
                    "Bearer a\tb",
                    "Bearer \u00e4",
                    "Bearer \u4e2d",
                    "Bearer a, Bearer b"
                })
        @Requirement("6750-2.1-01")
        void answers_400_to_a_header_that_holds_no_token(String header) {
            assertInvalidRequest(validator.validate(List.of(header)), RefusalReason.TOKEN_MALFORMED);
        }

        @Test
        @Requirement("6750-2.1-01")
        void answers_400_to_a_good_token_with_something_behind_it() {
            assertInvalidRequest(
                    validator.validate(List.of("Bearer " + token() + " x")), RefusalReason.TOKEN_MALFORMED);
            assertInvalidRequest(validator.validate(List.of("Bearer " + token() + " ")), RefusalReason.TOKEN_MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer x", "Bearer ~+/-._9==", "Bearer a.b.c", "Bearer eyJh.eyJh."})
        @Requirement("6750-2.1-01")
        void answers_401_to_a_token_that_is_none_of_ours(String header) {
            AccessTokenOutcome outcome = validator.validate(List.of(header));

            assertThat(((Refused) outcome).status()).isEqualTo(401);
            assertThat(((Refused) outcome).wwwAuthenticate()).contains("error=\"invalid_token\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Basic YTpi", "Bearerx abc", "DPoP abc", "Bear"})
        @Requirement("6750-3-02")
        void takes_another_scheme_for_no_token(String header) {
            assertNoToken(validator.validate(List.of(header)));
        }
    }

    @Nested
    @DisplayName("RFC 6750 §2: one token, one way")
    class OneWay {

        @Test
        @Requirement("6750-2-01")
        void answers_400_to_two_headers() {
            String header = "Bearer " + token();

            assertInvalidRequest(validator.validate(List.of(header, header)), RefusalReason.TOKEN_SEVERAL);
            assertInvalidRequest(validator.validate(List.of("Basic YTpi", header)), RefusalReason.TOKEN_SEVERAL);
        }

        @Test
        @Requirement("6750-2-01")
        void answers_400_to_a_header_and_a_form() {
            ProtocolRequest both = ProtocolRequest.builder("POST", "/orders")
                    .header("authorization", "Bearer " + token())
                    .form("a=1&access_token=" + token())
                    .build();
            ProtocolRequest one = ProtocolRequest.builder("POST", "/orders")
                    .header("authorization", "Bearer " + token())
                    .form("a=1")
                    .build();

            assertInvalidRequest(validator.validate(both), RefusalReason.TOKEN_SEVERAL);
            accepted(validator.validate(one));
        }

        @Test
        @Requirement({"6750-2.2-01", "D-32"})
        void does_not_take_a_token_from_a_form() {
            assertNoToken(validator.validate(ProtocolRequest.builder("POST", "/orders")
                    .form("access_token=" + token())
                    .build()));
        }

        @Test
        @Requirement({"6750-2.3-01", "D-32"})
        void does_not_take_a_token_from_the_query() {
            assertNoToken(validator.validate(
                    request().query("access_token=" + token()).build()));
        }

        @Test
        @Requirement("6750-2.3-01")
        void answers_400_to_a_header_and_a_query() {
            ProtocolRequest.Builder good = request().header("authorization", "Bearer " + token());

            assertInvalidRequest(
                    validator.validate(good.query("access%5Ftoken=x").build()), RefusalReason.TOKEN_SEVERAL);
            accepted(validator.validate(good.query("page=2&q=access_token").build()));
        }

        @Test
        void does_not_mind_a_query_or_body_that_is_no_form() {
            accepted(validator.validate(request()
                    .header("authorization", "Bearer " + token())
                    .query("%zz")
                    .build()));
            accepted(validator.validate(ProtocolRequest.builder("POST", "/orders")
                    .header("authorization", "Bearer " + token())
                    .body("multipart/form-data".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                    .header("content-type", "text/plain")
                    .build()));
        }
    }

    @Nested
    @DisplayName("RFC 6750 §3: challenges")
    class Challenges {

        @Test
        @Requirement({"6750-3-01", "6750-3-02"})
        void asks_for_a_token_without_an_error_code_where_there_was_none() {
            assertNoToken(validator.validate(List.of()));
            assertNoToken(validator.validate(request().build()));
        }

        @Test
        @Requirement({"6750-3-01", "9068-4-15"})
        void answers_a_bad_token_with_a_challenge_and_nothing_else() {
            ProtocolResponse response =
                    validator.validate(List.of("Bearer x.y.z")).response();

            assertThat(response.status()).isEqualTo(401);
            assertThat(response.header("WWW-Authenticate"))
                    .hasValueSatisfying(value -> assertThat(value).startsWith(REALM + ", error=\"invalid_token\""));
            assertThat(response.header("Cache-Control")).contains("no-store");
            assertThat(response.body()).isEmpty();
        }

        @Test
        @Requirement({"6750-3.1-01", "9068-4-17"})
        void answers_403_with_the_needed_scope_where_the_token_lacks_some_of_it() {
            AccessTokenOutcome outcome =
                    validator.validate(List.of("Bearer " + token(claims().put("scope", "orders.read"))));

            assertThatIllegalArgumentException().isThrownBy(outcome::requireScope);
            accepted(outcome.requireScope("orders.read"));
            Refused refused = (Refused) outcome.requireScope("orders.read", "orders.write");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.reason()).isEqualTo(RefusalReason.TOKEN_SCOPE_INSUFFICIENT);
            assertThat(refused.wwwAuthenticate())
                    .startsWith(REALM)
                    .contains("error=\"insufficient_scope\"")
                    .endsWith("scope=\"orders.read orders.write\"");
        }

        @Test
        @Requirement("9068-4-17")
        void compares_scopes_with_letter_case_and_as_a_whole() {
            AccessTokenOutcome outcome = validator.validateToken(token(claims().put("scope", "orders.readonly")));

            assertThat(outcome.requireScope("orders.read")).isInstanceOf(Refused.class);
            assertThat(outcome.requireScope("Orders.readonly")).isInstanceOf(Refused.class);
        }

        @Test
        void leaves_a_refusal_as_it_is_when_scope_is_asked_for() {
            AccessTokenOutcome refused = validator.validate(List.of());

            assertThat(refused.requireScope("orders.read")).isSameAs(refused);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\" error=\"none", "\r\nSet-Cookie: a=b", "\\\"", "\u0000"})
        @Requirement("6750-3-03")
        void lets_nothing_of_the_token_into_the_challenge(String hostile) {
            AccessTokenOutcome outcome = validator.validateToken(
                    token(claims().put("sub", hostile).put("scope", "a").put("aud", hostile)));

            assertInvalidToken(outcome, RefusalReason.JWT_AUDIENCE);
            assertThat(((Refused) outcome).wwwAuthenticate())
                    .isEqualTo(((Refused) validator.validateToken("x")).wwwAuthenticate());
            Refused scope = (Refused)
                    validator.validateToken(token(claims().put("sub", hostile))).requireScope("admin");
            assertThat(scope.wwwAuthenticate()).endsWith("scope=\"admin\"").doesNotContain(hostile);
        }

        @Test
        @Requirement("6750-3-03")
        void names_each_attribute_once() {
            String challenge = ((Refused) validator.validateToken(token()).requireScope("a")).wwwAuthenticate();

            for (String attribute : List.of("realm=", "resource_metadata=", "error=", "error_description=", "scope=")) {
                assertThat(challenge.split(" " + attribute, -1)).as(attribute).hasSize(2);
            }
        }

        @Test
        void has_no_response_for_a_valid_token() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> validator.validateToken(token()).response());
        }
    }
}
