package dev.signet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.testkit.Requirement;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {

    @Nested
    class Rfc_6749_appendix_A_1_client_id {

        @Test
        void is_1_to_256_characters_of_visible_ascii_and_space() {
            String longest = "~ !\"\\".repeat(52).substring(0, 256);
            assertThat(new ClientId(longest)).hasToString(longest).isEqualTo(ClientId.parse(longest));
            assertThat(ClientId.find(longest)).contains(new ClientId(longest));
            assertThatIllegalArgumentException().isThrownBy(() -> new ClientId(longest + "a"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\u0000", "a\nb", "a\u007f", "caf\u00e9"})
        void refuses_other_characters(String value) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ClientId(value));
            assertThat(ClientId.find(value)).isEmpty();
            assertThatExceptionOfType(OAuthException.class)
                    .isThrownBy(() -> ClientId.parse(value))
                    .satisfies(refusal -> {
                        assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_CLIENT);
                        assertThat(refusal.reason()).isEqualTo(RefusalReason.CLIENT_CREDENTIALS_MALFORMED);
                    });
        }
    }

    @Nested
    @Requirement("7521-5.1-04")
    class Rfc_7519_4_1_7_jti {

        @Test
        void holds_the_random_octets_it_is_made_of() {
            byte[] random = new byte[20];
            new Random(1).nextBytes(random);
            assertThat(JwtId.of(random).value()).hasSize(27).matches("[A-Za-z0-9_-]+");
            byte[] other = random.clone();
            other[19] ^= 1;
            assertThat(JwtId.of(other)).isNotEqualTo(JwtId.of(random));
        }

        @Test
        void is_refused_with_under_128_random_bits() {
            assertThat(JwtId.of(new byte[16]).value()).hasSize(22);
            assertThatIllegalArgumentException().isThrownBy(() -> JwtId.of(new byte[15]));
        }

        @Test
        void is_drawn_with_128_random_bits() {
            byte[] drawn = new byte[16];
            new Random(1).nextBytes(drawn);
            assertThat(JwtId.drawnFrom(new Random(1)::nextBytes)).isEqualTo(JwtId.of(drawn));
        }

        @Test
        void is_1_to_256_printable_characters() {
            assertThat(new JwtId("a".repeat(256))).hasToString("a".repeat(256));
            assertThatIllegalArgumentException().isThrownBy(() -> new JwtId("a".repeat(257)));
            assertThatIllegalArgumentException().isThrownBy(() -> new JwtId(""));
            assertThatIllegalArgumentException().isThrownBy(() -> new JwtId("a\u0000"));
        }
    }

    @Nested
    @Requirement("8707-2-01")
    class Rfc_8707_2_resource {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://api.example.com/orders",
                    "https://api.example.com/",
                    "https://api.example.com?tenant=1",
                    "urn:example:orders",
                    "api://orders"
                })
        void is_an_absolute_uri(String value) {
            assertThat(ResourceIndicator.parse(value)).hasToString(value).isEqualTo(new ResourceIndicator(value));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "/orders",
                    "api.example.com",
                    "//api.example.com",
                    "https://api.example.com/#",
                    "https://api.example.com/#part",
                    "https://api.example.com/a b",
                    "https://api.example.com/\u00e4",
                    "https://api.example.com/%z",
                    "https://api.example.com/\n"
                })
        void refuses_another_value_as_invalid_target(String value) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ResourceIndicator(value));
            assertThatExceptionOfType(OAuthException.class)
                    .isThrownBy(() -> ResourceIndicator.parse(value))
                    .satisfies(refusal -> {
                        assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_TARGET);
                        assertThat(refusal.reason()).isEqualTo(RefusalReason.TARGET_MALFORMED);
                    });
        }

        @Test
        void is_compared_as_it_was_written() {
            assertThat(new ResourceIndicator("https://api.example.com/"))
                    .isNotEqualTo(new ResourceIndicator("https://api.example.com"));
        }

        @Test
        void has_at_most_2048_characters() {
            assertThat(new ResourceIndicator("urn:" + "a".repeat(2044)).value()).hasSize(2048);
            assertThatIllegalArgumentException().isThrownBy(() -> new ResourceIndicator("urn:" + "a".repeat(2045)));
        }

        @Test
        void random_text_is_a_resource_or_refused() {
            Random random = new Random(20260107);
            String alphabet = "aZ0:/?#[]@%.-_ \u0000\u00e4";
            for (int round = 0; round < 20_000; round++) {
                StringBuilder text = new StringBuilder(random.nextBoolean() ? "https://a" : "urn:");
                random.ints(random.nextInt(10), 0, alphabet.length())
                        .forEach(index -> text.append(alphabet.charAt(index)));
                try {
                    assertThat(ResourceIndicator.parse(text.toString()).value()).doesNotContain("#", " ");
                } catch (OAuthException refusal) {
                    assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_TARGET);
                }
            }
        }
    }
}
