package dev.signet.jwt.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacKeyTest {
    @ParameterizedTest
    @CsvSource({"HS256,32", "HS384,48", "HS512,64"})
    @Requirement("8725-3.5-02")
    void a_secret_shorter_than_the_hash_is_refused(JwsAlgorithm algorithm, int length) {
        assertThat(MacKey.of(new byte[length], algorithm).algorithm()).isEqualTo(algorithm);
        assertThatThrownBy(() -> MacKey.of(new byte[length - 1], algorithm)).isInstanceOf(KeyException.class);
        assertThatThrownBy(() -> MacKey.ofSecret("p".repeat(length - 1), algorithm))
                .isInstanceOf(KeyException.class)
                .hasMessageNotContaining("ppp");
        assertThat(MacKey.ofSecret("é".repeat(length / 2), algorithm)).isNotNull();
    }

    @Test
    void rfc4231_test_case_7_is_met() {
        MacKey key = MacKey.of(HexFormat.of().parseHex("aa".repeat(131)), JwsAlgorithm.HS256);
        byte[] input = ("This is a test using a larger than block-size key and a larger than block-size data. "
                        + "The key needs to be hashed before being used by the HMAC algorithm.")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(HexFormat.of().formatHex(key.sign(input)))
                .isEqualTo("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
    }

    @Test
    void is_not_changed_through_the_array_it_was_given() {
        byte[] secret = new byte[32];
        MacKey key = MacKey.of(secret, JwsAlgorithm.HS256);
        byte[] before = key.sign(new byte[1]);
        secret[0] = 1;
        assertThat(key.sign(new byte[1])).isEqualTo(before);
    }

    @Test
    void only_macs_are_made_with_it() {
        assertThatIllegalArgumentException().isThrownBy(() -> MacKey.of(new byte[64], JwsAlgorithm.RS256));
        assertThat(MacKey.of(new byte[64], JwsAlgorithm.HS512)).hasToString("MacKey[alg=HS512]");
        assertThat(MacKey.of(new byte[64], JwsAlgorithm.HS512).headerKeyId()).isEmpty();
    }
}
