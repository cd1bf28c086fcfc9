package dev.signet.jwt;

import static dev.signet.jwt.Rejections.assertRejected;
import static dev.signet.jwt.Tokens.CLAIMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import dev.signet.testkit.Requirement;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is encrypted to us, by an independent library. */
class EncryptedJwtTest {
    private static final DecryptionKey RSA = rsa();
    private static final DecryptionKey EC = ec("ECDH-ES+A256KW");

    private static DecryptionKey rsa() {
        return DecryptionKey.fromJwk(Tokens.RSA_KEY.toPrivateJwk().toBuilder()
                .put("use", "enc")
                .put("alg", "RSA-OAEP-256")
                .put("kid", "rsa")
                .build());
    }

    private static DecryptionKey ec(String algorithm) {
        return DecryptionKey.fromJwk(Tokens.ES256_KEY.toPrivateJwk().toBuilder()
                .put("use", "enc")
                .put("alg", algorithm)
                .put("kid", "ec")
                .build());
    }

    private static String encrypt(JWEHeader header, String plaintext) throws JOSEException {
        boolean rsa = header.getAlgorithm().getName().startsWith("RSA");
        JWEEncrypter encrypter = rsa
                ? new RSAEncrypter(
                        (RSAPublicKey) Tokens.RSA_KEY.verificationKey().publicKey())
                : new ECDHEncrypter(
                        (ECPublicKey) Tokens.ES256_KEY.verificationKey().publicKey());
        JWEObject jwe = new JWEObject(header, new Payload(plaintext));
        jwe.encrypt(encrypter);
        return jwe.serialize();
    }

    private static JWEHeader.Builder header(JWEAlgorithm algorithm) {
        return new JWEHeader.Builder(algorithm, EncryptionMethod.A256GCM).contentType("JWT");
    }

    private static UnverifiedJwt decrypt(String compact) {
        return EncryptedJwt.parse(compact)
                .decrypt(List.of(RSA, EC), DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS);
    }

    private static String withPart(String compact, int part, String value) {
        String[] parts = compact.split("\\.", -1);
        parts[part] = value;
        return String.join(".", parts);
    }

    private static String flipped(String compact, int part) {
        byte[] octets = Base64.getUrlDecoder().decode(compact.split("\\.", -1)[part]);
        octets[octets.length / 2] ^= 1;
        return withPart(compact, part, Tokens.encode(octets));
    }

    /** The compact text with another header, which no tag covers any more. */
    private static String withHeader(String compact, String json) {
        return withPart(compact, 0, Tokens.encode(json));
    }

    static Stream<Arguments> combinations() {
        return DecryptionKey.ALGORITHMS.stream()
                .flatMap(algorithm -> EncryptedJwt.ENCRYPTIONS.stream().map(enc -> Arguments.of(algorithm, enc)));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    @Requirement({"8725-3.3-01", "8725-3.3-02"})
    void a_nested_jwt_is_decrypted_and_then_verified(String algorithm, String encryption) throws JOSEException {
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.parse(algorithm), EncryptionMethod.parse(encryption))
                .contentType("JWT")
                .build();
        String compact = encrypt(header, Tokens.good());
        assertThat(EncryptedJwt.looksEncrypted(compact)).isTrue();
        UnverifiedJwt inner = EncryptedJwt.parse(compact)
                .decrypt(
                        List.of(RSA, ec(algorithm.startsWith("RSA") ? "ECDH-ES" : algorithm)),
                        Set.of(algorithm),
                        Set.of(encryption));
        assertThat(inner.verify(
                                dev.signet.jwt.key.JwkSet.of(List.of(Tokens.ES256_KEY.verificationKey())),
                                Set.of(JwsAlgorithm.ES256))
                        .claims())
                .isEqualTo(JsonObject.parse(CLAIMS));
    }

    @Test
    void a_signed_jwt_does_not_look_encrypted() {
        assertThat(EncryptedJwt.looksEncrypted(Tokens.good())).isFalse();
        assertRejected(Reason.MALFORMED, () -> EncryptedJwt.parse(Tokens.good()));
    }

    @Nested
    class Rfc8725_section_3_3_signature {
        @Test
        @Requirement("8725-3.3-01")
        void a_bad_signature_inside_is_refused() throws JOSEException {
            String compact = encrypt(header(JWEAlgorithm.RSA_OAEP_256).build(), flipped(Tokens.good(), 2));
            UnverifiedJwt inner = decrypt(compact);
            assertRejected(
                    Reason.BAD_SIGNATURE,
                    () -> inner.verify(
                            dev.signet.jwt.key.JwkSet.of(List.of(Tokens.ES256_KEY.verificationKey())),
                            Set.of(JwsAlgorithm.ES256)));
        }

        @ParameterizedTest
        @ValueSource(strings = {CLAIMS, "", "a.b", "not a jwt"})
        @Requirement("8725b-3.3-03")
        void bare_claims_are_refused(String plaintext) throws JOSEException {
            String compact = encrypt(header(JWEAlgorithm.RSA_OAEP_256).build(), plaintext);
            assertRejected(Reason.NOT_SIGNED, () -> decrypt(compact));
        }

        @Test
        @Requirement("8725b-3.3-03")
        void a_jwe_inside_is_refused() throws JOSEException {
            String inner = encrypt(header(JWEAlgorithm.RSA_OAEP_256).build(), Tokens.good());
            String compact = encrypt(header(JWEAlgorithm.ECDH_ES_A256KW).build(), inner);
            assertRejected(Reason.NOT_SIGNED, () -> decrypt(compact));
        }

        @Test
        void an_unsecured_jwt_inside_is_refused() throws JOSEException {
            String compact =
                    encrypt(header(JWEAlgorithm.RSA_OAEP_256).build(), Tokens.encode("{\"alg\":\"none\"}") + ".e30.");
            assertRejected(Reason.ALGORITHM_UNKNOWN, () -> decrypt(compact));
        }

        @Test
        void cty_must_say_that_a_jwt_is_inside() throws JOSEException {
            JWEHeader.Builder header = new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM);
            String absent = encrypt(header.build(), Tokens.good());
            String other = encrypt(header.contentType("json").build(), Tokens.good());
            String lower = encrypt(header.contentType("application/jwt").build(), Tokens.good());
            assertRejected(Reason.NOT_SIGNED, () -> EncryptedJwt.parse(absent));
            assertRejected(Reason.NOT_SIGNED, () -> EncryptedJwt.parse(other));
            assertThat(decrypt(lower)).isNotNull();
        }

        @Test
        @Requirement("8725-3.11-04")
        void the_type_that_counts_is_the_inner_one() throws JOSEException {
            String compact = encrypt(
                    header(JWEAlgorithm.RSA_OAEP_256)
                            .type(new com.nimbusds.jose.JOSEObjectType("at+jwt"))
                            .build(),
                    Tokens.good());
            assertThat(decrypt(compact).type()).isEmpty();
        }
    }

    @Nested
    class Algorithms {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "RSA1_5",
                    "RSA-OAEP",
                    "PBES2-HS256+A128KW",
                    "PBES2-HS512+A256KW",
                    "dir",
                    "A128KW",
                    "A256GCMKW",
                    "ECDH-ES+A192KW",
                    "none",
                    "rsa-oaep-256",
                    ""
                })
        @Requirement({"8725-3.2-06", "8725-3.5-03", "8725b-3.13-01"})
        void others_do_not_exist(String algorithm) throws JOSEException {
            String compact = encrypt(header(JWEAlgorithm.RSA_OAEP_256).build(), Tokens.good());
            String json = "{\"alg\":\"" + algorithm + "\",\"enc\":\"A256GCM\",\"cty\":\"JWT\",\"p2c\":1000000000,"
                    + "\"p2s\":\"AAAA\"}";
            assertRejected(Reason.ALGORITHM_UNKNOWN, () -> decrypt(withHeader(compact, json)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> EncryptedJwt.parse(compact)
                            .decrypt(List.of(RSA), Set.of(algorithm), EncryptedJwt.ENCRYPTIONS));
        }

        @Test
        @Requirement("8725b-3.1-09")
        void those_not_listed_are_refused() throws JOSEException {
            EncryptedJwt jwt =
                    EncryptedJwt.parse(encrypt(header(JWEAlgorithm.RSA_OAEP_256).build(), Tokens.good()));
            List<DecryptionKey> keys = List.of(RSA);
            assertThat(jwt.decrypt(keys, Set.of("RSA-OAEP-256"), Set.of("A256GCM")))
                    .isNotNull();
            assertRejected(
                    Reason.DECRYPTION_FAILED, () -> jwt.decrypt(keys, Set.of("RSA-OAEP-256"), Set.of("A128GCM")));
            assertRejected(Reason.DECRYPTION_FAILED, () -> jwt.decrypt(keys, Set.of("ECDH-ES"), Set.of("A256GCM")));
            assertThatIllegalArgumentException().isThrownBy(() -> jwt.decrypt(keys, Set.of(), Set.of("A256GCM")));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> jwt.decrypt(keys, Set.of("RSA-OAEP-256"), Set.of("A192GCM")));
        }

        @Test
        @Requirement({"8725b-3.6-02", "8725-3.6-01"})
        void compression_is_refused_without_inflating() throws JOSEException {
            String compact = encrypt(
                    header(JWEAlgorithm.RSA_OAEP_256)
                            .compressionAlgorithm(CompressionAlgorithm.DEF)
                            .build(),
                    " ".repeat(10_000_000));
            assertRejected(Reason.COMPRESSED, () -> decrypt(compact));
        }

        @Test
        @Requirement("8725-7515-01")
        void crit_is_refused() throws JOSEException {
            String compact = encrypt(header(JWEAlgorithm.RSA_OAEP_256).build(), Tokens.good());
            assertRejected(
                    Reason.UNKNOWN_CRITICAL,
                    () -> decrypt(withHeader(
                            compact,
                            "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A256GCM\",\"cty\":\"JWT\",\"crit\":[\"exp\"]}")));
        }
    }

    @Nested
    @Requirement("8725-7516-01")
    class Rfc7516_section_11_5_failures {
        private void assertFails(String compact) {
            assertThatThrownBy(() -> decrypt(compact))
                    .isInstanceOf(JwtRejected.class)
                    .hasMessage("DECRYPTION_FAILED: the JWE cannot be decrypted")
                    .hasNoCause();
        }

        @ParameterizedTest
        @ValueSource(strings = {"RSA-OAEP-256", "ECDH-ES+A256KW"})
        void are_all_the_same(String algorithm) throws JOSEException {
            String compact = encrypt(header(JWEAlgorithm.parse(algorithm)).build(), Tokens.good());
            assertThat(decrypt(compact)).isNotNull();
            for (int part = 1; part < 5; part++) {
                assertFails(flipped(compact, part));
                assertFails(withPart(compact, part, ""));
                assertFails(withPart(compact, part, Tokens.encode(new byte[300])));
            }
            String header = new String(Base64.getUrlDecoder().decode(compact.split("\\.")[0]));
            assertFails(withHeader(compact, header.substring(0, header.length() - 1) + ",\"x\":1}"));
        }

        @Test
        void the_wrong_key_is_one_of_them() throws JOSEException {
            String named =
                    encrypt(header(JWEAlgorithm.RSA_OAEP_256).keyID("other").build(), Tokens.good());
            assertFails(named);
            String right =
                    encrypt(header(JWEAlgorithm.RSA_OAEP_256).keyID("rsa").build(), Tokens.good());
            assertThat(decrypt(right)).isNotNull();
            assertRejected(
                    Reason.DECRYPTION_FAILED,
                    () -> EncryptedJwt.parse(right)
                            .decrypt(List.of(EC), DecryptionKey.ALGORITHMS, EncryptedJwt.ENCRYPTIONS));
        }
    }

    @Nested
    @Requirement("8725-3.4-01")
    class Rfc7518_section_4_6_ephemeral_key {
        private final String compact = ecdh();

        private static String ecdh() {
            try {
                return encrypt(header(JWEAlgorithm.ECDH_ES_A256KW).build(), Tokens.good());
            } catch (JOSEException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private String withEphemeralKey(String epk) {
            return withHeader(compact, "{\"alg\":\"ECDH-ES+A256KW\",\"enc\":\"A256GCM\",\"cty\":\"JWT\"" + epk + "}");
        }

        @Test
        void off_the_curve_at_infinity_of_another_curve_or_none_is_refused() {
            String x = Tokens.ES256_KEY.verificationKey().toJwk().requireString("x");
            String zero = Tokens.encode(new byte[32]);
            JsonObject p384 =
                    Tokens.generate(JwsAlgorithm.ES384).verificationKey().toJwk();
            for (String epk : List.of(
                    "",
                    ",\"epk\":17",
                    ",\"epk\":{}",
                    ",\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\",\"y\":\"" + x + "\"}",
                    ",\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + zero + "\",\"y\":\"" + zero + "\"}",
                    ",\"epk\":" + p384.toJson(),
                    ",\"epk\":{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + zero + "\"}")) {
                assertRejected(Reason.DECRYPTION_FAILED, () -> decrypt(withEphemeralKey(epk)));
            }
        }

        @Test
        @Requirement("8725-3.4-03")
        void x25519_is_not_offered_so_that_no_low_order_point_can_be() {
            assertThatThrownBy(() -> DecryptionKey.fromJwk(JsonObject.builder()
                            .put("kty", "OKP")
                            .put("crv", "X25519")
                            .put("alg", "ECDH-ES")
                            .put("x", Tokens.encode(new byte[32]))
                            .put("d", Tokens.encode(new byte[32]))
                            .build()))
                    .isInstanceOf(KeyException.class);
        }
    }

    @Nested
    class Keys {
        @Test
        void are_private_for_encryption_and_of_one_algorithm() {
            JsonObject good = Tokens.RSA_KEY.toPrivateJwk().toBuilder()
                    .put("use", "enc")
                    .put("alg", "RSA-OAEP-256")
                    .build();
            assertThat(DecryptionKey.fromJwk(good).algorithm()).isEqualTo("RSA-OAEP-256");
            for (JsonObject refused : List.of(
                    good.toBuilder().put("use", "sig").build(),
                    good.toBuilder().put("alg", "RSA1_5").build(),
                    good.toBuilder().put("alg", "ECDH-ES").build(),
                    good.toBuilder().put("alg", "RS256").build(),
                    good.toBuilder().remove("alg").build(),
                    good.toBuilder().remove("d").build(),
                    Tokens.ES256_KEY.toPrivateJwk().toBuilder()
                            .put("use", "enc")
                            .put("alg", "RSA-OAEP-256")
                            .build())) {
                assertThatThrownBy(() -> DecryptionKey.fromJwk(refused)).isInstanceOf(KeyException.class);
            }
        }

        @Test
        void are_published_without_their_private_members() {
            assertThat(RSA.toJwk().names()).doesNotContain("d", "p", "q").contains("kid", "alg", "use");
            assertThat(RSA.toJwk().findString("use")).contains("enc");
            assertThat(RSA.toString()).isEqualTo("DecryptionKey[kid=rsa, alg=RSA-OAEP-256]");
            assertThat(Arrays.asList(RSA.keyId(), EC.keyId())).containsExactly("rsa", "ec");
        }
    }
}
