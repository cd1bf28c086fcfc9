package dev.signet.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtSignerTest {
    private static final JsonObject CLAIMS = JsonObject.parse(Tokens.CLAIMS);

    private static String header(String token) {
        return new String(
                Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8);
    }

    @Test
    void the_header_names_type_algorithm_and_key_and_nothing_else() {
        assertThat(header(JwtSigner.of(Tokens.ES256_KEY, "at+jwt").sign(CLAIMS)))
                .isEqualTo("{\"typ\":\"at+jwt\",\"alg\":\"ES256\",\"kid\":\"" + Tokens.ES256_KEY.keyId() + "\"}");
        MacKey secret = MacKey.ofSecret("s".repeat(32), JwsAlgorithm.HS256);
        assertThat(header(JwtSigner.of(secret, "client-authentication+jwt").sign(CLAIMS)))
                .isEqualTo("{\"typ\":\"client-authentication+jwt\",\"alg\":\"HS256\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/at+jwt", "", " at+jwt", "at+jwt\"", "at jwt", "ä"})
    @Requirement("8725-3.11-02")
    void a_type_is_written_without_application(String type) {
        assertThat(header(JwtSigner.of(Tokens.ES256_KEY, "at+jwt").sign(CLAIMS)))
                .startsWith("{\"typ\":\"at+jwt\",");
        assertThatIllegalArgumentException().isThrownBy(() -> JwtSigner.of(Tokens.ES256_KEY, type));
    }

    @Test
    @Requirement("8725-3.2-04")
    void nothing_unsigned_can_be_asked_for() {
        assertThat(Arrays.stream(JwsAlgorithm.values()).map(JwsAlgorithm::joseName))
                .noneMatch(name -> name.equalsIgnoreCase("none"));
        for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
            String token = algorithm.isMac()
                    ? JwtSigner.of(MacKey.of(new byte[64], algorithm), "JWT").sign(CLAIMS)
                    : JwtSigner.of(Tokens.generate(algorithm), "JWT").sign(CLAIMS);
            assertThat(token.substring(token.lastIndexOf('.') + 1)).hasSizeGreaterThan(40);
        }
    }

    @Test
    @Requirement("8725-3.2-07")
    void ecdsa_takes_fresh_randomness_for_each_signature() {
        // Not deterministic: what the provider is documented to do, and what CryptoProvider says.
        JwtSigner signer = JwtSigner.of(Tokens.ES256_KEY, "JWT");
        String one = signer.sign(CLAIMS);
        String other = signer.sign(CLAIMS);
        assertThat(one).isNotEqualTo(other);
        assertThat(r(one)).isNotEqualTo(r(other));
        assertThat(Tokens.verify(one).claims()).isEqualTo(Tokens.verify(other).claims());
    }

    private static String r(String token) {
        return token.substring(token.lastIndexOf('.') + 1, token.lastIndexOf('.') + 40);
    }

    @Test
    void shows_the_algorithm_only() {
        assertThat(JwtSigner.of(Tokens.ES256_KEY, "JWT")).hasToString("JwtSigner[alg=ES256]");
    }
}
