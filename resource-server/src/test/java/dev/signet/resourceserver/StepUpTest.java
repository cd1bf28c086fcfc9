package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.NOW;
import static dev.signet.resourceserver.Fixture.OTHER_KEY;
import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.assertInvalidToken;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.token;
import static dev.signet.resourceserver.Fixture.validator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.testkit.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepUpTest {

    private static final StepUp STRONG = StepUp.toAnyAcr("phr", "mfa");
    private static final StepUp RECENT = StepUp.toRecent(Duration.ofSeconds(300));
    private static final long NOW_SECONDS = NOW.getEpochSecond();

    private final AccessTokenValidator validator = validator().build();

    private static JsonObject.Builder authenticated(String acr, long secondsAgo) {
        return claims().put("acr", acr).put("auth_time", NOW_SECONDS - secondsAgo);
    }

    private AccessTokenOutcome outcome(JsonObject.Builder claims) {
        return validator.validateToken(token(claims));
    }

    private static Refused assertStepUp(AccessTokenOutcome outcome, RefusalReason reason, String parameters) {
        assertThat(outcome).isInstanceOf(Refused.class);
        Refused refused = (Refused) outcome;
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.wwwAuthenticate())
                .startsWith("Bearer ")
                .contains(", error=\"insufficient_user_authentication\", ")
                .endsWith("\", " + parameters);
        return refused;
    }

    @Nested
    @DisplayName("RFC 9470 §3: the challenge")
    class Challenge {

        @Test
        @Requirement({"9470-3-01", "9470-3-02"})
        void names_the_classes_of_authentication_that_are_needed() {
            accepted(outcome(authenticated("mfa", 0)).requireAuthentication(STRONG));
            accepted(outcome(authenticated("phr", 0)).requireAuthentication(STRONG));
            Refused refused = assertStepUp(
                    outcome(authenticated("pwd", 0)).requireAuthentication(STRONG),
                    RefusalReason.TOKEN_ACR_INSUFFICIENT,
                    "acr_values=\"phr mfa\"");
            assertThat(refused.response().status()).isEqualTo(401);
            assertThat(refused.response().header("WWW-Authenticate")).contains(refused.wwwAuthenticate());
        }

        @Test
        @Requirement({"9470-3-01", "9470-3-02"})
        void names_the_age_that_is_allowed() {
            accepted(outcome(authenticated("pwd", 60)).requireAuthentication(RECENT));
            assertStepUp(
                    outcome(authenticated("pwd", 3_600)).requireAuthentication(RECENT),
                    RefusalReason.TOKEN_AUTH_TIME_INSUFFICIENT,
                    "max_age=\"300\"");
        }

        @Test
        @Requirement("9470-3-01")
        void names_both_where_both_are_needed_whichever_is_lacking() {
            StepUp both = STRONG.within(Duration.ofSeconds(300));
            String parameters = "acr_values=\"phr mfa\", max_age=\"300\"";

            accepted(outcome(authenticated("mfa", 300)).requireAuthentication(both));
            assertStepUp(
                    outcome(authenticated("pwd", 300)).requireAuthentication(both),
                    RefusalReason.TOKEN_ACR_INSUFFICIENT,
                    parameters);
            assertStepUp(
                    outcome(authenticated("mfa", 301)).requireAuthentication(both),
                    RefusalReason.TOKEN_AUTH_TIME_INSUFFICIENT,
                    parameters);
        }

        @Test
        @Requirement("6750-3-03")
        void says_nothing_of_the_token() {
            assertThat(((Refused) outcome(authenticated("\"evil", 9)).requireAuthentication(STRONG)).toString())
                    .doesNotContain("evil");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a b", "a\"b", "a\\b", "a\tb", "\u00e4"})
        void can_say_everything_that_can_be_required(String acr) {
            assertThatIllegalArgumentException().isThrownBy(() -> StepUp.toAnyAcr(acr));
        }

        @Test
        @Requirement("9470-3-01")
        void has_an_age_in_whole_seconds_from_zero_on() {
            assertThat(StepUp.toRecent(Duration.ZERO).parameters()).containsEntry("max_age", "0");
            assertThatIllegalArgumentException().isThrownBy(() -> StepUp.toRecent(Duration.ofSeconds(-1)));
            assertThatIllegalArgumentException().isThrownBy(() -> StepUp.toRecent(Duration.ofMillis(1_500)));
            assertThatIllegalArgumentException().isThrownBy(() -> new StepUp(List.of(), Optional.empty()));
        }
    }

    @Nested
    @DisplayName("RFC 9470 §6: what the token must show")
    class Evidence {

        @Test
        @Requirement("9470-6-01")
        void is_not_shown_by_a_token_without_the_claims() {
            assertStepUp(
                    outcome(claims()).requireAuthentication(STRONG),
                    RefusalReason.TOKEN_ACR_INSUFFICIENT,
                    "acr_values=\"phr mfa\"");
            assertStepUp(
                    outcome(claims()).requireAuthentication(RECENT),
                    RefusalReason.TOKEN_AUTH_TIME_INSUFFICIENT,
                    "max_age=\"300\"");
            assertThat(accepted(outcome(claims())).acr()).isEmpty();
            assertThat(accepted(outcome(claims())).authTime()).isEmpty();
        }

        static Stream<Object> wrong_forms() {
            return Stream.of(JsonNull.NULL, true, List.of("mfa"), "2026-03-01T12:00:00Z", -1L, new BigDecimal("1e30"));
        }

        @ParameterizedTest
        @MethodSource("wrong_forms")
        @Requirement("9470-6-01")
        void is_not_shown_by_claims_of_another_form(Object value) {
            assertStepUp(
                    outcome(claims().put("acr", value)).requireAuthentication(STRONG),
                    RefusalReason.TOKEN_ACR_INSUFFICIENT,
                    "acr_values=\"phr mfa\"");
            assertStepUp(
                    outcome(claims().put("auth_time", value)).requireAuthentication(RECENT),
                    RefusalReason.TOKEN_AUTH_TIME_INSUFFICIENT,
                    "max_age=\"300\"");
        }

        @ParameterizedTest
        @ValueSource(strings = {"MFA", "mfa ", "phr mfa", "m"})
        @Requirement("9470-6-01")
        void is_the_class_letter_by_letter(String acr) {
            assertStepUp(
                    outcome(authenticated(acr, 0)).requireAuthentication(STRONG),
                    RefusalReason.TOKEN_ACR_INSUFFICIENT,
                    "acr_values=\"phr mfa\"");
        }

        @Test
        @Requirement("9470-6-01")
        void is_recent_up_to_the_age_and_not_a_moment_longer() {
            accepted(outcome(authenticated("pwd", 299)).requireAuthentication(RECENT));
            accepted(outcome(authenticated("pwd", 300)).requireAuthentication(RECENT));
            assertStepUp(
                    outcome(claims().put(
                                            "auth_time",
                                            new BigDecimal(NOW_SECONDS - 300).subtract(new BigDecimal("0.001"))))
                            .requireAuthentication(RECENT),
                    RefusalReason.TOKEN_AUTH_TIME_INSUFFICIENT,
                    "max_age=\"300\"");
            accepted(outcome(authenticated("pwd", 0)).requireAuthentication(StepUp.toRecent(Duration.ZERO)));
            assertStepUp(
                    outcome(authenticated("pwd", 1)).requireAuthentication(StepUp.toRecent(Duration.ZERO)),
                    RefusalReason.TOKEN_AUTH_TIME_INSUFFICIENT,
                    "max_age=\"0\"");
        }

        @Test
        @Requirement("9470-6-01")
        void is_not_shown_by_a_time_that_lies_ahead_leeway_aside() {
            accepted(outcome(authenticated("pwd", -30)).requireAuthentication(RECENT));
            assertStepUp(
                    outcome(authenticated("pwd", -31)).requireAuthentication(RECENT),
                    RefusalReason.TOKEN_AUTH_TIME_INSUFFICIENT,
                    "max_age=\"300\"");
        }

        @Test
        @Requirement("9470-6-01")
        void grows_old_in_a_remembered_token() {
            TestClock clock = new TestClock();
            AccessTokenValidator remembering = validator().clock(clock).build();
            String token = token(authenticated("pwd", 0));
            accepted(remembering.validateToken(token).requireAuthentication(RECENT));

            clock.advance(Duration.ofSeconds(300));
            accepted(remembering.validateToken(token).requireAuthentication(RECENT));
            clock.advance(Duration.ofMillis(1));
            assertStepUp(
                    remembering.validateToken(token).requireAuthentication(RECENT),
                    RefusalReason.TOKEN_AUTH_TIME_INSUFFICIENT,
                    "max_age=\"300\"");
            accepted(remembering.validateToken(token));
        }
    }

    @Nested
    @DisplayName("RFC 9470 §9: nothing is told before the token was validated")
    class Order {

        @Test
        @Requirement({"9470-9-01", "D-51"})
        void a_bad_token_is_answered_as_a_bad_token() {
            JsonObject.Builder weak = authenticated("pwd", 3_600);

            assertInvalidToken(
                    validator.validateToken(token(OTHER_KEY, "at+jwt", weak)).requireAuthentication(STRONG),
                    RefusalReason.JWT_KEY_UNKNOWN);
            assertInvalidToken(
                    validator.validateToken(token(KEY, "JWT", weak)).requireAuthentication(STRONG),
                    RefusalReason.JWT_TYPE);
            assertInvalidToken(
                    outcome(weak.put("exp", NOW_SECONDS - 60)).requireAuthentication(STRONG),
                    RefusalReason.JWT_EXPIRED);
        }

        @Test
        @Requirement({"9470-9-01", "D-51"})
        void so_is_a_token_that_is_bound_to_a_key() {
            assertInvalidToken(
                    outcome(authenticated("pwd", 0)
                                    .put(
                                            "cnf",
                                            JsonObject.builder().put("jkt", "x").build()))
                            .requireAuthentication(STRONG),
                    RefusalReason.TOKEN_CONFIRMATION_UNPROVEN);
        }

        @Test
        @Requirement({"9470-9-01", "D-51"})
        void a_request_without_a_token_learns_nothing() {
            AccessTokenOutcome none = validator.validate(List.of());

            assertThat(none.requireAuthentication(STRONG)).isSameAs(none);
        }
    }
}
