package dev.signet.jwt.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.jwt.Tokens;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetTest {
    private static final CryptoProvider JDK = CryptoProvider.jdk();
    private static final String GOOD =
            Tokens.ES256_KEY.verificationKey().toJwk().toJson();

    @Nested
    class Rfc7517_section_5 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"kty\":\"XYZ\"}",
                    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                    "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AA\",\"y\":\"AA\"}",
                    "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                    "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                    "{\"kty\":1}",
                    "{}",
                    "17",
                    "null",
                    "\"key\"",
                    "[]"
                })
        @Requirement({"8725-7517-02", "8725-3.5-04"})
        void an_unusable_key_is_skipped_and_noted_and_the_good_one_is_used(String unusable) {
            JwkSet set = JwkSet.parse("{\"keys\":[" + unusable + "," + GOOD + "]}", JDK);
            assertThat(set.keys()).containsExactly(Tokens.ES256_KEY.verificationKey());
            assertThat(set.skipped()).singleElement().asString().startsWith("keys[0]: ");
            assertThat(set.hasKeyId(Tokens.ES256_KEY.keyId())).isTrue();
            assertThat(set.hasKeyId("other")).isFalse();
        }

        @Test
        @Requirement({"8725-7517-01", "8725-7517-02"})
        void keys_for_another_use_and_private_keys_are_skipped() {
            String encrypting = GOOD.replace("\"sig\"", "\"enc\"");
            String secret = Tokens.ED25519_KEY.toPrivateJwk().toJson();
            JwkSet set = JwkSet.parse("{\"keys\":[" + encrypting + "," + secret + "]}", JDK);
            assertThat(set.keys()).isEmpty();
            assertThat(set.skipped())
                    .containsExactly(
                            "keys[0]: alg is not a supported key management algorithm",
                            "keys[1]: the JWK has private members where a public key is expected");
        }

        @Test
        @Requirement("8725-7517-01")
        void keys_for_encryption_are_for_nothing_else() {
            JsonObject bare = JsonObject.parse(GOOD).toBuilder().remove("alg").build();
            JsonObject any =
                    bare.toBuilder().put("use", "enc").put("kid", "any").build();
            JsonObject one =
                    any.toBuilder().put("alg", "ECDH-ES").put("kid", "one").build();
            JsonObject secret =
                    any.toBuilder().put("d", "AAAA").put("kid", "secret").build();
            String document =
                    "{\"keys\":[" + GOOD + "," + any.toJson() + "," + one.toJson() + "," + secret.toJson() + "]}";
            JwkSet set = JwkSet.parse(document, JDK);
            assertThat(set.keys()).containsExactly(Tokens.ES256_KEY.verificationKey());
            assertThat(set.hasKeyId("any")).isFalse();
            assertThat(set.encryptionKeys("ECDH-ES")).hasSize(2);
            assertThat(set.encryptionKeys("ECDH-ES+A128KW"))
                    .singleElement()
                    .satisfies(key -> assertThat(key.keyId()).contains("any"));
            assertThat(set.encryptionKeys("RSA-OAEP-256")).isEmpty();
            assertThat(set.skipped())
                    .containsExactly("keys[3]: the JWK has private members where a public key is expected");
            assertThat(JwkSet.fromJson(set.toJsonObject(), JDK)).isEqualTo(set);
            assertThat(set).isNotEqualTo(JwkSet.of(set.keys()));
            assertThat(JwkSet.parse("{\"keys\":[" + any.toJson() + "]}", JDK).isEmpty())
                    .isFalse();
            assertThat(JwkSet.empty().isEmpty()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}", "{\"keys\":[]", "<html>"})
        void what_is_no_key_set_is_refused(String json) {
            assertThatThrownBy(() -> JwkSet.parse(json, JDK)).isInstanceOf(KeyException.class);
        }

        @Test
        void duplicate_members_make_the_whole_set_unreadable() {
            assertThatThrownBy(() -> JwkSet.parse("{\"keys\":[],\"keys\":[" + GOOD + "]}", JDK))
                    .isInstanceOf(KeyException.class);
        }

        @Test
        void an_empty_set_is_one() {
            assertThat(JwkSet.parse("{\"keys\":[]}", JDK)).isEqualTo(JwkSet.empty());
        }

        @Test
        void more_keys_than_anyone_has_are_refused() {
            String most = String.join(",", Collections.nCopies(JwkSet.MAXIMUM_KEYS, "{}"));
            assertThat(JwkSet.parse("{\"keys\":[" + most + "]}", JDK).skipped()).hasSize(JwkSet.MAXIMUM_KEYS);
            assertThatThrownBy(() -> JwkSet.parse("{\"keys\":[{}," + most + "]}", JDK))
                    .isInstanceOf(KeyException.class);
        }

        @Test
        void is_written_with_public_members_only() {
            JwkSet set = JwkSet.of(List.of(Tokens.ES256_KEY.verificationKey(), Tokens.RSA_KEY.verificationKey()));
            JsonObject document = JsonObject.parse(set.toJson());
            assertThat(document.findObjects("keys").orElseThrow())
                    .allSatisfy(jwk -> assertThat(jwk.names())
                            .contains("kid", "alg", "use")
                            .doesNotContain("d"));
            assertThat(JwkSet.fromJson(document, JDK)).isEqualTo(set);
        }
    }
}
