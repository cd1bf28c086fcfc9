package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.AUDIENCE;
import static dev.signet.resourceserver.Fixture.ISSUER;
import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.NOW;
import static dev.signet.resourceserver.Fixture.OTHER_KEY;
import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.assertInvalidToken;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.keys;
import static dev.signet.resourceserver.Fixture.newKey;
import static dev.signet.resourceserver.Fixture.signed;
import static dev.signet.resourceserver.Fixture.token;
import static dev.signet.resourceserver.Fixture.validator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 9068 §4: two authorization servers, each with agreements of its own. */
class SeveralIssuersTest {

    private static final String PARTNER = "https://as.partner.example";
    private static final String PARTNER_AUDIENCE = "urn:partner:orders";
    private static final SigningKey PARTNER_KEY = newKey(JwsAlgorithm.RS256);

    private static TrustedIssuer.Builder partner() {
        return TrustedIssuer.builder(PARTNER)
                .audience(PARTNER_AUDIENCE)
                .keys(keys(PARTNER_KEY))
                .algorithms(Set.of(JwsAlgorithm.RS256))
                .leeway(Duration.ZERO);
    }

    private static JsonObject.Builder partnerClaims() {
        return claims().put("iss", PARTNER).put("aud", PARTNER_AUDIENCE);
    }

    private static String partnerToken(JsonObject.Builder claims) {
        return token(PARTNER_KEY, "at+jwt", claims);
    }

    private final AccessTokenValidator both =
            validator().trust(partner().build()).build();

    @Nested
    @DisplayName("RFC 9068 §4: the issuer first, then its agreements only")
    class Apart {

        @Test
        @Requirement("9068-4-19")
        void takes_the_tokens_of_each() {
            assertThat(accepted(both.validateToken(token())).issuer()).hasToString(ISSUER);
            assertThat(accepted(both.validateToken(partnerToken(partnerClaims())))
                            .issuer())
                    .hasToString(PARTNER);
        }

        @Test
        @Requirement({"9068-4-13", "9068-4-19"})
        void refuses_a_token_of_one_that_the_other_signed() {
            SigningKey partnersNew = newKey(JwsAlgorithm.ES256);
            AccessTokenValidator sameAlgorithm = validator()
                    .trust(TrustedIssuer.builder(PARTNER)
                            .audience(PARTNER_AUDIENCE)
                            .keys(keys(partnersNew))
                            .build())
                    .build();

            assertInvalidToken(
                    sameAlgorithm.validateToken(token(partnersNew, "at+jwt", claims())), RefusalReason.JWT_KEY_UNKNOWN);
            assertInvalidToken(
                    sameAlgorithm.validateToken(token(KEY, "at+jwt", partnerClaims())), RefusalReason.JWT_KEY_UNKNOWN);
        }

        @Test
        @Requirement("9068-4-19")
        void refuses_it_even_if_both_call_their_keys_by_the_same_name() {
            SigningKey namedAlike = newKey(JwsAlgorithm.ES256, KEY.keyId());
            AccessTokenValidator alike = validator()
                    .trust(TrustedIssuer.builder(PARTNER)
                            .audience(AUDIENCE)
                            .keys(keys(namedAlike))
                            .build())
                    .build();

            accepted(alike.validateToken(token(namedAlike, "at+jwt", claims().put("iss", PARTNER))));
            assertInvalidToken(
                    alike.validateToken(token(namedAlike, "at+jwt", claims())), RefusalReason.JWT_BAD_SIGNATURE);
            assertInvalidToken(
                    alike.validateToken(token(KEY, "at+jwt", claims().put("iss", PARTNER))),
                    RefusalReason.JWT_BAD_SIGNATURE);
        }

        @Test
        @Requirement("9068-4-19")
        void refuses_the_audience_of_the_other() {
            assertInvalidToken(
                    both.validateToken(token(claims().put("aud", PARTNER_AUDIENCE))), RefusalReason.JWT_AUDIENCE);
            assertInvalidToken(
                    both.validateToken(partnerToken(partnerClaims().put("aud", AUDIENCE))), RefusalReason.JWT_AUDIENCE);
        }

        @Test
        @Requirement({"9068-4-11", "9068-4-19"})
        void refuses_the_algorithm_of_the_other() {
            AccessTokenValidator oneKeyTwoLists = validator()
                    .trust(TrustedIssuer.builder(PARTNER)
                            .audience(AUDIENCE)
                            .keys(keys(KEY))
                            .algorithms(Set.of(JwsAlgorithm.RS256))
                            .build())
                    .build();

            accepted(oneKeyTwoLists.validateToken(token()));
            assertInvalidToken(
                    oneKeyTwoLists.validateToken(token(claims().put("iss", PARTNER))),
                    RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
        }

        @Test
        @Requirement({"9068-4-14", "9068-4-19"})
        void gives_neither_the_leeway_of_the_other() {
            long justPassed = NOW.getEpochSecond() - 1;

            accepted(both.validateToken(token(claims().put("exp", justPassed))));
            assertInvalidToken(
                    both.validateToken(partnerToken(partnerClaims().put("exp", justPassed))),
                    RefusalReason.JWT_EXPIRED);
        }

        @Test
        @Requirement("9068-4-19")
        void refuses_a_third_issuer_and_none() {
            assertInvalidToken(
                    both.validateToken(token(claims().put("iss", "https://as.example.net"))), RefusalReason.JWT_ISSUER);
            assertInvalidToken(both.validateToken(token(claims().remove("iss"))), RefusalReason.JWT_ISSUER);
        }

        @Test
        @Requirement("9068-4-19")
        void remembers_a_token_with_the_keys_of_its_own_issuer() {
            TestClock clock = new TestClock();
            LocalAuthorizationServer first = new LocalAuthorizationServer();
            try (LocalAuthorizationServer second = new LocalAuthorizationServer()) {
                first.publish(keys(KEY));
                second.publish(keys(OTHER_KEY));
                AccessTokenValidator remembering = AccessTokenValidator.builder()
                        .issuer(first.issuer())
                        .audience(AUDIENCE)
                        .trust(TrustedIssuer.builder(second.issuer())
                                .audience(AUDIENCE)
                                .build())
                        .outbound(LocalAuthorizationServer.outbound(first, second))
                        .clock(clock)
                        .build();
                String ofFirst = token(KEY, "at+jwt", claims().put("iss", first.issuer()));
                String ofSecond = token(OTHER_KEY, "at+jwt", claims().put("iss", second.issuer()));
                AccessToken one = accepted(remembering.validateToken(ofFirst));
                AccessToken two = accepted(remembering.validateToken(ofSecond));
                assertThat(accepted(remembering.validateToken(ofFirst))).isSameAs(one);
                assertThat(accepted(remembering.validateToken(ofSecond))).isSameAs(two);

                // The second takes the first's key over and gives up its own; that is no business of the first's
                // tokens.
                second.publish(keys(KEY));
                clock.advance(Duration.ofSeconds(31));
                accepted(remembering.validateToken(token(KEY, "at+jwt", claims().put("iss", second.issuer()))));
                assertInvalidToken(remembering.validateToken(ofSecond), RefusalReason.JWT_KEY_UNKNOWN);
                assertThat(accepted(remembering.validateToken(ofFirst))).isSameAs(one);
                assertThat(first.keyFetches()).isEqualTo(1);
            } finally {
                first.close();
            }
        }
    }

    @Nested
    @DisplayName("RFC 9068 §4: a type from before, by agreement")
    class LegacyTyp {

        private final AccessTokenValidator lenientToPartner =
                validator().trust(partner().allowLegacyTyp().build()).build();

        @Test
        @Requirement("D-09")
        void is_taken_from_the_issuer_it_was_agreed_with() {
            accepted(lenientToPartner.validateToken(token(PARTNER_KEY, "JWT", partnerClaims())));
            accepted(lenientToPartner.validateToken(token(PARTNER_KEY, "at+jwt", partnerClaims())));
            accepted(lenientToPartner.validateToken(signed(PARTNER_KEY, "{\"alg\":\"RS256\"}", partnerClaims())));
        }

        @Test
        @Requirement("D-09")
        void is_told_of_each_token_that_passes_by_it_also_of_one_seen_before() {
            String legacy = token(PARTNER_KEY, "JWT", partnerClaims());
            String strict = token(PARTNER_KEY, "AT+JWT", partnerClaims());
            for (int time = 0; time < 2; time++) {
                assertThat(lenientToPartner.validateToken(legacy))
                        .isInstanceOfSatisfying(
                                Valid.class,
                                valid -> assertThat(valid.usedLegacyTyp()).isTrue());
                assertThat(lenientToPartner.validateToken(strict))
                        .isInstanceOfSatisfying(
                                Valid.class,
                                valid -> assertThat(valid.usedLegacyTyp()).isFalse());
            }
        }

        @Test
        @Requirement({"9068-4-05", "D-09"})
        void is_refused_from_all_others() {
            assertInvalidToken(lenientToPartner.validateToken(token(KEY, "JWT", claims())), RefusalReason.JWT_TYPE);
            assertInvalidToken(
                    lenientToPartner.validateToken(signed(KEY, "{\"alg\":\"ES256\"}", claims())),
                    RefusalReason.JWT_TYPE);
            assertInvalidToken(both.validateToken(token(PARTNER_KEY, "JWT", partnerClaims())), RefusalReason.JWT_TYPE);
        }

        @Test
        @Requirement({"9068-2.2-09", "D-09"})
        void still_asks_for_all_claims() {
            for (String name : List.of("client_id", "jti", "sub", "iat", "exp", "aud")) {
                assertInvalidToken(
                        lenientToPartner.validateToken(
                                token(PARTNER_KEY, "JWT", partnerClaims().remove(name))),
                        RefusalReason.JWT_MISSING_CLAIM);
            }
        }

        @Test
        @Requirement("D-09")
        void is_no_other_type_than_those_two() {
            for (String type : List.of("logout+jwt", "dpop+jwt", "token-introspection+jwt", "secevent+jwt")) {
                assertInvalidToken(
                        lenientToPartner.validateToken(token(PARTNER_KEY, type, partnerClaims())),
                        RefusalReason.JWT_TYPE);
            }
        }

        @Test
        void shows_in_the_name_of_the_validator() {
            assertThat(lenientToPartner.toString()).contains(PARTNER + " (allowLegacyTyp)");
            assertThat(both.toString()).doesNotContain("allow");
        }
    }

    @Nested
    @DisplayName("Set-up")
    class SetUp {

        @Test
        void works_without_an_issuer_of_the_short_form() {
            AccessTokenValidator only = AccessTokenValidator.builder()
                    .trust(partner().build())
                    .clock(Fixture.CLOCK)
                    .build();

            accepted(only.validateToken(partnerToken(partnerClaims())));
        }

        @Test
        void refuses_an_issuer_that_is_trusted_twice() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> validator()
                            .trust(TrustedIssuer.builder(ISSUER)
                                    .audience(AUDIENCE)
                                    .keys(keys(KEY))
                                    .build())
                            .build())
                    .withMessage("access token validator: issuer https://as.example.com is trusted twice");
        }

        @Test
        void refuses_an_agreement_with_nobody() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessTokenValidator.builder()
                            .trust(partner().build())
                            .leeway(Duration.ofSeconds(60))
                            .build())
                    .withMessageContaining("issuer is missing");
        }

        @Test
        @Requirement("9068-4-10")
        void reports_all_that_is_wrong_with_an_issuer_at_once() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TrustedIssuer.builder("http://as.partner.example")
                            .keys(JwkSet.empty())
                            .keys(JwkSet.empty())
                            .algorithms(Set.of())
                            .leeway(Duration.ofSeconds(301))
                            .build())
                    .satisfies(e -> assertThat(e.getMessage())
                            .startsWith("trusted issuer: ")
                            .contains("issuer must use https")
                            .contains("audience is missing")
                            .contains("more than one source of keys")
                            .contains("algorithms must name")
                            .contains("leeway must be 0 to 300 seconds"));
        }

        @Test
        void needs_a_source_of_keys_for_each() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> validator()
                            .trust(TrustedIssuer.builder(PARTNER)
                                    .audience(AUDIENCE)
                                    .build())
                            .build())
                    .withMessage("access token validator: keys or outbound is missing");
        }
    }
}
