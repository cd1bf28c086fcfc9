package dev.signet.core.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.SignedJwt;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.ValidClaims;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAssertionTest {

    private static final ClientId CLIENT = new ClientId("reporter");
    private static final Issuer ISSUER = new Issuer("https://as.example");
    private static final String TOKEN_ENDPOINT = "https://as.example/token";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ClientAssertion.Options STRICT = ClientAssertion.Options.strict();

    private static final JsonObject VALID =
            ClientAssertion.claims(CLIENT, ISSUER, new JwtId("one"), NOW, Duration.ofSeconds(60));

    @Nested
    @Requirement({"7523b-4-03", "7523-7-03", "OIDC-9-03", "7521-5.1-03", "D-01"})
    class Making {

        @Test
        void gives_exactly_the_needed_claims_with_the_issuer_as_string_audience() {
            assertThat(VALID)
                    .isEqualTo(JsonObject.builder()
                            .put("iss", "reporter")
                            .put("sub", "reporter")
                            .put("aud", "https://as.example")
                            .put("exp", NOW.getEpochSecond() + 60)
                            .put("iat", NOW.getEpochSecond())
                            .put("jti", "one")
                            .build());
        }

        @Test
        void refuses_a_lifetime_under_a_second_or_over_five_minutes() {
            assertThat(claims(Duration.ofSeconds(1)).findLong("exp")).contains(NOW.getEpochSecond() + 1);
            assertThat(claims(Duration.ofSeconds(300)).findLong("exp")).contains(NOW.getEpochSecond() + 300);
            assertThatIllegalArgumentException().isThrownBy(() -> claims(Duration.ofMillis(999)));
            assertThatIllegalArgumentException().isThrownBy(() -> claims(Duration.ofSeconds(301)));
        }

        @Test
        void cuts_off_fractions_of_a_second() {
            assertThat(ClientAssertion.claims(
                            CLIENT, ISSUER, new JwtId("one"), NOW.plusNanos(999_999_999), Duration.ofSeconds(60)))
                    .isEqualTo(VALID);
        }

        private JsonObject claims(Duration lifetime) {
            return ClientAssertion.claims(CLIENT, ISSUER, new JwtId("one"), NOW, lifetime);
        }
    }

    @Test
    void what_is_made_is_accepted() {
        ValidClaims claims = check(ClientAssertion.TYPE, VALID, STRICT);
        assertThat(claims.issuer()).contains("reporter");
        assertThat(claims.jwtId()).contains("one");
        assertThat(claims.audience()).containsExactly("https://as.example");
    }

    @Nested
    class Rfc_7523_3_items_1_and_2_issuer_and_subject {

        @ParameterizedTest
        @ValueSource(strings = {"iss", "sub"})
        @Requirement({"7523-3-02", "7523-3-05", "7523-3-07", "7521-5.2-01", "7521-5.2-02", "7521-5.2-03", "OIDC-9-03"})
        void must_both_be_the_client(String name) {
            refused(VALID.toBuilder().remove(name), Reason.MISSING_CLAIM);
            refused(VALID.toBuilder().put(name, ""), Reason.MALFORMED_CLAIM);
            refused(VALID.toBuilder().put(name, 1), Reason.MALFORMED_CLAIM);
            refused(VALID.toBuilder().put(name, List.of("reporter")), Reason.MALFORMED_CLAIM);
            refused(VALID.toBuilder().put(name, "other"), name.equals("iss") ? Reason.ISSUER : Reason.SUBJECT);
        }
    }

    @Nested
    class Rfc_7523_3_item_3_audience {

        @Test
        @Requirement({"7521-5.1-05", "7523-3-08", "D-01"})
        void is_the_issuer_as_string_or_as_one_element_array() {
            accepted(VALID.toBuilder().put("aud", "https://as.example"), STRICT);
            accepted(VALID.toBuilder().put("aud", List.of("https://as.example")), STRICT);
        }

        static Stream<Object> others() {
            return Stream.of(
                    "https://other.example",
                    "https://as.example/",
                    "https://AS.example",
                    "https://as.example:443",
                    "https://%61s.example",
                    TOKEN_ENDPOINT,
                    "https://as.example/authorize",
                    List.of(TOKEN_ENDPOINT),
                    List.of("https://as.example", TOKEN_ENDPOINT),
                    List.of("https://as.example", "https://api.example"),
                    List.of("https://as.example", "https://as.example"),
                    List.of("https://as.example/"));
        }

        @ParameterizedTest
        @MethodSource("others")
        @Requirement({
            "7523b-4-05",
            "7523b-4-06",
            "7523b-4-07",
            "7521-5.1-02",
            "7523-3-09",
            "7523-3-10",
            "7521-5.2-05",
            "D-01"
        })
        void is_nothing_else_and_nothing_more(Object audience) {
            refused(VALID.toBuilder().put("aud", audience), Reason.AUDIENCE);
        }

        @Test
        @Requirement({"7523-3-08", "7521-5.2-05"})
        void is_there_and_well_formed() {
            refused(VALID.toBuilder().remove("aud"), Reason.MISSING_CLAIM);
            assertThat(refusal(
                                    ClientAssertion.TYPE,
                                    VALID.toBuilder().put("aud", List.of()).build(),
                                    STRICT)
                            .reason())
                    .isIn(Reason.AUDIENCE, Reason.MISSING_CLAIM, Reason.MALFORMED_CLAIM);
            assertThat(refusal(
                                    ClientAssertion.TYPE,
                                    VALID.toBuilder().put("aud", 1).build(),
                                    STRICT)
                            .reason())
                    .isIn(Reason.AUDIENCE, Reason.MALFORMED_CLAIM);
        }

        @Test
        @Requirement("D-01")
        void may_be_another_name_of_the_server_with_the_legacy_switch_only() {
            ClientAssertion.Options legacy = STRICT.withLegacyAudiences(Set.of(TOKEN_ENDPOINT));
            for (Object audience : List.of(
                    "https://as.example",
                    TOKEN_ENDPOINT,
                    List.of(TOKEN_ENDPOINT),
                    List.of("https://as.example", TOKEN_ENDPOINT),
                    List.of(TOKEN_ENDPOINT, "https://api.example"))) {
                accepted(VALID.toBuilder().put("aud", audience), legacy);
            }
            for (Object audience :
                    List.of("https://api.example", "https://as.example/par", List.of("https://api.example"))) {
                JsonObject claims = VALID.toBuilder().put("aud", audience).build();
                assertThat(refusal(ClientAssertion.TYPE, claims, legacy).reason())
                        .isEqualTo(Reason.AUDIENCE);
            }
        }
    }

    @Nested
    @Requirement("D-06")
    class Rfc_7523_3_items_4_to_6_times {

        private final long now = NOW.getEpochSecond();

        @Test
        @Requirement({"7523-3-11", "7521-5.2-06"})
        void have_an_expiry() {
            refused(VALID.toBuilder().remove("exp"), Reason.MISSING_CLAIM);
            refused(VALID.toBuilder().put("exp", "1"), Reason.MALFORMED_CLAIM);
        }

        @Test
        @Requirement({"7523-3-12", "7521-5.2-07"})
        void are_expired_from_30_seconds_after_the_expiry() {
            JsonObject.Builder old = VALID.toBuilder().put("iat", now - 100);
            accepted(old.put("exp", now - 29), STRICT);
            refused(old.put("exp", now - 30), Reason.EXPIRED);
            refused(old.put("exp", now - 31), Reason.EXPIRED);
            JsonObject claims = old.put("exp", now).build();
            assertThat(refusal(ClientAssertion.TYPE, claims, STRICT.withSkew(Duration.ZERO))
                            .reason())
                    .isEqualTo(Reason.EXPIRED);
        }

        @Test
        @Requirement({"7523-3-13", "7521-5.2-08"})
        void expire_within_300_seconds_and_skew() {
            accepted(VALID.toBuilder().put("exp", now + 330), STRICT);
            refused(VALID.toBuilder().put("exp", now + 331), Reason.LIFETIME_TOO_LONG);
        }

        @Test
        @Requirement("7523-3-14")
        void are_not_before_their_beginning() {
            accepted(VALID.toBuilder().put("nbf", now + 30), STRICT);
            refused(VALID.toBuilder().put("nbf", now + 31), Reason.NOT_YET_VALID);
        }

        @Test
        @Requirement({"7523-3-15", "7521-5.2-09"})
        void were_issued_within_300_seconds_and_not_in_the_future() {
            accepted(VALID.toBuilder().remove("iat"), STRICT);
            accepted(VALID.toBuilder().put("iat", now - 330), STRICT);
            refused(VALID.toBuilder().put("iat", now - 331), Reason.TOO_OLD);
            accepted(VALID.toBuilder().put("iat", now + 30), STRICT);
            refused(VALID.toBuilder().put("iat", now + 31), Reason.ISSUED_IN_FUTURE);
        }
    }

    @Nested
    class Rfc_7523_3_items_7_and_8_identifier_and_other_claims {

        @Test
        @Requirement({"7521-5.2-11", "OIDC-9-03"})
        void needs_jti() {
            refused(VALID.toBuilder().remove("jti"), Reason.MISSING_CLAIM);
            refused(VALID.toBuilder().put("jti", ""), Reason.MALFORMED_CLAIM);
            refused(VALID.toBuilder().put("jti", 1), Reason.MALFORMED_CLAIM);
        }

        @Test
        @Requirement("7523-3-18")
        void ignores_others() {
            accepted(
                    VALID.toBuilder()
                            .put("x", List.of(1L))
                            .put("y", JsonObject.empty())
                            .put("z", true),
                    STRICT);
        }
    }

    @Nested
    @Requirement("D-03")
    class Rfc_7523bis_4_type {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "client-authentication+jwt",
                    "Client-Authentication+JWT",
                    "application/client-authentication+jwt",
                    "APPLICATION/client-authentication+jwt"
                })
        @Requirement("7523b-4-11")
        void is_the_explicit_one_in_any_spelling(String type) {
            check(type, VALID, STRICT);
            check(type, VALID, STRICT.withRequireType(true));
        }

        @Test
        @Requirement({"7523b-4-09", "7523b-4-12"})
        void may_be_absent_or_generic_unless_the_switch_requires_it() {
            check("", VALID, STRICT);
            check("JWT", VALID, STRICT);
            assertThat(refusal("", VALID, STRICT.withRequireType(true)).reason())
                    .isEqualTo(Reason.TYPE);
            assertThat(refusal("JWT", VALID, STRICT.withRequireType(true)).reason())
                    .isEqualTo(Reason.TYPE);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "at+jwt",
                    "dpop+jwt",
                    "oauth-authz-req+jwt",
                    "token-introspection+jwt",
                    "logout+jwt",
                    "authorization-grant+jwt"
                })
        @Requirement("7523b-4-10")
        void is_not_that_of_another_kind(String type) {
            assertThat(refusal(type, VALID, STRICT).reason()).isEqualTo(Reason.TYPE);
        }
    }

    private static void accepted(JsonObject.Builder claims, ClientAssertion.Options options) {
        assertThat(check(ClientAssertion.TYPE, claims.build(), options).subject())
                .contains("reporter");
    }

    private static void refused(JsonObject.Builder claims, Reason reason) {
        assertThat(refusal(ClientAssertion.TYPE, claims.build(), STRICT).reason())
                .isEqualTo(reason);
    }

    private static JwtRejected refusal(String type, JsonObject claims, ClientAssertion.Options options) {
        return assertThatExceptionOfType(JwtRejected.class)
                .isThrownBy(() -> check(type, claims, options))
                .actual();
    }

    private static ValidClaims check(String type, JsonObject claims, ClientAssertion.Options options) {
        ClaimsRules rules = ClientAssertion.rules(CLIENT, ISSUER, options);
        return rules.check(SignedJwt.of(type, claims), NOW);
    }
}
