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

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenValidationTest {

    private final AccessTokenValidator validator = validator().build();

    @Test
    @Requirement("9068-4-04")
    void accepts_a_token_without_a_defect_and_gives_what_it_says() {
        AccessToken token = accepted(validator.validateToken(token(claims().put("roles", List.of("clerk")))));

        assertThat(token.issuer().value()).isEqualTo(ISSUER);
        assertThat(token.subject()).isEqualTo("alice");
        assertThat(token.clientId().value()).isEqualTo("reporter");
        assertThat(token.audience()).containsExactly(AUDIENCE);
        assertThat(token.scope()).hasToString("orders.read orders.write");
        assertThat(token.issuedAt()).isEqualTo(NOW);
        assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(600));
        assertThat(token.jwtId().value()).isEqualTo("a-token");
        assertThat(token.claims().findStrings("roles")).contains(List.of("clerk"));
    }

    @Nested
    @DisplayName("RFC 9068 §2.2: claims")
    class Claims {

        @ParameterizedTest
        @ValueSource(strings = {"iss", "exp", "aud", "sub", "client_id", "iat", "jti"})
        @Requirement({"9068-2.2-09", "9068-4-04", "8725-3.9-02"})
        void refuses_a_token_without_a_required_claim(String name) {
            RefusalReason reason = name.equals("iss") ? RefusalReason.JWT_ISSUER : RefusalReason.JWT_MISSING_CLAIM;

            assertInvalidToken(validator.validateToken(token(claims().remove(name))), reason);
        }

        static Stream<Arguments> wrong_types() {
            return Stream.of(
                    Arguments.of("exp", "1900000000"),
                    Arguments.of("exp", -1L),
                    Arguments.of("exp", new BigDecimal("1e300")),
                    Arguments.of("exp", JsonNull.NULL),
                    Arguments.of("aud", JsonObject.builder().put("a", 1).build()),
                    Arguments.of("aud", 7L),
                    Arguments.of("aud", List.of()),
                    Arguments.of("aud", List.of(AUDIENCE, 7L)),
                    Arguments.of("sub", 7L),
                    Arguments.of("sub", ""),
                    Arguments.of("sub", List.of("alice")),
                    Arguments.of("client_id", 7L),
                    Arguments.of("client_id", ""),
                    Arguments.of("client_id", "tab\there"),
                    Arguments.of("client_id", JsonObject.empty()),
                    Arguments.of("iat", JsonNull.NULL),
                    Arguments.of("iat", "now"),
                    Arguments.of("jti", true),
                    Arguments.of("jti", ""),
                    Arguments.of("jti", "x".repeat(257)),
                    Arguments.of("iss", List.of(ISSUER)),
                    Arguments.of("iss", 7L),
                    Arguments.of("nbf", "soon"),
                    Arguments.of("scope", List.of("orders.read")),
                    Arguments.of("scope", 7L),
                    Arguments.of("scope", "two  spaces"),
                    Arguments.of("scope", "quo\"te"));
        }

        @ParameterizedTest
        @MethodSource("wrong_types")
        @Requirement({"9068-2.2-10", "9068-4-04"})
        void refuses_a_claim_of_another_json_type_or_form(String name, Object value) {
            AccessTokenOutcome outcome = validator.validateToken(token(claims().put(name, value)));

            assertThat(outcome).isInstanceOf(AccessTokenOutcome.Refused.class);
            assertThat(((AccessTokenOutcome.Refused) outcome).status()).isEqualTo(401);
        }

        @Test
        void accepts_a_token_that_says_nothing_of_scope() {
            assertThat(accepted(validator.validateToken(token(claims().remove("scope"))))
                            .scope()
                            .isEmpty())
                    .isTrue();
        }
    }

    @Nested
    @DisplayName("RFC 9068 §4: type")
    class Type {

        @ParameterizedTest
        @ValueSource(strings = {"at+jwt", "AT+JWT", "At+Jwt"})
        @Requirement({"9068-4-05", "8725-3.11-01", "D-09"})
        void accepts_the_type_in_any_letter_case(String type) {
            accepted(validator.validateToken(token(KEY, type, claims())));
        }

        @ParameterizedTest
        @ValueSource(strings = {"application/at+jwt", "Application/AT+jwt"})
        @Requirement("9068-4-05")
        void accepts_the_whole_media_type(String type) {
            accepted(validator.validateToken(signed(KEY, "{\"typ\":\"" + type + "\",\"alg\":\"ES256\"}", claims())));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"typ\":\"JWT\",\"alg\":\"ES256\"}",
                    "{\"alg\":\"ES256\"}",
                    "{\"typ\":\"id_token+jwt\",\"alg\":\"ES256\"}",
                    "{\"typ\":\"at+jwt \",\"alg\":\"ES256\"}",
                    "{\"typ\":\"application/jwt\",\"alg\":\"ES256\"}",
                    "{\"typ\":\"application/application/at+jwt\",\"alg\":\"ES256\"}",
                    "{\"typ\":\"\",\"alg\":\"ES256\"}"
                })
        @Requirement({"9068-4-05", "D-09"})
        void refuses_another_type_or_none(String header) {
            assertInvalidToken(validator.validateToken(signed(KEY, header, claims())), RefusalReason.JWT_TYPE);
        }
    }

    @Nested
    @DisplayName("RFC 9068 §4: issuer and audience")
    class IssuerAndAudience {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://as.example.com/",
                    "https://AS.example.com",
                    "https://as.example.com:443",
                    "http://as.example.com",
                    "https://other.example.com"
                })
        @Requirement("9068-4-08")
        void refuses_an_issuer_that_is_not_the_same_string(String issuer) {
            assertInvalidToken(validator.validateToken(token(claims().put("iss", issuer))), RefusalReason.JWT_ISSUER);
        }

        @Test
        @Requirement({"9068-4-09", "8725-3.9-02", "9700-2.3-02"})
        void accepts_its_identifier_as_audience_alone_or_among_others() {
            accepted(validator.validateToken(token(claims().put("aud", AUDIENCE))));
            accepted(validator.validateToken(token(claims().put("aud", List.of("https://other.example", AUDIENCE)))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://api.example.com/orders/",
                    "https://api.example.com",
                    "https://API.example.com/orders",
                    "https://api.example.com/orders https://other.example"
                })
        @Requirement({"9068-4-09", "8725-3.9-02", "9700-2.3-02"})
        void refuses_an_audience_without_its_identifier(String audience) {
            assertInvalidToken(
                    validator.validateToken(token(claims().put("aud", audience))), RefusalReason.JWT_AUDIENCE);
            assertInvalidToken(
                    validator.validateToken(token(claims().put("aud", List.of(audience)))), RefusalReason.JWT_AUDIENCE);
        }

        @Test
        void accepts_each_of_several_identifiers() {
            AccessTokenValidator both =
                    validator().audience("https://api.example.com/stock").build();

            accepted(both.validateToken(token()));
            accepted(both.validateToken(token(claims().put("aud", "https://api.example.com/stock"))));
        }
    }

    @Nested
    @DisplayName("RFC 9068 §4: signature")
    class Signature {

        @Test
        @Requirement({"9068-2.1-04", "7523-5-01"})
        void accepts_rs256() {
            SigningKey rsa = newKey(JwsAlgorithm.RS256);
            AccessTokenValidator rs256 = AccessTokenValidator.builder()
                    .issuer(ISSUER)
                    .audience(AUDIENCE)
                    .keys(keys(rsa))
                    .clock(Fixture.CLOCK)
                    .build();

            accepted(rs256.validateToken(token(rsa, "at+jwt", claims())));
        }

        @Test
        @Requirement("9068-4-11")
        void refuses_an_algorithm_that_is_not_on_its_list_though_the_key_fits() {
            AccessTokenValidator onlyPs256 =
                    validator().algorithms(Set.of(JwsAlgorithm.PS256)).build();

            assertInvalidToken(onlyPs256.validateToken(token()), RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
            accepted(validator().algorithms(Set.of(JwsAlgorithm.ES256)).build().validateToken(token()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "None", "NONE", "nOnE", "NoNe"})
        @Requirement({"9068-4-12", "8725-3.2-05"})
        void refuses_none_in_every_letter_case(String none) {
            String header = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(("{\"typ\":\"at+jwt\",\"alg\":\"" + none + "\"}").getBytes(StandardCharsets.UTF_8));
            String payload = token().split("\\.")[1];

            assertInvalidToken(
                    validator.validateToken(header + "." + payload + "."), RefusalReason.JWT_ALGORITHM_UNKNOWN);
        }

        @Test
        @Requirement({"9068-4-12", "9068-4-11"})
        void refuses_an_empty_and_a_changed_signature() {
            String token = token();
            String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
            String[] other = token(claims().put("jti", "another")).split("\\.");

            assertInvalidToken(validator.validateToken(unsigned), RefusalReason.JWT_BAD_SIGNATURE);
            assertInvalidToken(validator.validateToken(unsigned + other[2]), RefusalReason.JWT_BAD_SIGNATURE);
        }

        @Test
        @Requirement({"9068-4-13", "8725-3.8-01"})
        void refuses_a_key_that_is_not_the_issuers() {
            assertInvalidToken(
                    validator.validateToken(token(OTHER_KEY, "at+jwt", claims())), RefusalReason.JWT_KEY_UNKNOWN);
        }

        @Test
        @Requirement("9068-4-13")
        void refuses_a_key_that_the_token_brings_along() {
            String header = JsonObject.builder()
                    .put("typ", "at+jwt")
                    .put("alg", "ES256")
                    .put("jku", "https://evil.example/jwks")
                    .put("jwk", OTHER_KEY.verificationKey().toJwk())
                    .build()
                    .toJson();
            String signed =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                            + "." + token().split("\\.")[1];
            String signature = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(OTHER_KEY.sign(signed.getBytes(StandardCharsets.US_ASCII)));

            assertInvalidToken(validator.validateToken(signed + "." + signature), RefusalReason.JWT_BAD_SIGNATURE);
        }

        @Test
        @Requirement("8725-3.1-05")
        void refuses_a_mac_keyed_by_the_public_key() {
            MacKey confused = MacKey.of(KEY.verificationKey().publicKey().getEncoded(), JwsAlgorithm.HS256);

            assertInvalidToken(
                    validator.validateToken(token(confused, "at+jwt", claims())),
                    RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
        }
    }

    @Nested
    @DisplayName("RFC 9068 §4: times")
    class Times {

        @ParameterizedTest
        @ValueSource(longs = {0, 30, 300})
        @Requirement({"9068-4-14", "D-06"})
        void refuses_a_token_from_its_expiry_on_leeway_aside(long leeway) {
            AccessTokenValidator lenient =
                    validator().leeway(Duration.ofSeconds(leeway)).build();
            long edge = NOW.getEpochSecond() - leeway;

            accepted(lenient.validateToken(token(claims().put("exp", edge + 1))));
            assertInvalidToken(lenient.validateToken(token(claims().put("exp", edge))), RefusalReason.JWT_EXPIRED);
            assertInvalidToken(lenient.validateToken(token(claims().put("exp", edge - 1))), RefusalReason.JWT_EXPIRED);
        }

        @Test
        @Requirement({"9068-4-14", "D-06"})
        void has_a_leeway_of_30_seconds_unless_set() {
            accepted(validator.validateToken(token(claims().put("exp", NOW.getEpochSecond() - 29))));
            assertInvalidToken(
                    validator.validateToken(token(claims().put("exp", NOW.getEpochSecond() - 31))),
                    RefusalReason.JWT_EXPIRED);
        }

        @Test
        @Requirement({"9068-4-20", "D-06"})
        void refuses_a_token_from_the_future() {
            long now = NOW.getEpochSecond();

            accepted(validator.validateToken(token(claims().put("nbf", now + 30))));
            accepted(validator.validateToken(token(claims().put("iat", now + 30))));
            assertInvalidToken(
                    validator.validateToken(token(claims().put("nbf", now + 120))), RefusalReason.JWT_NOT_YET_VALID);
            assertInvalidToken(
                    validator.validateToken(token(claims().put("iat", now + 120))), RefusalReason.JWT_ISSUED_IN_FUTURE);
        }

        @Test
        void keeps_a_fraction_of_a_second() {
            AccessToken token =
                    accepted(validator.validateToken(token(claims().put("exp", new BigDecimal("1900000000.25")))));

            assertThat(token.expiresAt()).isEqualTo(Instant.ofEpochSecond(1_900_000_000, 250_000_000));
        }
    }

    @Nested
    @DisplayName("RFC 7800 §3: confirmation")
    class Confirmation {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}",
                    "{\"x5t#S256\":\"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2\"}",
                    "{\"future\":1}",
                    "{}"
                })
        @Requirement("9068-4-21")
        void refuses_a_bound_token_without_its_proof(String confirmation) {
            assertInvalidToken(
                    validator.validateToken(token(claims().put("cnf", JsonObject.parse(confirmation)))),
                    RefusalReason.TOKEN_CONFIRMATION_UNPROVEN);
        }

        @Test
        @Requirement("9068-4-21")
        void refuses_it_the_second_time_too_and_whatever_cnf_is() {
            String token = token(claims().put("cnf", JsonNull.NULL));

            assertInvalidToken(validator.validateToken(token), RefusalReason.TOKEN_CONFIRMATION_UNPROVEN);
            assertInvalidToken(validator.validateToken(token), RefusalReason.TOKEN_CONFIRMATION_UNPROVEN);
        }
    }
}
