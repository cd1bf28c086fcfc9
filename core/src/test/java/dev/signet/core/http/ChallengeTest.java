package dev.signet.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.Scope;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthError;
import dev.signet.testkit.Requirement;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

    @Nested
    class Rfc_6750_3_form {

        @Test
        void has_scheme_and_quoted_parameters_in_order() {
            Challenge challenge = Challenge.builder("Bearer")
                    .realm("orders")
                    .error(new OAuthError(
                            ErrorCode.INSUFFICIENT_SCOPE, "More is needed", Optional.of("https://docs.example/e")))
                    .scope(Scope.of("orders.read", "orders.write"))
                    .parameter("resource_metadata", "https://api.example/m")
                    .build();
            assertThat(challenge)
                    .hasToString("Bearer realm=\"orders\", error=\"insufficient_scope\", "
                            + "error_description=\"More is needed\", error_uri=\"https://docs.example/e\", "
                            + "scope=\"orders.read orders.write\", resource_metadata=\"https://api.example/m\"");
        }

        @Test
        void needs_at_least_one_parameter() {
            assertThat(Challenge.builder("Basic").realm("token").build()).hasToString("Basic realm=\"token\"");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Challenge.builder("Basic").build());
        }
    }

    @Nested
    @Requirement("6750-3-03")
    class Rfc_6750_3_values {

        @Test
        void may_be_any_allowed_character() {
            StringBuilder allowed = new StringBuilder();
            for (char character = 0x20; character <= 0x7E; character++) {
                allowed.append(character == '"' || character == '\\' ? "" : character);
            }
            assertThat(Challenge.builder("Bearer")
                            .realm(allowed.toString())
                            .build()
                            .toString())
                    .contains(allowed);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a\"b", "a\\", "a\rb", "a\nb", "a\u0000", "\u00e4", "\u2028", "\t"})
        void that_could_break_out_are_refused(String hostile) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Challenge.builder("Bearer").realm(hostile));
        }

        @Test
        void come_at_most_once() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Challenge.builder("Bearer").realm("a").realm("b"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Challenge.builder("Bearer")
                            .parameter("error", "x")
                            .error(OAuthError.of(ErrorCode.INVALID_TOKEN, "x")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a=", "a,b", "a\n", "\u00e4"})
        void have_a_token_as_name_and_so_has_the_scheme(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Challenge.builder("Bearer").parameter(name, "x"));
            assertThatIllegalArgumentException().isThrownBy(() -> Challenge.builder(name));
        }

        @Test
        void that_are_random_are_quoted_as_they_are_or_refused() {
            Random random = new Random(20260108);
            for (int round = 0; round < 20_000; round++) {
                String value = random.ints(random.nextInt(6), 0, 0x100)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                try {
                    assertThat(Challenge.builder("Bearer").realm(value).build().toString())
                            .matches("Bearer realm=\"[ !#-\\[\\]-~]+\"");
                } catch (IllegalArgumentException refusal) {
                    assertThat(refusal.getMessage()).startsWith("parameter realm must");
                }
            }
        }
    }
}
