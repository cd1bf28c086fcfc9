package dev.signet.core.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.testkit.Requirement;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeVerifierTest {

    /** RFC 7636 appendix B. */
    private static final CodeVerifier VERIFIER = new CodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    private static final CodeChallenge CHALLENGE = new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");

    @Nested
    @Requirement("7636-4.1-01")
    class Rfc_7636_4_1_verifier {

        @Test
        void is_made_of_32_random_octets() {
            byte[] drawn = new byte[32];
            CodeVerifier verifier = CodeVerifier.drawnFrom(octets -> {
                Arrays.fill(octets, (byte) 0xFB);
                System.arraycopy(octets, 0, drawn, 0, octets.length);
            });

            assertThat(Base64.getUrlDecoder().decode(verifier.value())).isEqualTo(drawn);
            assertThat(verifier.value()).hasSize(43).matches("[A-Za-z0-9._~-]+");
        }

        @Test
        void is_another_each_time() {
            SecureRandom random = new SecureRandom();
            Set<CodeVerifier> drawn = new HashSet<>();
            IntStream.range(0, 1000).forEach(count -> drawn.add(CodeVerifier.drawnFrom(random::nextBytes)));

            assertThat(drawn).hasSize(1000);
        }

        @Test
        void has_43_to_128_unreserved_characters() {
            String all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
            assertThat(CodeVerifier.find(all)).contains(new CodeVerifier(all));
            assertThat(CodeVerifier.find("a".repeat(43))).isPresent();
            assertThat(CodeVerifier.find("a".repeat(128))).isPresent();
            assertRefused("a".repeat(42));
            assertRefused("a".repeat(129));
        }

        @ParameterizedTest
        @ValueSource(strings = {"=", "+", "/", " ", "%", "ä", "\u0000", "\u0661", "\n"})
        void has_no_other_character(String character) {
            assertRefused("a".repeat(43) + character);
        }

        private void assertRefused(String text) {
            assertThat(CodeVerifier.find(text)).isEmpty();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CodeVerifier(text))
                    .withMessageNotContaining(text);
        }

        @Test
        void is_hidden() {
            assertThat(VERIFIER).hasToString("CodeVerifier");
        }
    }

    @Nested
    @Requirement("7636-4.2-01")
    class Rfc_7636_4_2_challenge {

        @Test
        void appendix_b_is_the_sha_256_of_the_verifier() {
            assertThat(VERIFIER.challenge()).isEqualTo(CHALLENGE);
            assertThat(CodeChallenge.METHOD).isEqualTo("S256");
        }

        @Test
        void section_4_6_is_that_of_one_verifier() {
            assertThat(CHALLENGE.isOf(VERIFIER)).isTrue();
            assertThat(CHALLENGE.isOf(new CodeVerifier(VERIFIER.value() + "a"))).isFalse();
            assertThat(CHALLENGE.isOf(new CodeVerifier(CHALLENGE.value()))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cMA",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c=",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+cM",
                    "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c\n"
                })
        void is_43_characters_of_base64url(String text) {
            assertThat(CodeChallenge.find(text)).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> new CodeChallenge(text));
            assertThat(CodeChallenge.find(CHALLENGE.value())).contains(CHALLENGE);
        }
    }
}
