package dev.signet.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SigningRoundTripTest {
    private static final JsonObject CLAIMS = JsonObject.builder()
            .put("iss", "https://as.example.com")
            .put("name", "Zoë \"quoted\" \u2028\n")
            .put("exp", 1_800_000_000)
            .build();

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "HS.*")
    void accepts_what_it_signed_and_refuses_one_changed_bit(JwsAlgorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
        JwkSet keys = JwkSet.of(List.of(key.verificationKey()));

        String signed = JwtSigner.of(key, "JWT").sign(CLAIMS);
        VerifiedJwt verified = UnverifiedJwt.parse(signed).verify(keys, Set.of(algorithm));

        assertThat(verified.claims()).isEqualTo(CLAIMS);
        assertThat(verified.algorithm()).isEqualTo(algorithm);
        assertThat(verified.type()).contains("JWT");
        assertThat(verified.keyId()).contains(key.keyId());

        int middle = signed.length() - 40;
        char changed = signed.charAt(middle) == 'A' ? 'B' : 'A';
        String tampered = signed.substring(0, middle) + changed + signed.substring(middle + 1);
        assertThatThrownBy(() -> UnverifiedJwt.parse(tampered).verify(keys, Set.of(algorithm)))
                .isInstanceOfSatisfying(
                        JwtRejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.BAD_SIGNATURE));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = "HS.*")
    void accepts_its_own_mac_and_refuses_that_of_another_secret(JwsAlgorithm algorithm) {
        MacKey key = MacKey.ofSecret("a".repeat(64), algorithm);
        String signed = JwtSigner.of(key, "JWT").sign(CLAIMS);

        assertThat(UnverifiedJwt.parse(signed).verify(List.of(key)).claims()).isEqualTo(CLAIMS);
        assertThatThrownBy(() ->
                        UnverifiedJwt.parse(signed).verify(List.of(MacKey.ofSecret("b".repeat(64), algorithm))))
                .isInstanceOfSatisfying(
                        JwtRejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.BAD_SIGNATURE));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "HS.*")
    void reads_its_own_private_jwk_back(JwsAlgorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
        SigningKey again =
                SigningKey.fromJwk(JsonObject.parse(key.toPrivateJwk().toJson()), CryptoProvider.jdk());
        assertThat(again).isEqualTo(key);
        JwkSet published =
                JwkSet.parse(JwkSet.of(List.of(key.verificationKey())).toJson(), CryptoProvider.jdk());
        assertThat(published.keys()).containsExactly(key.verificationKey());
        assertThat(published.skipped()).isEmpty();
    }
}
