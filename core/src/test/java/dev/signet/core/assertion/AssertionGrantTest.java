package dev.signet.core.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.SignedJwt;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.claims.ValidClaims;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssertionGrantTest {

    private static final String TRUSTED = "https://ci.example";
    private static final Issuer ISSUER = new Issuer("https://as.example");
    private static final String TOKEN_ENDPOINT = "https://as.example/token";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AssertionGrant.Options STRICT = AssertionGrant.Options.strict();

    private static final JsonObject VALID =
            AssertionGrant.claims(TRUSTED, "job:42", ISSUER, new JwtId("one"), NOW, Duration.ofMinutes(5));

    @Nested
    @Requirement({"7523b-4-01", "7521-5.1-03"})
    class Making {

        @Test
        void gives_the_needed_claims_with_the_issuer_as_audience() {
            assertThat(VALID)
                    .isEqualTo(JsonObject.builder()
                            .put("iss", TRUSTED)
                            .put("sub", "job:42")
                            .put("aud", "https://as.example")
                            .put("exp", NOW.getEpochSecond() + 300)
                            .put("iat", NOW.getEpochSecond())
                            .put("jti", "one")
                            .build());
        }

        @Test
        void refuses_a_lifetime_under_a_second() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            AssertionGrant.claims(TRUSTED, "job:42", ISSUER, new JwtId("one"), NOW, Duration.ZERO));
        }
    }

    @Test
    void what_is_made_is_accepted() {
        ValidClaims claims = check(AssertionGrant.TYPE, VALID, STRICT);
        assertThat(claims.subject()).contains("job:42");
    }

    @Nested
    class Rfc_7523_3_claims {

        @Test
        @Requirement({"7521-5.1-01", "7523-3-02", "7523-3-03", "7521-5.2-01"})
        void have_the_issuer_to_the_letter() {
            for (String other : List.of("https://CI.example", "https://ci.example/", "https://ci.example:443")) {
                refused(VALID.toBuilder().put("iss", other), Reason.ISSUER);
            }
            refused(VALID.toBuilder().remove("iss"), Reason.MISSING_CLAIM);
            refused(VALID.toBuilder().put("iss", ""), Reason.MALFORMED_CLAIM);
            refused(VALID.toBuilder().put("iss", List.of(TRUSTED)), Reason.MALFORMED_CLAIM);
        }

        @Test
        @Requirement({"7523-3-05", "7521-5.2-03"})
        void have_a_subject() {
            refused(VALID.toBuilder().remove("sub"), Reason.MISSING_CLAIM);
            refused(VALID.toBuilder().put("sub", ""), Reason.MALFORMED_CLAIM);
            refused(VALID.toBuilder().put("sub", 1), Reason.MALFORMED_CLAIM);
            accepted(VALID.toBuilder().put("sub", "another"), STRICT);
        }

        @Test
        @Requirement("7521-5.2-11")
        void have_an_identifier_unless_the_switch_lets_it_be_absent() {
            refused(VALID.toBuilder().remove("jti"), Reason.MISSING_CLAIM);
            accepted(VALID.toBuilder().remove("jti"), STRICT.withJtiOptional(true));
        }

        @Test
        @Requirement({"7523-3-11", "7523-3-12", "7523-3-13", "7521-5.2-06", "7521-5.2-07", "7521-5.2-08", "D-06"})
        void expire_within_an_hour_and_skew() {
            long now = NOW.getEpochSecond();
            refused(VALID.toBuilder().remove("exp"), Reason.MISSING_CLAIM);
            accepted(VALID.toBuilder().put("exp", now - 29), STRICT);
            refused(VALID.toBuilder().put("exp", now - 30), Reason.EXPIRED);
            accepted(VALID.toBuilder().put("exp", now + 3630), STRICT);
            refused(VALID.toBuilder().put("exp", now + 3631), Reason.LIFETIME_TOO_LONG);
            JsonObject.Builder longer = VALID.toBuilder().put("exp", now + 7230);
            accepted(longer, STRICT.withMaximumLifetime(Duration.ofHours(2)));
            refused(longer, Reason.LIFETIME_TOO_LONG);
        }

        @Test
        @Requirement({"7523-3-14", "7523-3-15", "7521-5.2-09", "D-06"})
        void begin_in_time() {
            long now = NOW.getEpochSecond();
            accepted(VALID.toBuilder().put("iat", now - 3630), STRICT);
            refused(VALID.toBuilder().put("iat", now - 3631), Reason.TOO_OLD);
            accepted(VALID.toBuilder().put("iat", now + 30).put("nbf", now + 30), STRICT);
            refused(VALID.toBuilder().put("iat", now + 31), Reason.ISSUED_IN_FUTURE);
            refused(VALID.toBuilder().put("nbf", now + 31), Reason.NOT_YET_VALID);
            accepted(VALID.toBuilder().put("iat", now + 60), STRICT.withSkew(Duration.ofSeconds(60)));
        }

        @Test
        @Requirement("7523-5-02")
        void may_be_required_by_name() {
            AssertionGrant.Options options = STRICT.withRequiredClaims(Set.of("repository"));
            accepted(VALID.toBuilder().put("repository", "a/b"), options);
            refused(VALID.toBuilder(), Reason.MISSING_CLAIM, options);
        }

        @Test
        @Requirement("7523-3-18")
        void may_be_more() {
            accepted(VALID.toBuilder().put("repository", "a/b").put("x", List.of()), STRICT);
        }
    }

    @Nested
    @Requirement({"7523b-4-02", "D-02"})
    class Rfc_7523bis_4_a_audience {

        @Test
        @Requirement({"7521-5.1-05", "7523-3-08"})
        void is_the_issuer_identifier_alone() {
            accepted(VALID.toBuilder().put("aud", List.of("https://as.example")), STRICT);
            refused(
                    VALID.toBuilder().put("aud", List.of("https://as.example", "https://other.example")),
                    Reason.AUDIENCE);
            refused(VALID.toBuilder().remove("aud"), Reason.MISSING_CLAIM);
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://other.example", "https://as.example/", "https://AS.example", TOKEN_ENDPOINT})
        @Requirement({"7521-5.1-02", "7523-3-09", "7523-3-10", "7521-5.2-05"})
        void is_no_other(String audience) {
            refused(VALID.toBuilder().put("aud", audience), Reason.AUDIENCE);
        }

        @Test
        void may_be_the_token_endpoint_by_switch() {
            AssertionGrant.Options options = STRICT.withOtherAudiences(Set.of(TOKEN_ENDPOINT));
            accepted(VALID.toBuilder().put("aud", TOKEN_ENDPOINT), options);
            accepted(VALID, options);
            refused(
                    VALID.toBuilder().put("aud", List.of("https://as.example", TOKEN_ENDPOINT)),
                    Reason.AUDIENCE,
                    options);
            refused(VALID.toBuilder().put("aud", "https://other.example"), Reason.AUDIENCE, options);
        }

        @Test
        void may_be_one_of_several_by_switch() {
            AssertionGrant.Options options = STRICT.withAcceptAdditionalAudiences(true);
            accepted(VALID.toBuilder().put("aud", List.of("https://as.example", "https://other.example")), options);
            refused(VALID.toBuilder().put("aud", List.of("https://other.example")), Reason.AUDIENCE, options);
            refused(VALID.toBuilder().put("aud", List.of(TOKEN_ENDPOINT)), Reason.AUDIENCE, options);
        }

        private void accepted(JsonObject claims, AssertionGrant.Options options) {
            AssertionGrantTest.accepted(claims.toBuilder(), options);
        }

        private void accepted(JsonObject.Builder claims, AssertionGrant.Options options) {
            AssertionGrantTest.accepted(claims, options);
        }
    }

    @Nested
    @Requirement("7523-3.1-04")
    class Rfc_7523_3_1_type {

        @ParameterizedTest
        @ValueSource(strings = {"", "JWT", "jwt", "application/jwt"})
        void is_absent_or_generic(String type) {
            check(type, VALID, STRICT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"client-authentication+jwt", "at+jwt", "oauth-authz-req+jwt", "dpop+jwt"})
        void is_not_that_of_another_kind(String type) {
            assertThat(refusal(type, VALID, STRICT).reason()).isEqualTo(Reason.TYPE);
        }
    }

    private static void accepted(JsonObject.Builder claims, AssertionGrant.Options options) {
        assertThat(check(AssertionGrant.TYPE, claims.build(), options).issuer()).contains(TRUSTED);
    }

    private static void refused(JsonObject.Builder claims, Reason reason) {
        refused(claims, reason, STRICT);
    }

    private static void refused(JsonObject.Builder claims, Reason reason, AssertionGrant.Options options) {
        assertThat(refusal(AssertionGrant.TYPE, claims.build(), options).reason())
                .isEqualTo(reason);
    }

    private static JwtRejected refusal(String type, JsonObject claims, AssertionGrant.Options options) {
        return assertThatExceptionOfType(JwtRejected.class)
                .isThrownBy(() -> check(type, claims, options))
                .actual();
    }

    private static ValidClaims check(String type, JsonObject claims, AssertionGrant.Options options) {
        return AssertionGrant.rules(TRUSTED, ISSUER, options).check(SignedJwt.of(type, claims), NOW);
    }
}
