package dev.signet.jwt.claims;

import static dev.signet.jwt.Rejections.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.jwt.Reason;
import dev.signet.jwt.Tokens;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsRulesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final long NOW_SECONDS = NOW.getEpochSecond();
    private static final JsonObject CLAIMS = JsonObject.builder()
            .put("iss", "https://as.example.com")
            .put("sub", "client")
            .put("aud", "https://api.example.com")
            .put("iat", NOW_SECONDS)
            .put("exp", NOW_SECONDS + 600)
            .put("jti", "1")
            .build();

    private static ClaimsRules.Builder rules() {
        return ClaimsRules.builder()
                .types(Set.of("at+jwt"))
                .issuer("https://as.example.com")
                .audienceContains(Set.of("https://api.example.com"));
    }

    private static ValidClaims check(ClaimsRules.Builder rules, JsonObject claims) {
        return check(rules, "{\"alg\":\"ES256\",\"typ\":\"at+jwt\"}", claims);
    }

    private static ValidClaims check(ClaimsRules.Builder rules, String header, JsonObject claims) {
        return rules.build().check(Tokens.verify(Tokens.sign(Tokens.ES256_KEY, header, claims.toJson())), NOW);
    }

    private static JsonObject with(String name, Object value) {
        return CLAIMS.toBuilder().put(name, value).build();
    }

    private static JsonObject without(String name) {
        return CLAIMS.toBuilder().remove(name).build();
    }

    @Test
    void gives_the_claims_in_their_types() {
        JsonObject claims = with("nbf", NOW_SECONDS - 5);
        ValidClaims valid = check(rules(), claims);
        assertThat(valid.all()).isEqualTo(claims);
        assertThat(valid.issuer()).contains("https://as.example.com");
        assertThat(valid.subject()).contains("client");
        assertThat(valid.jwtId()).contains("1");
        assertThat(valid.audience()).containsExactly("https://api.example.com");
        assertThat(valid.expiresAt()).isEqualTo(NOW.plusSeconds(600));
        assertThat(valid.issuedAt()).contains(NOW);
        assertThat(valid.notBefore()).contains(NOW.minusSeconds(5));
        assertThat(valid.toString()).doesNotContain("client");
    }

    @Nested
    class Rfc8725_section_3_11_type {
        private ValidClaims checkType(ClaimsRules.Builder rules, String member) {
            return check(rules, "{\"alg\":\"ES256\"" + member + "}", CLAIMS);
        }

        @ParameterizedTest
        @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt"})
        @Requirement("8725b-3.11-03")
        void is_a_media_type_with_or_without_its_prefix(String type) {
            assertThat(checkType(rules(), ",\"typ\":\"" + type + "\"")).isNotNull();
            assertThat(checkType(rules().types(Set.of("application/at+jwt")), ",\"typ\":\"" + type + "\""))
                    .isNotNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "JWT",
                    "",
                    "at+jwt ",
                    " at+jwt",
                    "at",
                    "client-authentication+jwt",
                    "text/at+jwt",
                    "application/x/at+jwt",
                    "application/application/at+jwt",
                    "application/",
                    "at+jw\u1E6D",
                    "at+jwt;a=b"
                })
        void another_is_refused(String type) {
            assertRejected(Reason.TYPE, () -> checkType(rules(), ",\"typ\":\"" + type + "\""));
        }

        @Test
        void letters_that_fold_to_ascii_are_others() {
            ClaimsRules.Builder rules = rules().types(Set.of("token+jwt"));
            assertThat(checkType(rules, ",\"typ\":\"TOKEN+JWT\"")).isNotNull();
            assertRejected(Reason.TYPE, () -> checkType(rules, ",\"typ\":\"to\u212Aen+jwt\""));
        }

        @Test
        void absence_must_be_allowed() {
            assertRejected(Reason.TYPE, () -> checkType(rules(), ""));
            assertThat(checkType(rules().allowAbsentType(), "")).isNotNull();
            assertThat(checkType(rules().types(Set.of()).allowAbsentType(), "")).isNotNull();
        }

        @Test
        @Requirement("8725b-3.11-05")
        void allowing_absence_allows_no_other_type() {
            ClaimsRules.Builder rules = rules().types(Set.of("JWT")).allowAbsentType();
            assertThat(checkType(rules, ",\"typ\":\"JWT\"")).isNotNull();
            assertRejected(Reason.TYPE, () -> checkType(rules, ",\"typ\":\"at+jwt\""));
            assertRejected(Reason.TYPE, () -> checkType(rules().types(Set.of()).allowAbsentType(), ",\"typ\":\"JWT\""));
        }
    }

    @Nested
    class Rfc7519_section_4_1_1_issuer {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://as.example.com/",
                    "https://AS.example.com",
                    "https://as.example.com:443",
                    "HTTPS://as.example.com",
                    "https://as.example.co"
                })
        void is_compared_character_by_character(String issuer) {
            assertRejected(Reason.ISSUER, () -> check(rules(), with("iss", issuer)));
        }

        @Test
        void must_be_there_as_a_string() {
            assertRejected(Reason.MISSING_CLAIM, () -> check(rules(), without("iss")));
            assertRejected(Reason.MISSING_CLAIM, () -> check(rules(), with("iss", JsonNull.NULL)));
            assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules(), with("iss", 1L)));
            assertRejected(
                    Reason.MALFORMED_CLAIM, () -> check(rules(), with("iss", List.of("https://as.example.com"))));
        }
    }

    @Nested
    class Rfc7519_section_4_1_2_subject {
        @Test
        void is_compared_if_one_is_expected() {
            assertThat(check(rules().subject("client"), CLAIMS).subject()).contains("client");
            assertRejected(Reason.SUBJECT, () -> check(rules().subject("Client"), CLAIMS));
            assertRejected(Reason.MISSING_CLAIM, () -> check(rules().subject("client"), without("sub")));
            assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules().subject("1"), with("sub", 1L)));
        }

        @Test
        void must_be_a_string_in_any_case() {
            assertThat(check(rules(), without("sub")).subject()).isEmpty();
            assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules(), with("sub", 1L)));
            assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules(), with("jti", List.of())));
        }
    }

    @Nested
    class Rfc7519_section_4_1_3_audience {
        private static final String API = "https://api.example.com";
        private static final String OTHER = "https://other.example.com";

        private static ClaimsRules.Builder only(boolean stringFormOnly) {
            return ClaimsRules.builder()
                    .types(Set.of("at+jwt"))
                    .issuer("https://as.example.com")
                    .audienceIsOnly(Set.of(API), stringFormOnly);
        }

        @Test
        void must_be_there() {
            assertRejected(Reason.MISSING_CLAIM, () -> check(rules(), without("aud")));
            assertRejected(Reason.MISSING_CLAIM, () -> check(rules(), with("aud", JsonNull.NULL)));
        }

        @Test
        void must_name_the_receiver() {
            assertThat(check(rules(), with("aud", API)).audience()).containsExactly(API);
            assertThat(check(rules(), with("aud", List.of(API))).audience()).containsExactly(API);
            assertThat(check(rules(), with("aud", List.of(OTHER, API))).audience())
                    .containsExactly(OTHER, API);
            assertRejected(Reason.AUDIENCE, () -> check(rules(), with("aud", OTHER)));
            assertRejected(Reason.AUDIENCE, () -> check(rules(), with("aud", List.of(OTHER))));
            assertRejected(Reason.AUDIENCE, () -> check(rules(), with("aud", API + "/")));
            assertRejected(Reason.AUDIENCE, () -> check(rules(), with("aud", API + " " + OTHER)));
        }

        @Test
        void must_be_a_string_or_an_array_of_strings() {
            for (Object malformed : List.of(
                    1L, true, List.of(), List.of(1L), List.of(API, 1L), List.of(List.of(API)), JsonObject.empty())) {
                assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules(), with("aud", malformed)));
            }
            assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules(), with("aud", "")));
        }

        @Test
        void as_the_only_value_allows_no_other_beside() {
            assertThat(check(only(false), with("aud", API))).isNotNull();
            assertThat(check(only(false), with("aud", List.of(API)))).isNotNull();
            assertRejected(Reason.AUDIENCE, () -> check(only(false), with("aud", List.of(API, OTHER))));
            assertRejected(Reason.AUDIENCE, () -> check(only(false), with("aud", List.of(API, API))));
            assertRejected(Reason.AUDIENCE, () -> check(only(false), with("aud", OTHER)));
        }

        @Test
        void may_name_anybody_where_that_is_allowed_by_name() {
            ClaimsRules.Builder any = ClaimsRules.builder()
                    .types(Set.of("at+jwt"))
                    .issuer("https://as.example.com")
                    .allowAnyAudience();
            assertThat(check(any, with("aud", OTHER)).audience()).containsExactly(OTHER);
            assertThat(check(any, with("aud", List.of(OTHER, API))).audience()).containsExactly(OTHER, API);
            assertRejected(Reason.MISSING_CLAIM, () -> check(any, without("aud")));
            assertRejected(Reason.MALFORMED_CLAIM, () -> check(any, with("aud", List.of())));
        }

        @Test
        void as_a_string_only_allows_no_array() {
            assertThat(check(only(true), with("aud", API))).isNotNull();
            assertRejected(Reason.AUDIENCE, () -> check(only(true), with("aud", List.of(API))));
        }
    }

    @Nested
    class Required_claims {
        @Test
        void must_be_there_neither_null_nor_empty() {
            ClaimsRules.Builder rules = rules().require("jti", "client_id");
            assertThat(check(rules, with("client_id", "x"))).isNotNull();
            assertRejected(Reason.MISSING_CLAIM, () -> check(rules, CLAIMS));
            assertRejected(Reason.MISSING_CLAIM, () -> check(rules, with("client_id", JsonNull.NULL)));
            assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules, with("client_id", "")));
        }

        @Test
        void can_be_required_as_strings() {
            ClaimsRules.Builder rules = rules().requireText("client_id");
            assertThat(check(rules, with("client_id", "x"))).isNotNull();
            assertRejected(Reason.MISSING_CLAIM, () -> check(rules, CLAIMS));
            assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules, with("client_id", 1L)));
            assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules, with("client_id", "")));
        }
    }

    @Nested
    class Order {
        @Test
        void what_cannot_be_read_is_told_before_what_is_read_and_wrong() {
            JsonObject foreign = with("iss", "https://as.example.org");
            assertRejected(Reason.ISSUER, () -> check(rules(), foreign));
            assertRejected(
                    Reason.MALFORMED_CLAIM,
                    () -> check(rules(), foreign.toBuilder().put("exp", "soon").build()));
            assertRejected(
                    Reason.MISSING_CLAIM,
                    () -> check(rules(), foreign.toBuilder().remove("aud").build()));
        }
    }

    @Nested
    class Rfc7519_section_4_1_4_to_6_times {
        @Test
        void exp_is_always_required() {
            assertRejected(Reason.MISSING_CLAIM, () -> check(rules(), without("exp")));
        }

        @Test
        void iat_counts_for_a_kind_of_jwt_without_exp() {
            ClaimsRules.Builder rules = rules().expiresAfterIssue(Duration.ofSeconds(60));
            JsonObject bare = without("exp");
            assertThat(check(rules, bare).expiresAt()).isEqualTo(NOW.plusSeconds(60));
            assertThat(check(
                            rules, bare.toBuilder().put("iat", NOW_SECONDS - 89).build()))
                    .isNotNull();
            assertRejected(
                    Reason.EXPIRED,
                    () -> check(
                            rules, bare.toBuilder().put("iat", NOW_SECONDS - 90).build()));
            assertRejected(
                    Reason.ISSUED_IN_FUTURE,
                    () -> check(
                            rules, bare.toBuilder().put("iat", NOW_SECONDS + 31).build()));
            assertRejected(
                    Reason.MISSING_CLAIM,
                    () -> check(rules, bare.toBuilder().remove("iat").build()));
            assertRejected(Reason.EXPIRED, () -> check(rules, with("exp", NOW_SECONDS - 30)));
            assertThat(check(rules, with("exp", NOW_SECONDS + 600)).expiresAt()).isEqualTo(NOW.plusSeconds(60));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rules().expiresAfterIssue(Duration.ZERO).build());
        }

        @Test
        void are_checked_for_claims_without_a_signature_too() {
            assertThat(rules().build().checkUnsigned(CLAIMS, NOW).expiresAt()).isEqualTo(NOW.plusSeconds(600));
            assertRejected(Reason.EXPIRED, () -> rules().build().checkUnsigned(with("exp", NOW_SECONDS - 30), NOW));
            assertRejected(Reason.AUDIENCE, () -> rules().build().checkUnsigned(with("aud", "other"), NOW));
        }

        @Test
        void exp_has_passed_at_the_very_second_after_the_skew() {
            assertThat(check(rules(), with("exp", NOW_SECONDS - 29))).isNotNull();
            assertRejected(Reason.EXPIRED, () -> check(rules(), with("exp", NOW_SECONDS - 30)));
            assertThat(check(rules().skew(Duration.ZERO), with("exp", NOW_SECONDS + 1)))
                    .isNotNull();
            assertRejected(Reason.EXPIRED, () -> check(rules().skew(Duration.ZERO), with("exp", NOW_SECONDS)));
            BigDecimal justAfter = new BigDecimal(NOW_SECONDS).add(new BigDecimal("0.001"));
            assertThat(check(rules().skew(Duration.ZERO), with("exp", justAfter)))
                    .isNotNull();
        }

        @Test
        void exp_gets_no_skew_where_it_is_exact() {
            ClaimsRules.Builder exact = rules().expiryIsExact();
            assertThat(check(exact, with("exp", NOW_SECONDS + 1))).isNotNull();
            assertRejected(Reason.EXPIRED, () -> check(exact, with("exp", NOW_SECONDS)));
            assertThat(check(exact, with("nbf", NOW_SECONDS + 30))).isNotNull();
        }

        @Test
        void nbf_may_lie_ahead_by_the_skew() {
            assertThat(check(rules(), with("nbf", NOW_SECONDS + 30))).isNotNull();
            assertRejected(Reason.NOT_YET_VALID, () -> check(rules(), with("nbf", NOW_SECONDS + 31)));
        }

        @Test
        void iat_may_lie_ahead_by_the_skew() {
            assertThat(check(rules(), with("iat", NOW_SECONDS + 30))).isNotNull();
            assertRejected(Reason.ISSUED_IN_FUTURE, () -> check(rules(), with("iat", NOW_SECONDS + 31)));
            assertThat(check(rules(), without("iat")).issuedAt()).isEmpty();
        }

        @Test
        void exp_may_lie_ahead_by_the_largest_lifetime_and_the_skew() {
            ClaimsRules.Builder rules = rules().maximumLifetimeAhead(Duration.ofMinutes(5));
            assertThat(check(rules, with("exp", NOW_SECONDS + 330))).isNotNull();
            assertRejected(Reason.LIFETIME_TOO_LONG, () -> check(rules, with("exp", NOW_SECONDS + 331)));
            assertThat(check(rules(), with("exp", 253_402_300_799L))).isNotNull();
        }

        @Test
        void iat_may_lie_back_by_the_largest_age_and_the_skew() {
            ClaimsRules.Builder rules = rules().maximumAge(Duration.ofMinutes(5));
            assertThat(check(rules, with("iat", NOW_SECONDS - 330))).isNotNull();
            assertRejected(Reason.TOO_OLD, () -> check(rules, with("iat", NOW_SECONDS - 331)));
            assertThat(check(rules, without("iat"))).isNotNull();
            assertThat(check(rules(), with("iat", 0L))).isNotNull();
        }

        @ParameterizedTest
        @ValueSource(strings = {"exp", "nbf", "iat"})
        @Requirement("8725-7519-01")
        void what_is_no_time_is_refused(String name) {
            for (Object malformed : List.of(
                    "1800000000",
                    true,
                    JsonObject.empty(),
                    List.of(NOW_SECONDS),
                    -1L,
                    new BigDecimal("-0.5"),
                    253_402_300_800L,
                    Long.MAX_VALUE,
                    new BigDecimal("9223372036854775808"),
                    new BigDecimal("1E+999999999"),
                    new BigDecimal("-1E+999999999"))) {
                assertRejected(Reason.MALFORMED_CLAIM, () -> check(rules(), with(name, malformed)));
            }
        }
    }

    @Nested
    class Builder {
        @Test
        void reports_all_faults_at_once() {
            ClaimsRules.Builder builder = ClaimsRules.builder()
                    .subject("")
                    .require("")
                    .skew(Duration.ofSeconds(301))
                    .maximumAge(Duration.ZERO)
                    .maximumLifetimeAhead(Duration.ofSeconds(-1));
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessageContainingAll(
                            "types is empty",
                            "issuer is missing",
                            "subject is empty",
                            "audience is missing",
                            "a required claim has no name",
                            "skew is not from 0 to 300 seconds",
                            "maximumAge is not",
                            "maximumLifetimeAhead is not");
        }

        @Test
        void refuses_two_rules_for_the_audience() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rules().audienceIsOnly(Set.of("x"), true).build())
                    .withMessageContaining("audience is given twice");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClaimsRules.builder()
                            .types(Set.of("x"))
                            .issuer("i")
                            .audienceContains(Set.of())
                            .build())
                    .withMessageContaining("audience is missing");
        }
    }
}
