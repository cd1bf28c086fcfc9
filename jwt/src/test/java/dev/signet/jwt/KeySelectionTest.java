package dev.signet.jwt;

import static dev.signet.jwt.Rejections.assertRejected;
import static dev.signet.jwt.Tokens.CLAIMS;
import static dev.signet.jwt.Tokens.ED25519_KEY;
import static dev.signet.jwt.Tokens.ES256_KEY;
import static dev.signet.jwt.Tokens.RSA_KEY;
import static dev.signet.jwt.Tokens.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySelectionTest {
    private static final Set<JwsAlgorithm> EVERY_SIGNATURE =
            EnumSet.complementOf(EnumSet.of(JwsAlgorithm.HS256, JwsAlgorithm.HS384, JwsAlgorithm.HS512));

    private static JwkSet keys(JsonObject... jwks) {
        return JwkSet.fromJson(
                JsonObject.builder().put("keys", Arrays.asList(jwks)).build(), CryptoProvider.jdk());
    }

    private static JsonObject jwk(SigningKey key) {
        return key.verificationKey().toJwk();
    }

    private static JsonObject withoutKeyId(SigningKey key) {
        return jwk(key).toBuilder().remove("kid").build();
    }

    private static String token(SigningKey key, String headerMembers) {
        return sign(key, "{\"alg\":\"" + key.algorithm().joseName() + "\"" + headerMembers + "}", CLAIMS);
    }

    private static String tokenWithKeyId(SigningKey key) {
        return token(key, ",\"kid\":\"" + key.keyId() + "\"");
    }

    private static VerifiedJwt verify(String token, JwkSet keys) {
        return UnverifiedJwt.parse(token).verify(keys, JwsAlgorithm.DEFAULT_ACCEPTED);
    }

    @Nested
    class Rfc8725_section_3_1_algorithms {
        @Test
        @Requirement("8725-3.1-01")
        void there_is_no_verification_without_a_list_of_algorithms() {
            UnverifiedJwt jwt = UnverifiedJwt.parse(tokenWithKeyId(ES256_KEY));
            JwkSet keys = keys(jwk(ES256_KEY));
            assertThat(jwt.verify(keys, Set.of(JwsAlgorithm.ES256)).algorithm()).isEqualTo(JwsAlgorithm.ES256);
            assertThatIllegalArgumentException().isThrownBy(() -> jwt.verify(keys, Set.of()));
            assertThat(Arrays.stream(UnverifiedJwt.class.getMethods())
                            .filter(method -> method.getReturnType() == VerifiedJwt.class))
                    .allSatisfy(method -> assertThat(method.getParameterCount()).isPositive());
        }

        @ParameterizedTest
        @EnumSource(names = {"HS256", "HS384", "HS512"})
        void macs_are_never_accepted_from_a_key_set(JwsAlgorithm mac) {
            UnverifiedJwt jwt = UnverifiedJwt.parse(tokenWithKeyId(ES256_KEY));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> jwt.verify(keys(jwk(ES256_KEY)), Set.of(JwsAlgorithm.ES256, mac)));
        }

        @Test
        @Requirement({"8725-3.1-02", "8725-3.2-03", "8725b-3.1-06"})
        void an_algorithm_outside_the_list_is_refused_though_the_signature_is_good() {
            UnverifiedJwt jwt = UnverifiedJwt.parse(tokenWithKeyId(ES256_KEY));
            JwkSet keys = keys(jwk(ES256_KEY));
            assertThat(jwt.verify(keys, Set.of(JwsAlgorithm.ES256))).isNotNull();
            assertRejected(Reason.ALGORITHM_NOT_ALLOWED, () -> jwt.verify(keys, Set.of(JwsAlgorithm.PS256)));
        }

        @Test
        @Requirement("8725-3.1-02")
        void that_is_said_before_any_key_is_looked_at() {
            assertRejected(
                    Reason.ALGORITHM_NOT_ALLOWED,
                    () -> UnverifiedJwt.parse(tokenWithKeyId(ES256_KEY))
                            .verify(JwkSet.empty(), Set.of(JwsAlgorithm.PS256)));
        }

        @Test
        @Requirement({"8725-3.1-04", "8725-3.1-03"})
        void a_key_is_used_with_its_one_algorithm_only() {
            SigningKey ps256 = Tokens.rsa(JwsAlgorithm.PS256);
            SigningKey rs256 = Tokens.rsa(JwsAlgorithm.RS256);
            assertThat(verify(tokenWithKeyId(ps256), keys(jwk(ps256)))).isNotNull();
            assertRejected(Reason.KEY_MISMATCH, () -> verify(tokenWithKeyId(rs256), keys(jwk(ps256))));
            assertRejected(Reason.KEY_MISMATCH, () -> verify(tokenWithKeyId(ps256), keys(jwk(rs256))));
        }

        @Test
        @Requirement("8725b-3.1-07")
        void kid_of_a_key_for_another_algorithm_is_refused() {
            JwkSet keys = keys(jwk(ES256_KEY), jwk(ED25519_KEY));
            String crossed = token(ED25519_KEY, ",\"kid\":\"" + ES256_KEY.keyId() + "\"");
            assertThat(verify(tokenWithKeyId(ED25519_KEY), keys)).isNotNull();
            assertRejected(Reason.KEY_MISMATCH, () -> verify(crossed, keys));
        }

        @Test
        @Requirement("8725-3.1-05")
        void a_key_of_another_curve_is_refused() {
            SigningKey p384 = Tokens.generate(JwsAlgorithm.ES384);
            String token = sign(p384, "{\"alg\":\"ES256\",\"kid\":\"" + p384.keyId() + "\"}", CLAIMS);
            assertRejected(
                    Reason.KEY_MISMATCH, () -> UnverifiedJwt.parse(token).verify(keys(jwk(p384)), EVERY_SIGNATURE));
            assertRejected(
                    Reason.KEY_UNKNOWN,
                    () -> UnverifiedJwt.parse(sign(p384, "{\"alg\":\"ES256\"}", CLAIMS))
                            .verify(keys(jwk(p384)), EVERY_SIGNATURE));
        }

        static Stream<byte[]> public_key_bytes() {
            byte[] der = RSA_KEY.verificationKey().publicKey().getEncoded();
            String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n";
            String modulus = jwk(RSA_KEY).requireString("n");
            return Stream.of(
                    der,
                    pem.getBytes(StandardCharsets.US_ASCII),
                    pem.strip().getBytes(StandardCharsets.US_ASCII),
                    jwk(RSA_KEY).toBytes(),
                    modulus.getBytes(StandardCharsets.US_ASCII),
                    Base64.getUrlDecoder().decode(modulus));
        }

        @ParameterizedTest
        @MethodSource("public_key_bytes")
        @Requirement("8725-3.1-05")
        void a_mac_keyed_by_a_public_key_is_refused(byte[] publicKeyBytes) {
            MacKey forged = MacKey.of(publicKeyBytes, JwsAlgorithm.HS256);
            String token = sign(forged, "{\"alg\":\"HS256\",\"kid\":\"" + RSA_KEY.keyId() + "\"}", CLAIMS);
            assertRejected(
                    Reason.ALGORITHM_NOT_ALLOWED,
                    () -> UnverifiedJwt.parse(token).verify(keys(jwk(RSA_KEY)), EVERY_SIGNATURE));
        }

        @Test
        @Requirement("8725b-3.2-08")
        void the_two_names_of_ed25519_are_one_operation_but_each_must_be_listed() {
            String specified = tokenWithKeyId(ED25519_KEY);
            String polymorphic =
                    sign(ED25519_KEY, "{\"alg\":\"EdDSA\",\"kid\":\"" + ED25519_KEY.keyId() + "\"}", CLAIMS);
            JwkSet keys = keys(jwk(ED25519_KEY));
            assertThat(verify(specified, keys).algorithm()).isEqualTo(JwsAlgorithm.Ed25519);
            assertThat(verify(polymorphic, keys).algorithm()).isEqualTo(JwsAlgorithm.EdDSA);
            assertRejected(
                    Reason.ALGORITHM_NOT_ALLOWED,
                    () -> UnverifiedJwt.parse(polymorphic).verify(keys, Set.of(JwsAlgorithm.Ed25519)));
        }

        @Test
        @Requirement({"8725-3.2-01", "D-41"})
        void what_is_accepted_by_default_is_sound() {
            assertThat(JwsAlgorithm.DEFAULT_ACCEPTED)
                    .containsExactly(
                            JwsAlgorithm.ES256,
                            JwsAlgorithm.PS256,
                            JwsAlgorithm.Ed25519,
                            JwsAlgorithm.EdDSA,
                            JwsAlgorithm.RS256);
            assertThat(JwsAlgorithm.values()).extracting(Enum::name).doesNotContain("none", "RS1", "ES256K");
        }
    }

    @Nested
    @Requirement("D-49")
    class Kid {
        @Test
        void finds_the_key_among_others_of_its_kind() {
            SigningKey other = Tokens.generate(JwsAlgorithm.ES256);
            JwkSet keys = keys(jwk(other), jwk(ES256_KEY));
            assertThat(verify(tokenWithKeyId(ES256_KEY), keys).key()).contains(ES256_KEY.verificationKey());
            String wrong = token(ES256_KEY, ",\"kid\":\"" + other.keyId() + "\"");
            assertRejected(Reason.BAD_SIGNATURE, () -> verify(wrong, keys));
        }

        @Test
        void unknown_is_refused_though_another_key_would_fit() {
            assertRejected(Reason.KEY_UNKNOWN, () -> verify(token(ES256_KEY, ",\"kid\":\"x\""), keys(jwk(ES256_KEY))));
            assertRejected(
                    Reason.KEY_UNKNOWN,
                    () -> verify(token(ES256_KEY, ",\"kid\":\"x\""), keys(withoutKeyId(ES256_KEY))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "../../etc/passwd",
                    "' OR '1'='1",
                    "*)(uid=*",
                    "\\u0000",
                    "\\r\\nX: y",
                    "{\\\"a\\\":1}",
                    "💥"
                })
        @Requirement("8725-3.10-01")
        void is_a_name_to_compare_and_nothing_else(String hostile) {
            assertRejected(
                    Reason.KEY_UNKNOWN,
                    () -> verify(token(ES256_KEY, ",\"kid\":\"" + hostile + "\""), keys(jwk(ES256_KEY))));
        }

        @Test
        @Requirement("8725-3.10-01")
        void may_be_long_without_harm() {
            assertRejected(
                    Reason.KEY_UNKNOWN,
                    () -> verify(token(ES256_KEY, ",\"kid\":\"" + "k".repeat(10_240) + "\""), keys(jwk(ES256_KEY))));
        }

        @Test
        void absent_is_accepted_if_exactly_one_key_fits() {
            SigningKey other = Tokens.generate(JwsAlgorithm.ES256);
            JwkSet one = keys(jwk(RSA_KEY), jwk(ES256_KEY), jwk(ED25519_KEY));
            assertThat(verify(token(ES256_KEY, ""), one).key()).contains(ES256_KEY.verificationKey());
            assertRejected(Reason.KEY_AMBIGUOUS, () -> verify(token(ES256_KEY, ""), keys(jwk(other), jwk(ES256_KEY))));
            assertRejected(Reason.KEY_UNKNOWN, () -> verify(token(ES256_KEY, ""), keys(jwk(RSA_KEY))));
            assertRejected(Reason.KEY_UNKNOWN, () -> verify(token(ES256_KEY, ""), JwkSet.empty()));
        }

        @Test
        @Requirement("D-49")
        void absent_lets_up_to_five_keys_be_tried_for_who_asks_for_that() {
            List<JsonObject> others = Stream.generate(() -> jwk(Tokens.generate(JwsAlgorithm.ES256)))
                    .limit(5)
                    .toList();
            JwkSet five =
                    keys(jwk(RSA_KEY), others.get(0), others.get(1), others.get(2), others.get(3), jwk(ES256_KEY));
            UnverifiedJwt unnamed = UnverifiedJwt.parse(token(ES256_KEY, ""));
            assertRejected(Reason.KEY_AMBIGUOUS, () -> unnamed.verify(five, JwsAlgorithm.DEFAULT_ACCEPTED));
            UnverifiedJwt trying = unnamed.tryingAllKeys();
            assertThat(trying.verify(five, JwsAlgorithm.DEFAULT_ACCEPTED).key()).contains(ES256_KEY.verificationKey());
            JwkSet six =
                    keys(others.get(0), others.get(1), others.get(2), others.get(3), others.get(4), jwk(ES256_KEY));
            assertRejected(Reason.KEY_AMBIGUOUS, () -> trying.verify(six, JwsAlgorithm.DEFAULT_ACCEPTED));
            JwkSet strangers = keys(others.get(0), others.get(1));
            assertRejected(Reason.BAD_SIGNATURE, () -> trying.verify(strangers, JwsAlgorithm.DEFAULT_ACCEPTED));
            assertRejected(Reason.KEY_UNKNOWN, () -> trying.verify(keys(jwk(RSA_KEY)), JwsAlgorithm.DEFAULT_ACCEPTED));
            assertRejected(Reason.ALGORITHM_NOT_ALLOWED, () -> trying.verify(five, Set.of(JwsAlgorithm.PS256)));
        }

        @Test
        @Requirement("D-49")
        void that_is_there_is_gone_by_even_for_who_tries_keys() {
            SigningKey other = Tokens.generate(JwsAlgorithm.ES256);
            JwkSet keys = keys(jwk(other), jwk(ES256_KEY));
            UnverifiedJwt wrong = UnverifiedJwt.parse(token(ES256_KEY, ",\"kid\":\"" + other.keyId() + "\""));
            assertRejected(
                    Reason.BAD_SIGNATURE, () -> wrong.tryingAllKeys().verify(keys, JwsAlgorithm.DEFAULT_ACCEPTED));
            UnverifiedJwt right = UnverifiedJwt.parse(tokenWithKeyId(ES256_KEY));
            assertThat(right.tryingAllKeys().verify(keys, JwsAlgorithm.DEFAULT_ACCEPTED))
                    .isNotNull();
        }

        @Test
        void twice_in_a_set_is_narrowed_by_kind_of_key() {
            JsonObject es256 = jwk(ES256_KEY).toBuilder().put("kid", "1").build();
            JsonObject ed25519 = jwk(ED25519_KEY).toBuilder().put("kid", "1").build();
            JsonObject other = jwk(Tokens.generate(JwsAlgorithm.ES256)).toBuilder()
                    .put("kid", "1")
                    .build();
            String token = token(ES256_KEY, ",\"kid\":\"1\"");
            assertThat(verify(token, keys(es256, ed25519))).isNotNull();
            assertRejected(Reason.KEY_AMBIGUOUS, () -> verify(token, keys(es256, ed25519, other)));
        }

        @Test
        void twice_in_a_set_is_narrowed_by_alg_and_use() {
            JsonObject rs256 = jwk(RSA_KEY).toBuilder().put("kid", "1").build();
            JsonObject ps256 = jwk(Tokens.generate(JwsAlgorithm.PS256)).toBuilder()
                    .put("kid", "1")
                    .build();
            JsonObject encrypting = jwk(Tokens.generate(JwsAlgorithm.RS256)).toBuilder()
                    .put("kid", "1")
                    .put("use", "enc")
                    .build();
            assertThat(verify(token(RSA_KEY, ",\"kid\":\"1\""), keys(ps256, rs256, encrypting)))
                    .isNotNull();
        }
    }

    @Nested
    @Requirement("8725-3.1-04")
    class An_rsa_key_without_alg {
        private final JsonObject unpinned =
                jwk(RSA_KEY).toBuilder().remove("alg").build();

        private VerifiedJwt verifyUnpinned(Set<JwsAlgorithm> allowed) {
            return UnverifiedJwt.parse(tokenWithKeyId(RSA_KEY)).verify(keys(unpinned), allowed);
        }

        @Test
        void is_usable_where_one_rsa_algorithm_is_accepted() {
            assertThat(verifyUnpinned(Set.of(JwsAlgorithm.RS256))).isNotNull();
            assertThat(verifyUnpinned(Set.of(JwsAlgorithm.RS256, JwsAlgorithm.ES256, JwsAlgorithm.Ed25519)))
                    .isNotNull();
            SigningKey ps512 = Tokens.rsa(JwsAlgorithm.PS512);
            assertThat(UnverifiedJwt.parse(tokenWithKeyId(ps512)).verify(keys(unpinned), Set.of(JwsAlgorithm.PS512)))
                    .isNotNull();
        }

        @Test
        void is_refused_where_several_are_accepted() {
            assertRejected(Reason.KEY_NOT_PINNED, () -> verifyUnpinned(Set.of(JwsAlgorithm.RS256, JwsAlgorithm.PS256)));
            assertRejected(Reason.KEY_NOT_PINNED, () -> verifyUnpinned(JwsAlgorithm.DEFAULT_ACCEPTED));
        }

        @Test
        void never_serves_another_kind_of_algorithm() {
            VerificationKey key = VerificationKey.fromJwk(unpinned, CryptoProvider.jdk());
            assertThat(key.permits(JwsAlgorithm.ES256)).isFalse();
            assertThat(key.permits(JwsAlgorithm.HS256)).isFalse();
            assertThat(key.algorithm()).isEmpty();
        }
    }

    @Nested
    @Requirement({"8725-3.10-02", "8725-3.3-02"})
    class Keys_in_the_header {
        private final SigningKey attacker = Tokens.generate(JwsAlgorithm.ES256);

        @Test
        void are_not_read() {
            String jwk = jwk(attacker).toJson();
            for (String member : List.of(
                    ",\"jwk\":" + jwk,
                    ",\"jku\":\"http://127.0.0.1:1/keys\"",
                    ",\"x5u\":\"http://127.0.0.1:1/certificate\"",
                    ",\"x5c\":[\"AAAA\"]",
                    ",\"jwk\":17,\"jku\":{},\"x5c\":null")) {
                String forged = token(attacker, member);
                assertRejected(Reason.BAD_SIGNATURE, () -> verify(forged, keys(withoutKeyId(ES256_KEY))));
                String honest = token(ES256_KEY, member);
                assertThat(verify(honest, keys(withoutKeyId(ES256_KEY)))).isNotNull();
            }
        }
    }

    @Nested
    class Macs {
        private final MacKey old = MacKey.ofSecret("o".repeat(32), JwsAlgorithm.HS256);
        private final MacKey fresh = MacKey.ofSecret("f".repeat(64), JwsAlgorithm.HS256);

        @Test
        void are_checked_with_each_secret_of_the_algorithm() {
            String token = sign(old, "{\"alg\":\"HS256\"}", CLAIMS);
            assertThat(UnverifiedJwt.parse(token).verify(List.of(fresh, old)).key())
                    .isEmpty();
            assertRejected(
                    Reason.BAD_SIGNATURE, () -> UnverifiedJwt.parse(token).verify(List.of(fresh)));
        }

        @Test
        @Requirement({"8725-3.1-02", "8725-3.1-05"})
        void are_refused_under_another_algorithm() {
            String token = sign(fresh, "{\"alg\":\"HS512\"}", CLAIMS);
            assertRejected(
                    Reason.ALGORITHM_NOT_ALLOWED,
                    () -> UnverifiedJwt.parse(token).verify(List.of(fresh)));
            assertRejected(
                    Reason.ALGORITHM_NOT_ALLOWED,
                    () -> UnverifiedJwt.parse(token).verify(List.of()));
            assertRejected(
                    Reason.ALGORITHM_NOT_ALLOWED,
                    () -> UnverifiedJwt.parse(tokenWithKeyId(ES256_KEY)).verify(List.of(fresh)));
        }

        @Test
        void are_refused_when_truncated_or_extended() {
            String token = sign(old, "{\"alg\":\"HS256\"}", CLAIMS);
            byte[] mac = Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
            String input = token.substring(0, token.lastIndexOf('.') + 1);
            for (int length : new int[] {0, 1, 16, 31, 33, 64}) {
                String changed = input + Tokens.encode(Arrays.copyOf(mac, length));
                assertRejected(
                        Reason.BAD_SIGNATURE, () -> UnverifiedJwt.parse(changed).verify(List.of(old)));
            }
        }
    }
}
