package dev.signet.jwt.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.jwt.Tokens;
import dev.signet.jwt.internal.Curve;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkTest {
    private static final CryptoProvider JDK = CryptoProvider.jdk();

    private static JsonObject publicJwk(SigningKey key) {
        return key.verificationKey().toJwk();
    }

    private static JsonObject with(JsonObject jwk, String name, String value) {
        return jwk.toBuilder().put(name, value).build();
    }

    private static JsonObject without(JsonObject jwk, String name) {
        return jwk.toBuilder().remove(name).build();
    }

    private static void assertRefused(JsonObject jwk) {
        assertThatThrownBy(() -> VerificationKey.fromJwk(jwk, JDK)).isInstanceOf(KeyException.class);
    }

    private static String encode(BigInteger integer) {
        return JwkMembers.encode(integer);
    }

    @Nested
    class Rfc7518_section_6_2_elliptic_curves {
        private final JsonObject jwk = publicJwk(Tokens.ES256_KEY);
        private final BigInteger p =
                new BigInteger("115792089210356248762697446949407573530086143415290314195533631308867097853951");

        @Test
        void a_point_on_the_curve_is_accepted() {
            VerificationKey key = VerificationKey.fromJwk(jwk, JDK);
            assertThat(key).isEqualTo(Tokens.ES256_KEY.verificationKey());
            assertThat(key.toJwk()).isEqualTo(jwk);
        }

        @Test
        @Requirement({"8725-3.4-01", "8725-3.4-02"})
        void points_off_the_curve_out_of_range_or_zero_are_refused() {
            String zero = JwkMembers.encode(BigInteger.ZERO, 32);
            assertRefused(with(jwk, "x", jwk.requireString("y")));
            assertRefused(with(with(jwk, "x", zero), "y", zero));
            assertRefused(with(jwk, "x", zero));
            assertRefused(with(jwk, "x", JwkMembers.encode(p, 32)));
            assertRefused(with(jwk, "y", JwkMembers.encode(p, 32)));
            BigInteger beyond = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
            assertRefused(with(jwk, "x", JwkMembers.encode(beyond, 32)));
        }

        @Test
        @Requirement("8725-3.4-02")
        void a_coordinate_is_not_reduced_silently() {
            // The point with x = 5 lies on P-256; x = 5 + p is the same modulo p, and still refused.
            BigInteger x = BigInteger.valueOf(5);
            BigInteger b = Curve.P256.parameters().getCurve().getB();
            BigInteger right =
                    x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b);
            BigInteger y = right.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
            assertThat(y.multiply(y).subtract(right).mod(p)).isZero();
            JsonObject same = with(without(jwk, "kid"), "y", JwkMembers.encode(y, 32));
            assertThat(VerificationKey.fromJwk(with(same, "x", JwkMembers.encode(x, 32)), JDK))
                    .isNotNull();
            assertRefused(with(same, "x", JwkMembers.encode(x.add(p), 32)));
        }

        @Test
        void a_coordinate_of_another_length_is_refused() {
            byte[] x = Base64.getUrlDecoder().decode(jwk.requireString("x"));
            byte[] longer = new byte[33];
            System.arraycopy(x, 0, longer, 1, 32);
            assertRefused(with(jwk, "x", Tokens.encode(longer)));
            assertRefused(with(jwk, "x", Tokens.encode(java.util.Arrays.copyOf(x, 31))));
            assertRefused(with(jwk, "x", ""));
        }

        @ParameterizedTest
        @CsvSource({"P-384", "P-521", "secp256k1", "p-256", "P-256K", "Ed25519"})
        void another_curve_is_refused(String curve) {
            assertRefused(with(jwk, "crv", curve));
        }

        @Test
        @Requirement("8725-3.1-05")
        void alg_must_fit_the_curve_and_is_known_by_it() {
            assertThat(VerificationKey.fromJwk(without(jwk, "alg"), JDK).algorithm())
                    .contains(JwsAlgorithm.ES256);
            for (String algorithm : List.of("ES384", "ES512", "RS256", "EdDSA", "HS256", "ECDH-ES", "none", "es256")) {
                assertRefused(with(jwk, "alg", algorithm));
            }
        }
    }

    @Nested
    class Rfc7518_section_6_3_rsa {
        private final JsonObject jwk = publicJwk(Tokens.RSA_KEY);

        @Test
        @Requirement("8725-3.5-04")
        void less_than_2048_bits_is_refused() throws GeneralSecurityException {
            assertThat(VerificationKey.fromJwk(jwk, JDK).algorithm()).contains(JwsAlgorithm.RS256);
            for (int bits : new int[] {512, 1024, 2040}) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(bits);
                RSAPublicKey small = (RSAPublicKey) generator.generateKeyPair().getPublic();
                assertRefused(with(jwk, "n", encode(small.getModulus())));
                assertThatThrownBy(() -> VerificationKey.of(small, JwsAlgorithm.PS256, JDK))
                        .isInstanceOf(KeyException.class);
            }
        }

        @Test
        void an_even_or_huge_modulus_is_refused() {
            BigInteger n = new BigInteger(1, Base64.getUrlDecoder().decode(jwk.requireString("n")));
            assertRefused(with(jwk, "n", encode(n.subtract(BigInteger.ONE))));
            BigInteger huge = BigInteger.ONE.shiftLeft(8192).add(BigInteger.ONE);
            assertRefused(with(jwk, "n", encode(huge)));
            BigInteger largest = BigInteger.ONE.shiftLeft(8191).add(BigInteger.ONE);
            assertThat(VerificationKey.fromJwk(with(jwk, "n", encode(largest)), JDK))
                    .isNotNull();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 2, 3, 17, 65_535, 65_536})
        void a_small_or_even_exponent_is_refused(long exponent) {
            assertRefused(with(jwk, "e", encode(BigInteger.valueOf(exponent))));
        }

        @Test
        void a_huge_exponent_is_refused() {
            assertRefused(with(jwk, "e", encode(BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE))));
            assertRefused(with(jwk, "e", jwk.requireString("n")));
        }

        @Test
        void a_leading_zero_octet_makes_no_other_key() {
            byte[] n = Base64.getUrlDecoder().decode(jwk.requireString("n"));
            byte[] longer = new byte[n.length + 1];
            System.arraycopy(n, 0, longer, 1, n.length);
            assertThat(VerificationKey.fromJwk(with(jwk, "n", Tokens.encode(longer)), JDK)
                            .thumbprint())
                    .isEqualTo(Tokens.RSA_KEY.keyId());
        }

        @Test
        void without_alg_it_is_pinned_to_none() {
            assertThat(VerificationKey.fromJwk(without(jwk, "alg"), JDK).algorithm())
                    .isEmpty();
            assertRefused(with(jwk, "alg", "RSA-OAEP-256"));
            assertRefused(with(jwk, "alg", "RS1"));
            assertRefused(with(jwk, "alg", "ES256"));
        }
    }

    @Nested
    class Rfc8037_section_2_ed25519 {
        private final JsonObject jwk = publicJwk(Tokens.ED25519_KEY);

        @Test
        void both_names_of_the_algorithm_are_accepted() {
            assertThat(VerificationKey.fromJwk(jwk, JDK).algorithm()).contains(JwsAlgorithm.Ed25519);
            assertThat(VerificationKey.fromJwk(with(jwk, "alg", "EdDSA"), JDK).algorithm())
                    .contains(JwsAlgorithm.EdDSA);
            assertThat(VerificationKey.fromJwk(without(jwk, "alg"), JDK).algorithm())
                    .contains(JwsAlgorithm.Ed25519);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Ed448", "X25519", "X448", "ed25519", "P-256"})
        @Requirement("8725b-3.2-08")
        void other_curves_are_refused(String curve) {
            assertRefused(with(jwk, "crv", curve));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    // y = 1, 0, -1 and the points of order 8, RFC 7748 §7 and its like; y >= p; no point at all.
                    "0100000000000000000000000000000000000000000000000000000000000000",
                    "0000000000000000000000000000000000000000000000000000000000000000",
                    "0000000000000000000000000000000000000000000000000000000000000080",
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "0200000000000000000000000000000000000000000000000000000000000000",
                    "0100000000000000000000000000000000000000000000000000000000000080"
                })
        @Requirement("8725-3.4-01")
        void points_of_small_order_not_canonical_or_off_the_curve_are_refused(String hex) {
            assertRefused(with(jwk, "x", Tokens.encode(HexFormat.of().parseHex(hex))));
        }

        @Test
        void another_length_is_refused() {
            assertRefused(with(jwk, "x", Tokens.encode(new byte[31])));
            assertRefused(with(jwk, "x", Tokens.encode(new byte[57])));
        }

        @Test
        void the_public_half_is_found_for_any_private_key() {
            for (int round = 0; round < 20; round++) {
                SigningKey key = Tokens.generate(JwsAlgorithm.Ed25519);
                byte[] seed = Base64.getUrlDecoder().decode(key.toPrivateJwk().requireString("d"));
                assertThat(Tokens.encode(dev.signet.jwt.internal.Ed25519Point.publicKey(seed)))
                        .isEqualTo(publicJwk(key).requireString("x"));
            }
        }
    }

    @Nested
    class Rfc7517_section_4_use_and_operations {
        private final JsonObject jwk = publicJwk(Tokens.ES256_KEY);

        @Test
        @Requirement("8725-7517-01")
        void use_other_than_sig_is_refused() {
            assertThat(VerificationKey.fromJwk(with(jwk, "use", "sig"), JDK)).isNotNull();
            assertThat(VerificationKey.fromJwk(without(jwk, "use"), JDK)).isNotNull();
            assertRefused(with(jwk, "use", "enc"));
            assertRefused(with(jwk, "use", "SIG"));
            assertRefused(jwk.toBuilder().put("use", 1).build());
        }

        @Test
        @Requirement("8725-7517-01")
        void key_ops_without_verify_is_refused() {
            assertThat(VerificationKey.fromJwk(
                            jwk.toBuilder().put("key_ops", List.of("verify")).build(), JDK))
                    .isNotNull();
            assertRefused(jwk.toBuilder().put("key_ops", List.of("sign")).build());
            assertRefused(jwk.toBuilder().put("key_ops", List.of()).build());
            assertRefused(
                    jwk.toBuilder().put("key_ops", List.of("verify", "verify")).build());
            assertRefused(with(jwk, "key_ops", "verify"));
        }

        @Test
        void a_private_key_honours_them_too() {
            JsonObject privateJwk = Tokens.ES256_KEY.toPrivateJwk();
            assertThat(SigningKey.fromJwk(
                            privateJwk.toBuilder()
                                    .put("key_ops", List.of("sign"))
                                    .build(),
                            JDK))
                    .isEqualTo(Tokens.ES256_KEY);
            for (JsonObject refused : List.of(
                    with(privateJwk, "use", "enc"),
                    privateJwk.toBuilder().put("key_ops", List.of("verify")).build())) {
                assertThatThrownBy(() -> SigningKey.fromJwk(refused, JDK)).isInstanceOf(KeyException.class);
            }
        }
    }

    @Nested
    @Requirement("8725-3.1-05")
    class Public_and_private_are_never_confused {
        @ParameterizedTest
        @EnumSource(names = {"ES256", "Ed25519", "RS256"})
        void a_private_jwk_is_no_verification_key(JwsAlgorithm algorithm) {
            SigningKey key = Tokens.generate(algorithm);
            assertThatThrownBy(() -> VerificationKey.fromJwk(key.toPrivateJwk(), JDK))
                    .isInstanceOf(KeyException.class)
                    .hasMessage("the JWK has private members where a public key is expected");
            assertThat(publicJwk(key).names())
                    .doesNotContain("d", "p", "q", "dp", "dq", "qi")
                    .contains("kid", "alg", "use");
        }

        @Test
        void a_public_jwk_is_no_signing_key() {
            assertThatThrownBy(() -> SigningKey.fromJwk(publicJwk(Tokens.ES256_KEY), JDK))
                    .isInstanceOf(KeyException.class)
                    .hasMessage("the JWK has no private members where a private key is expected");
        }

        @Test
        void a_symmetric_jwk_is_neither() {
            JsonObject oct = JsonObject.builder()
                    .put("kty", "oct")
                    .put("k", Tokens.encode(new byte[64]))
                    .put("alg", "HS256")
                    .build();
            assertRefused(oct);
            assertRefused(with(publicJwk(Tokens.ES256_KEY), "k", "AAAA"));
            assertThatThrownBy(() -> SigningKey.fromJwk(oct, JDK)).isInstanceOf(KeyException.class);
        }

        @Test
        void halves_of_different_keys_are_refused() {
            for (JwsAlgorithm algorithm : List.of(JwsAlgorithm.ES256, JwsAlgorithm.Ed25519, JwsAlgorithm.RS256)) {
                JsonObject one = Tokens.generate(algorithm).toPrivateJwk();
                JsonObject other = Tokens.generate(algorithm).toPrivateJwk();
                JsonObject.Builder mixed = publicOf(one).toBuilder();
                Map.of("d", 1, "p", 1, "q", 1, "dp", 1, "dq", 1, "qi", 1).keySet().stream()
                        .filter(other::has)
                        .forEach(name -> mixed.put(name, other.requireString(name)));
                JsonObject both = mixed.build();
                assertThatThrownBy(() -> SigningKey.fromJwk(both, JDK)).isInstanceOf(KeyException.class);
            }
        }

        private JsonObject publicOf(JsonObject jwk) {
            JsonObject.Builder builder = jwk.toBuilder();
            List.of("d", "p", "q", "dp", "dq", "qi").forEach(builder::remove);
            return builder.build();
        }

        @Test
        void a_private_scalar_out_of_range_is_refused() {
            JsonObject jwk = Tokens.ES256_KEY.toPrivateJwk();
            for (BigInteger bad : List.of(BigInteger.ZERO, Curve.P256.order())) {
                assertThatThrownBy(() -> SigningKey.fromJwk(with(jwk, "d", JwkMembers.encode(bad, 32)), JDK))
                        .isInstanceOf(KeyException.class);
            }
        }

        @Test
        void a_private_rsa_key_must_state_its_algorithm() {
            JsonObject jwk = without(Tokens.RSA_KEY.toPrivateJwk(), "alg");
            assertThatThrownBy(() -> SigningKey.fromJwk(jwk, JDK))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining("alg");
        }
    }

    @Nested
    class Kid {
        @Test
        void is_the_jwks_own_else_absent_in_a_public_key_and_the_thumbprint_in_a_private_one() {
            JsonObject jwk = publicJwk(Tokens.ES256_KEY);
            assertThat(VerificationKey.fromJwk(with(jwk, "kid", "one"), JDK).keyId())
                    .contains("one");
            assertThat(VerificationKey.fromJwk(without(jwk, "kid"), JDK).keyId())
                    .isEmpty();
            JsonObject privateJwk = Tokens.ES256_KEY.toPrivateJwk();
            assertThat(SigningKey.fromJwk(with(privateJwk, "kid", "one"), JDK).keyId())
                    .isEqualTo("one");
            assertThat(SigningKey.fromJwk(without(privateJwk, "kid"), JDK).keyId())
                    .isEqualTo(Tokens.ES256_KEY.verificationKey().thumbprint());
            assertRefused(jwk.toBuilder().put("kid", 1).build());
        }
    }

    @Test
    @Requirement("8725-3.5-01")
    void generated_keys_have_their_full_size_and_differ() {
        assertThat(Tokens.RSA_KEY.verificationKey().publicKey())
                .isInstanceOfSatisfying(
                        RSAPublicKey.class,
                        rsa -> assertThat(rsa.getModulus().bitLength()).isEqualTo(2048));
        assertThat(Tokens.generate(JwsAlgorithm.ES256)).isNotEqualTo(Tokens.generate(JwsAlgorithm.ES256));
        assertThatThrownBy(() -> Tokens.generate(JwsAlgorithm.HS256)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_text_shows_key_material() {
        JsonObject jwk = Tokens.RSA_KEY.toPrivateJwk();
        String shown = Tokens.RSA_KEY + " " + Tokens.RSA_KEY.verificationKey() + " " + jwk;
        assertThat(shown).contains("RS256").doesNotContain(jwk.requireString("d"), jwk.requireString("p"));
        assertThatThrownBy(() -> SigningKey.fromJwk(with(jwk, "d", jwk.requireString("p")), JDK))
                .hasMessageNotContaining(jwk.requireString("p"));
    }
}
