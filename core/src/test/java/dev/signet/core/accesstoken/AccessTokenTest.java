package dev.signet.core.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.Scope;
import dev.signet.core.SignedJwt;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.ValidClaims;
import dev.signet.jwt.json.JsonNull;
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

class AccessTokenTest {

    private static final Issuer ISSUER = new Issuer("https://as.example");
    private static final String API = "https://api.example/orders";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static AccessTokenPayload.Builder claims() {
        return AccessTokenPayload.builder()
                .issuer(ISSUER)
                .subject("alice")
                .clientId(new ClientId("reporter"))
                .audience(List.of(API))
                .scope(Scope.of("a", "b"))
                .jwtId(new JwtId("one"))
                .issuedAt(NOW)
                .lifetime(Duration.ofMinutes(10));
    }

    private static final JsonObject VALID = claims().build();

    @Nested
    class Rfc_9068_2_2_claims {

        @Test
        @Requirement({
            "9068-2.2-01",
            "9068-2.2-02",
            "9068-2.2-03",
            "9068-2.2-04",
            "9068-2.2-06",
            "9068-2.2-07",
            "9068-2.2.3-01",
            "9068-6-04"
        })
        void are_all_there_and_no_more() {
            assertThat(VALID)
                    .isEqualTo(JsonObject.builder()
                            .put("iss", "https://as.example")
                            .put("sub", "alice")
                            .put("client_id", "reporter")
                            .put("aud", API)
                            .put("scope", "a b")
                            .put("iat", NOW.getEpochSecond())
                            .put("exp", NOW.getEpochSecond() + 600)
                            .put("jti", "one")
                            .build());
        }

        @Test
        @Requirement({"9068-2.2-01", "9068-2.2-03", "9068-2.2-04", "9068-2.2-06", "9068-2.2-07"})
        void are_required_and_all_that_is_missing_is_named() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessTokenPayload.builder().build())
                    .withMessage(
                            "access token claims: issuer is missing, subject is missing, clientId is missing, "
                                    + "audience is missing, jwtId is missing, issuedAt is missing, lifetime must be at least 1 s");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> claims().subject("").audience(List.of()).build())
                    .withMessage("access token claims: subject is missing, audience is missing");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> claims().lifetime(Duration.ofMillis(999)).build());
        }

        @Test
        void name_one_resource_as_a_string_and_several_as_an_array() {
            assertThat(claims().audience(List.of(API + "/%41")).build().find("aud"))
                    .contains(API + "/%41");
            assertThat(claims().audience(List.of(API, "https://as.example"))
                            .build()
                            .find("aud"))
                    .contains(List.of(API, "https://as.example"));
        }

        @Test
        void leave_out_an_empty_scope() {
            assertThat(claims().scope(Scope.empty()).build().has("scope")).isFalse();
        }

        @Test
        @Requirement("9068-2.2.2-02")
        void may_be_more_but_not_under_a_reserved_name() {
            JsonObject further = JsonObject.builder()
                    .put("https://example.com/team", List.of("x"))
                    .put("email", "a@b")
                    .build();
            assertThat(claims().claims(further).build())
                    .isEqualTo(VALID.toBuilder()
                            .put("https://example.com/team", List.of("x"))
                            .put("email", "a@b")
                            .build());
            for (String reserved : AccessTokenProfile.RESERVED_CLAIMS) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> claims().claims(
                                        further.toBuilder().put(reserved, "x").build()))
                        .withMessage("claims are reserved: " + reserved);
            }
            assertThat(AccessTokenProfile.RESERVED_CLAIMS).contains("iss", "aud", "scope", "cnf", "client_id");
        }
    }

    @Test
    @Requirement("9068-4-04")
    void what_is_made_is_accepted() {
        assertThat(AccessTokenProfile.TYPE).isEqualTo("at+jwt");
        ValidClaims claims = check("at+jwt", VALID);
        assertThat(claims.subject()).contains("alice");
        assertThat(claims.expiresAt()).isEqualTo(NOW.plusSeconds(600));
    }

    @Nested
    class Rfc_9068_4_validating {

        @ParameterizedTest
        @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
        @Requirement({"9068-4-05", "D-09"})
        void accepts_the_type_in_any_spelling(String type) {
            check(type, VALID);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"", "JWT", "id_token+jwt", "at+jwt ", "application/jwt", "client-authentication+jwt", "at"})
        @Requirement({"9068-4-05", "9068-5-01", "9068-4-04"})
        void refuses_another_type_and_none(String type) {
            assertThat(refusal(type, VALID).reason()).isEqualTo(Reason.TYPE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://as.example/",
                    "https://AS.example",
                    "https://as.example:443",
                    "https://other.example"
                })
        @Requirement({"9068-4-08", "9068-4-04"})
        void refuses_another_issuer(String issuer) {
            refused(VALID.toBuilder().put("iss", issuer), Reason.ISSUER);
        }

        @Test
        @Requirement({"9068-4-09", "9068-4-04"})
        void needs_an_own_identifier_in_the_audience() {
            accepted(VALID.toBuilder().put("aud", List.of("https://as.example", API)));
            refused(VALID.toBuilder().put("aud", "https://other.example"), Reason.AUDIENCE);
            refused(VALID.toBuilder().put("aud", List.of(API + "/", "https://other.example")), Reason.AUDIENCE);
        }

        @Test
        @Requirement("9068-4-10")
        void cannot_be_set_up_without_an_own_identifier() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessTokenProfile.rules(ISSUER, Set.of(), Duration.ofSeconds(30)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "exp", "aud", "sub", "client_id", "iat", "jti"})
        @Requirement({"9068-2.2-09", "9068-2.2-10"})
        void needs_every_required_claim_in_its_type(String name) {
            refused(VALID.toBuilder().remove(name), Reason.MISSING_CLAIM);
            assertThat(refusal(
                                    "at+jwt",
                                    VALID.toBuilder()
                                            .put(name, JsonObject.empty())
                                            .build())
                            .reason())
                    .isIn(Reason.MALFORMED_CLAIM, Reason.AUDIENCE);
            assertThat(refusal(
                                    "at+jwt",
                                    VALID.toBuilder()
                                            .put(name, (Object) JsonNull.NULL)
                                            .build())
                            .reason())
                    .isIn(Reason.MALFORMED_CLAIM, Reason.MISSING_CLAIM, Reason.AUDIENCE);
            assertThat(refusal("at+jwt", VALID.toBuilder().put(name, true).build())
                            .reason())
                    .isIn(Reason.MALFORMED_CLAIM, Reason.AUDIENCE);
        }

        @Test
        @Requirement({"9068-4-14", "9068-4-04"})
        void refuses_from_the_expiry_and_leeway_on() {
            long now = NOW.getEpochSecond();
            accepted(VALID.toBuilder().put("iat", now - 600).put("exp", now - 29));
            refused(VALID.toBuilder().put("iat", now - 600).put("exp", now - 30), Reason.EXPIRED);
        }

        @Test
        @Requirement("7662-2.2-02")
        void is_recognized_by_its_issuer_whoever_it_is_meant_for() {
            ClaimsRules own = AccessTokenProfile.issuersOwnRules(ISSUER, Duration.ofSeconds(30));
            JsonObject other =
                    VALID.toBuilder().put("aud", "https://other.example.com").build();
            assertThat(own.check(SignedJwt.of("at+jwt", other), NOW).audience())
                    .containsExactly("https://other.example.com");
            for (String name : List.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti")) {
                JsonObject lacking = other.toBuilder().remove(name).build();
                assertThatExceptionOfType(JwtRejected.class)
                        .isThrownBy(() -> own.check(SignedJwt.of("at+jwt", lacking), NOW));
            }
            assertThatExceptionOfType(JwtRejected.class).isThrownBy(() -> own.check(SignedJwt.of("JWT", other), NOW));
        }

        @Test
        @Requirement({"9068-4-14", "D-06"})
        void has_a_leeway_of_at_most_300_seconds() {
            AccessTokenProfile.rules(ISSUER, Set.of(API), Duration.ofSeconds(300));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessTokenProfile.rules(ISSUER, Set.of(API), Duration.ofSeconds(301)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"nbf", "iat"})
        @Requirement("9068-4-20")
        void refuses_a_beginning_in_the_future(String name) {
            accepted(VALID.toBuilder().put(name, NOW.getEpochSecond() + 30));
            assertThat(refusal(
                                    "at+jwt",
                                    VALID.toBuilder()
                                            .put(name, NOW.getEpochSecond() + 31)
                                            .build())
                            .reason())
                    .isIn(Reason.NOT_YET_VALID, Reason.ISSUED_IN_FUTURE);
        }
    }

    private static void accepted(JsonObject.Builder claims) {
        check("at+jwt", claims.build());
    }

    private static void refused(JsonObject.Builder claims, Reason reason) {
        assertThat(refusal("at+jwt", claims.build()).reason()).isEqualTo(reason);
    }

    private static JwtRejected refusal(String type, JsonObject claims) {
        return assertThatExceptionOfType(JwtRejected.class)
                .isThrownBy(() -> check(type, claims))
                .actual();
    }

    private static ValidClaims check(String type, JsonObject claims) {
        return AccessTokenProfile.rules(ISSUER, Set.of(API), Duration.ofSeconds(30))
                .check(SignedJwt.of(type, claims), NOW);
    }
}
