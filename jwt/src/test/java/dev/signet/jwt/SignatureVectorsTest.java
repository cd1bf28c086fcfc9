package dev.signet.jwt;

import static dev.signet.jwt.Rejections.assertRejected;
import static dev.signet.jwt.Tokens.CLAIMS;
import static dev.signet.jwt.Tokens.ED25519_KEY;
import static dev.signet.jwt.Tokens.RSA_KEY;
import static dev.signet.jwt.Tokens.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.internal.Curve;
import dev.signet.jwt.internal.EcdsaSignature;
import dev.signet.jwt.internal.UnsignedOctets;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as attackers make them: wrong ranges, lengths, encodings and parameters around a good one. */
class SignatureVectorsTest {
    private static String input(String algorithm) {
        return encode("{\"alg\":\"" + algorithm + "\"}") + "." + encode(CLAIMS);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void assertRefused(SigningKey key, String input, byte[] signature) {
        assertRejected(
                Reason.BAD_SIGNATURE, () -> Tokens.verify(input + "." + encode(signature), key, key.algorithm()));
    }

    private static void assertAccepted(SigningKey key, String input, byte[] signature) {
        assertThat(Tokens.verify(input + "." + encode(signature), key, key.algorithm()))
                .isNotNull();
    }

    @Nested
    @Requirement("8725-3.4-04")
    class Rfc7518_section_3_4_ecdsa {
        static Stream<Arguments> curves() {
            return Stream.of(
                    Arguments.of(Tokens.ES256_KEY, Curve.P256),
                    Arguments.of(Tokens.generate(JwsAlgorithm.ES384), Curve.P384),
                    Arguments.of(Tokens.generate(JwsAlgorithm.ES512), Curve.P521));
        }

        private static byte[] join(BigInteger r, BigInteger s, int length) {
            byte[] signature = Arrays.copyOf(UnsignedOctets.of(r, length), 2 * length);
            System.arraycopy(UnsignedOctets.of(s, length), 0, signature, length, length);
            return signature;
        }

        @ParameterizedTest
        @MethodSource("curves")
        void r_and_s_out_of_range_are_refused(SigningKey key, Curve curve) {
            String input = input(key.algorithm().joseName());
            int length = curve.coordinateLength();
            byte[] good = key.sign(ascii(input));
            assertAccepted(key, input, good);
            BigInteger n = curve.order();
            BigInteger most = BigInteger.ONE.shiftLeft(8 * length).subtract(BigInteger.ONE);
            BigInteger r = new BigInteger(1, Arrays.copyOf(good, length));
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, length, 2 * length));
            for (BigInteger bad : new BigInteger[] {BigInteger.ZERO, n, n.add(BigInteger.ONE), most}) {
                assertRefused(key, input, join(bad, s, length));
                assertRefused(key, input, join(r, bad, length));
                assertRefused(key, input, join(bad, bad, length));
            }
            for (BigInteger inRange : new BigInteger[] {BigInteger.ONE, n.subtract(BigInteger.ONE)}) {
                assertRefused(key, input, join(inRange, s, length));
                assertRefused(key, input, join(r, inRange, length));
            }
        }

        @ParameterizedTest
        @MethodSource("curves")
        void the_range_is_checked_before_any_provider_is_asked(SigningKey key, Curve curve) {
            byte[] order = UnsignedOctets.of(curve.order(), curve.coordinateLength());
            BigInteger below = curve.order().subtract(BigInteger.ONE);
            int length = curve.coordinateLength();
            assertThat(EcdsaSignature.isInRange(join(below, below, length), order))
                    .isTrue();
            assertThat(EcdsaSignature.isInRange(join(BigInteger.ONE, BigInteger.ONE, length), order))
                    .isTrue();
            assertThat(EcdsaSignature.isInRange(join(curve.order(), BigInteger.ONE, length), order))
                    .isFalse();
            assertThat(EcdsaSignature.isInRange(join(BigInteger.ONE, BigInteger.ZERO, length), order))
                    .isFalse();
        }

        @ParameterizedTest
        @MethodSource("curves")
        void s_in_the_upper_half_is_as_good(SigningKey key, Curve curve) {
            // JWS has no rule against it: both are signatures.
            String input = input(key.algorithm().joseName());
            int length = curve.coordinateLength();
            byte[] good = key.sign(ascii(input));
            BigInteger r = new BigInteger(1, Arrays.copyOf(good, length));
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(good, length, 2 * length));
            assertAccepted(key, input, join(r, curve.order().subtract(s), length));
        }

        @ParameterizedTest
        @MethodSource("curves")
        void der_is_refused(SigningKey key, Curve curve) {
            String input = input(key.algorithm().joseName());
            assertRefused(key, input, EcdsaSignature.toDer(key.sign(ascii(input))));
        }

        @ParameterizedTest
        @MethodSource("curves")
        void another_length_is_refused(SigningKey key, Curve curve) {
            String input = input(key.algorithm().joseName());
            byte[] good = key.sign(ascii(input));
            for (int length : new int[] {0, 1, good.length / 2, good.length - 1, good.length + 1, 2 * good.length}) {
                assertRefused(key, input, Arrays.copyOf(good, length));
            }
            byte[] padded = new byte[good.length + 2];
            System.arraycopy(good, 0, padded, 1, good.length / 2);
            System.arraycopy(good, good.length / 2, padded, good.length / 2 + 2, good.length / 2);
            assertRefused(key, input, padded);
        }

        @Test
        @Requirement("8725-3.1-03")
        void a_signature_with_another_hash_is_refused() throws GeneralSecurityException {
            JsonObject jwk = Tokens.ES256_KEY.toPrivateJwk();
            Signature signer = Signature.getInstance("SHA384withECDSAinP1363Format");
            BigInteger scalar = new BigInteger(1, Base64.getUrlDecoder().decode(jwk.requireString("d")));
            signer.initSign(KeyFactory.getInstance("EC")
                    .generatePrivate(new java.security.spec.ECPrivateKeySpec(scalar, Curve.P256.parameters())));
            signer.update(ascii(input("ES256")));
            assertRefused(Tokens.ES256_KEY, input("ES256"), signer.sign());
        }
    }

    @Nested
    class Rfc7518_section_3_3_and_3_5_rsa {
        private final PrivateKey key = privateKey();

        private static PrivateKey privateKey() {
            try {
                JsonObject jwk = RSA_KEY.toPrivateJwk();
                BigInteger n = new BigInteger(1, Base64.getUrlDecoder().decode(jwk.requireString("n")));
                BigInteger d = new BigInteger(1, Base64.getUrlDecoder().decode(jwk.requireString("d")));
                return KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateKeySpec(n, d));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        private byte[] pss(String hash, MGF1ParameterSpec mgf, int salt, String input) throws GeneralSecurityException {
            Signature signer = Signature.getInstance("RSASSA-PSS");
            signer.setParameter(new PSSParameterSpec(hash, "MGF1", mgf, salt, 1));
            signer.initSign(key);
            signer.update(ascii(input));
            return signer.sign();
        }

        private byte[] pkcs1(String name, String input) throws GeneralSecurityException {
            Signature signer = Signature.getInstance(name);
            signer.initSign(key);
            signer.update(ascii(input));
            return signer.sign();
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 20, 31, 33, 222})
        void pss_with_another_salt_length_is_refused(int salt) throws GeneralSecurityException {
            SigningKey ps256 = Tokens.rsa(JwsAlgorithm.PS256);
            String input = input("PS256");
            assertAccepted(ps256, input, pss("SHA-256", MGF1ParameterSpec.SHA256, 32, input));
            assertRefused(ps256, input, pss("SHA-256", MGF1ParameterSpec.SHA256, salt, input));
        }

        @Test
        void pss_with_another_hash_or_mask_is_refused() throws GeneralSecurityException {
            SigningKey ps256 = Tokens.rsa(JwsAlgorithm.PS256);
            String input = input("PS256");
            assertRefused(ps256, input, pss("SHA-256", MGF1ParameterSpec.SHA1, 32, input));
            assertRefused(ps256, input, pss("SHA-384", MGF1ParameterSpec.SHA384, 48, input));
            assertRefused(ps256, input, pss("SHA-1", MGF1ParameterSpec.SHA1, 20, input));
        }

        @Test
        @Requirement("8725-3.1-03")
        void pss_is_no_pkcs1_and_the_reverse() throws GeneralSecurityException {
            String pkcs1 = input("RS256");
            String pss = input("PS256");
            assertAccepted(Tokens.rsa(JwsAlgorithm.RS256), pkcs1, pkcs1("SHA256withRSA", pkcs1));
            assertRefused(Tokens.rsa(JwsAlgorithm.RS256), pkcs1, pss("SHA-256", MGF1ParameterSpec.SHA256, 32, pkcs1));
            assertRefused(Tokens.rsa(JwsAlgorithm.PS256), pss, pkcs1("SHA256withRSA", pss));
        }

        @ParameterizedTest
        @ValueSource(strings = {"SHA1withRSA", "MD5withRSA", "SHA384withRSA", "SHA512withRSA", "NONEwithRSA"})
        @Requirement("8725-3.1-03")
        void pkcs1_with_another_hash_is_refused(String name) throws GeneralSecurityException {
            String input = input("RS256");
            byte[] signature = name.startsWith("NONE") ? pkcs1("SHA256withRSA", input + "x") : pkcs1(name, input);
            assertRefused(Tokens.rsa(JwsAlgorithm.RS256), input, signature);
        }

        @Test
        void another_length_or_number_is_refused() {
            String input = input("RS256");
            byte[] good = RSA_KEY.sign(ascii(input));
            assertAccepted(RSA_KEY, input, good);
            for (int length : new int[] {0, 1, 255, 257, 512}) {
                assertRefused(RSA_KEY, input, Arrays.copyOf(good, length));
            }
            byte[] leadingZero = new byte[257];
            System.arraycopy(good, 0, leadingZero, 1, 256);
            assertRefused(RSA_KEY, input, leadingZero);
            byte[] modulus = Base64.getUrlDecoder()
                    .decode(RSA_KEY.verificationKey().toJwk().requireString("n"));
            BigInteger n = new BigInteger(1, modulus);
            BigInteger sum = new BigInteger(1, good).add(n);
            if (sum.bitLength() <= 2048) {
                // s + n is the same number modulo n, and no signature.
                assertRefused(RSA_KEY, input, UnsignedOctets.of(sum, 256));
            }
            assertRefused(RSA_KEY, input, new byte[256]);
            assertRefused(RSA_KEY, input, modulus);
            assertRefused(RSA_KEY, input, UnsignedOctets.of(n.subtract(BigInteger.ONE), 256));
            assertRefused(RSA_KEY, input, UnsignedOctets.of(BigInteger.ONE, 256));
        }
    }

    @Nested
    class Rfc8032_section_5_1_7_ed25519 {
        private static final BigInteger L =
                BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

        @Test
        void s_that_is_not_reduced_is_refused() {
            String input = input("Ed25519");
            byte[] good = ED25519_KEY.sign(ascii(input));
            assertAccepted(ED25519_KEY, input, good);
            byte[] malleated = good.clone();
            BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(good, 32, 64)));
            System.arraycopy(reversed(UnsignedOctets.of(s.add(L), 32)), 0, malleated, 32, 32);
            assertRefused(ED25519_KEY, input, malleated);
        }

        @Test
        void another_length_or_value_is_refused() {
            String input = input("Ed25519");
            byte[] good = ED25519_KEY.sign(ascii(input));
            for (int length : new int[] {0, 1, 32, 63, 65, 96, 114}) {
                assertRefused(ED25519_KEY, input, Arrays.copyOf(good, length));
            }
            byte[] zeros = new byte[64];
            assertRefused(ED25519_KEY, input, zeros);
            byte[] ones = new byte[64];
            Arrays.fill(ones, (byte) 0xFF);
            assertRefused(ED25519_KEY, input, ones);
            byte[] identity = new byte[64];
            identity[0] = 1;
            assertRefused(ED25519_KEY, input, identity);
        }

        @Test
        void the_prehashed_variant_is_refused() throws GeneralSecurityException {
            // Ed25519ph is another algorithm with the same key.
            Signature signer = Signature.getInstance("Ed25519");
            signer.setParameter(new java.security.spec.EdDSAParameterSpec(true));
            byte[] seed =
                    Base64.getUrlDecoder().decode(ED25519_KEY.toPrivateJwk().requireString("d"));
            signer.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new java.security.spec.EdECPrivateKeySpec(
                            java.security.spec.NamedParameterSpec.ED25519, seed)));
            signer.update(ascii(input("Ed25519")));
            assertRefused(ED25519_KEY, input("Ed25519"), signer.sign());
        }

        private static byte[] reversed(byte[] octets) {
            byte[] result = new byte[octets.length];
            for (int at = 0; at < octets.length; at++) {
                result[at] = octets[octets.length - 1 - at];
            }
            return result;
        }
    }
}
