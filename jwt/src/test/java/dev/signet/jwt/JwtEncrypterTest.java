package dev.signet.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.security.Key;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we encrypt to others is read by our own decryption and by two independent libraries. */
class JwtEncrypterTest {
    private static final List<JwsAlgorithm> CURVES =
            List.of(JwsAlgorithm.ES256, JwsAlgorithm.ES384, JwsAlgorithm.ES512);
    private static final SigningKey OTHER_CURVE = Tokens.generate(JwsAlgorithm.ES512);

    /** The private JWK of the recipient: a key of the type that the algorithm needs. */
    private static JsonObject recipient(String algorithm, SigningKey ec) {
        SigningKey key = algorithm.startsWith("RSA") ? Tokens.RSA_KEY : ec;
        return key.toPrivateJwk().toBuilder()
                .put("use", "enc")
                .put("alg", algorithm)
                .put("kid", "recipient")
                .build();
    }

    private static JsonObject publicHalf(JsonObject privateJwk) {
        return DecryptionKey.fromJwk(privateJwk).toJwk();
    }

    private static String encrypt(JsonObject privateJwk, String encryption, String jwt) {
        EncryptionKey key = EncryptionKey.fromJwk(publicHalf(privateJwk), privateJwk.requireString("alg"));
        return JwtEncrypter.of(key, encryption).encrypt(jwt);
    }

    @Nested
    class Is_read_by {
        static Stream<Arguments> combinations() {
            return EncryptedJwtTest.combinations();
        }

        @ParameterizedTest
        @MethodSource("combinations")
        void our_own_decryption(String algorithm, String encryption) {
            for (SigningKey ec : List.of(Tokens.ES256_KEY, OTHER_CURVE)) {
                JsonObject jwk = recipient(algorithm, ec);
                String compact = encrypt(jwk, encryption, Tokens.good());
                assertThat(compact.split("\\.", -1)).hasSize(5);
                UnverifiedJwt inner = EncryptedJwt.parse(compact)
                        .decrypt(List.of(DecryptionKey.fromJwk(jwk)), Set.of(algorithm), Set.of(encryption));
                assertThat(inner.verify(
                                        JwkSet.of(List.of(Tokens.ES256_KEY.verificationKey())),
                                        Set.of(JwsAlgorithm.ES256))
                                .claims())
                        .isEqualTo(JsonObject.parse(Tokens.CLAIMS));
            }
        }

        @ParameterizedTest
        @MethodSource("combinations")
        void nimbus(String algorithm, String encryption) throws ParseException, JOSEException {
            JsonObject jwk = recipient(algorithm, Tokens.ES256_KEY);
            String jwt = Tokens.good();
            JWEObject jwe = JWEObject.parse(encrypt(jwk, encryption, jwt));
            JWK key = JWK.parse(jwk.toJson());
            jwe.decrypt(
                    key instanceof RSAKey rsa ? new RSADecrypter(rsa.toPrivateKey()) : new ECDHDecrypter((ECKey) key));
            assertThat(jwe.getPayload().toString()).isEqualTo(jwt);
            assertThat(jwe.getHeader().getKeyID()).isEqualTo("recipient");
        }

        @ParameterizedTest
        @MethodSource("combinations")
        void jose4j(String algorithm, String encryption) throws JoseException {
            JsonObject jwk = recipient(algorithm, Tokens.ES256_KEY);
            String jwt = Tokens.good();
            Key key = PublicJsonWebKey.Factory.newPublicJwk(jwk.toJson()).getPrivateKey();
            JsonWebEncryption jwe = new JsonWebEncryption();
            jwe.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm));
            jwe.setContentEncryptionAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, encryption));
            jwe.setCompactSerialization(encrypt(jwk, encryption, jwt));
            jwe.setKey(key);
            assertThat(jwe.getPlaintextString()).isEqualTo(jwt);
            assertThat(jwe.getContentTypeHeaderValue()).isEqualTo("JWT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"})
    void every_jwe_has_keys_of_its_own(String algorithm) {
        JsonObject jwk = recipient(algorithm, Tokens.ES256_KEY);
        String jwt = Tokens.good();
        Set<String> seen = new HashSet<>();
        for (int made = 0; made < 20; made++) {
            assertThat(seen.add(encrypt(jwk, "A256GCM", jwt).split("\\.", -1)[3]))
                    .isTrue();
        }
    }

    @Test
    @Requirement("8725-3.6-01")
    void the_header_says_what_is_needed_and_nothing_is_compressed() {
        JsonObject rsa = recipient("RSA-OAEP-256", Tokens.ES256_KEY);
        assertThat(header(encrypt(rsa, "A128CBC-HS256", Tokens.good())))
                .isEqualTo(JsonObject.parse(
                        "{\"kid\":\"recipient\",\"cty\":\"JWT\",\"enc\":\"A128CBC-HS256\",\"alg\":\"RSA-OAEP-256\"}"));
        JsonObject unnamed = publicHalf(rsa).toBuilder().remove("kid").build();
        EncryptionKey key = EncryptionKey.fromJwk(unnamed, "RSA-OAEP-256");
        assertThat(key.keyId()).isEmpty();
        assertThat(header(JwtEncrypter.of(key, "A256GCM").encrypt(Tokens.good()))
                        .names())
                .containsExactlyInAnyOrder("cty", "enc", "alg");
    }

    private static JsonObject header(String compact) {
        return JsonObject.parse(Base64.getUrlDecoder().decode(compact.split("\\.")[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A192GCM", "a256gcm", "A256KW", "none"})
    void other_content_encryptions_do_not_exist(String encryption) {
        EncryptionKey key = EncryptionKey.fromJwk(publicHalf(recipient("ECDH-ES", Tokens.ES256_KEY)), "ECDH-ES");
        assertThatIllegalArgumentException().isThrownBy(() -> JwtEncrypter.of(key, encryption));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "a.b", "a.b.c.d.e"})
    void only_a_signed_jwt_goes_in(String text) {
        EncryptionKey key = EncryptionKey.fromJwk(publicHalf(recipient("ECDH-ES", Tokens.ES256_KEY)), "ECDH-ES");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JwtEncrypter.of(key, "A256GCM").encrypt(text));
    }

    @Nested
    class Keys {
        private final JsonObject good = publicHalf(recipient("RSA-OAEP-256", Tokens.ES256_KEY));

        @Test
        void are_public_for_encryption_and_of_one_algorithm() {
            assertThat(EncryptionKey.fromJwk(good, "RSA-OAEP-256").algorithm()).isEqualTo("RSA-OAEP-256");
            JsonObject bare = good.toBuilder().remove("use").remove("alg").build();
            assertThat(EncryptionKey.fromJwk(bare, "RSA-OAEP-256").keyId()).contains("recipient");
            for (JsonObject refused : List.of(
                    recipient("RSA-OAEP-256", Tokens.ES256_KEY),
                    good.toBuilder().put("use", "sig").build(),
                    good.toBuilder().put("key_ops", List.of("verify")).build(),
                    good.toBuilder().put("alg", "RSA1_5").build(),
                    good.toBuilder().put("alg", "RS256").build(),
                    good.toBuilder().remove("n").build(),
                    good.toBuilder().put("n", Tokens.encode(new byte[128])).build(),
                    good.toBuilder().put("kty", "oct").put("k", "AAAA").build(),
                    publicHalf(recipient("ECDH-ES", Tokens.ES256_KEY)).toBuilder()
                            .remove("alg")
                            .build(),
                    Tokens.ED25519_KEY.verificationKey().toJwk().toBuilder()
                            .remove("use")
                            .remove("alg")
                            .build())) {
                assertThatThrownBy(() -> EncryptionKey.fromJwk(refused, "RSA-OAEP-256"))
                        .isInstanceOf(KeyException.class);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"RSA1_5", "RSA-OAEP", "PBES2-HS256+A128KW", "dir", "A128KW", "ECDH-ES+A192KW", "none", ""})
        @Requirement({"8725-3.2-06", "8725-3.5-03"})
        void of_other_algorithms_do_not_exist(String algorithm) {
            JsonObject bare = good.toBuilder().remove("alg").build();
            assertThatThrownBy(() -> EncryptionKey.fromJwk(bare, algorithm)).isInstanceOf(KeyException.class);
        }

        @Test
        void come_from_pem_too() {
            for (SigningKey ec : CURVES.stream().map(Tokens::generate).toList()) {
                EncryptionKey key = EncryptionKey.fromPem(pem(ec), "ECDH-ES");
                assertThat(key.keyId()).contains(ec.verificationKey().thumbprint());
                DecryptionKey own = DecryptionKey.fromJwk(ec.toPrivateJwk().toBuilder()
                        .put("use", "enc")
                        .put("alg", "ECDH-ES")
                        .remove("kid")
                        .build());
                String compact = JwtEncrypter.of(key, "A128GCM").encrypt(Tokens.good());
                assertThat(EncryptedJwt.parse(compact).decrypt(List.of(own), Set.of("ECDH-ES"), Set.of("A128GCM")))
                        .isNotNull();
            }
            assertThatThrownBy(() -> EncryptionKey.fromPem(pem(Tokens.ES256_KEY), "RSA-OAEP-256"))
                    .isInstanceOf(KeyException.class);
            assertThatThrownBy(() -> EncryptionKey.fromPem("nothing", "ECDH-ES"))
                    .isInstanceOf(KeyException.class);
        }

        private static String pem(SigningKey key) {
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(key.verificationKey().publicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
        }

        @Test
        void show_no_more_than_their_names() {
            EncryptionKey key = EncryptionKey.fromJwk(good, "RSA-OAEP-256");
            assertThat(key).hasToString("EncryptionKey[kid=recipient, alg=RSA-OAEP-256]");
            assertThat(JwtEncrypter.of(key, "A256GCM")).hasToString("JwtEncrypter[alg=RSA-OAEP-256, enc=A256GCM]");
        }
    }
}
