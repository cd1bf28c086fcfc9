package dev.signet.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.testkit.Requirement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {

    @Nested
    @Requirement("6749-3.3-03")
    class Rfc_6749_3_3 {

        @Test
        void reads_tokens_and_keeps_their_order() {
            Scope scope = Scope.parse("orders.write orders.read openid");
            assertThat(scope.tokens()).containsExactly("orders.write", "orders.read", "openid");
            assertThat(scope).hasToString("orders.write orders.read openid");
        }

        @Test
        void reads_every_allowed_character() {
            StringBuilder token = new StringBuilder("!");
            for (char character = 0x23; character <= 0x7E; character++) {
                token.append(character == '\\' ? "" : character);
            }
            assertThat(Scope.parse(token.toString()).tokens()).containsExactly(token.toString());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    " ",
                    " a",
                    "a ",
                    "a  b",
                    "a\tb",
                    "a\nb",
                    "a\"b",
                    "a\\b",
                    "a\u007f",
                    "\u00e4",
                    "a\u0000",
                    "a,b\u2028"
                })
        void refuses_other_text_as_invalid_scope(String text) {
            assertThatExceptionOfType(OAuthException.class)
                    .isThrownBy(() -> Scope.parse(text))
                    .satisfies(refusal -> {
                        assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_SCOPE);
                        assertThat(refusal.reason()).isEqualTo(RefusalReason.PARAMETER_MALFORMED);
                    });
        }

        @Test
        void compares_without_order_and_with_letter_case() {
            assertThat(Scope.parse("b a")).isEqualTo(Scope.parse("a b")).hasSameHashCodeAs(Scope.of("a", "b"));
            assertThat(Scope.parse("a A").tokens()).hasSize(2);
            assertThat(Scope.of("a")).isNotEqualTo(Scope.of("A"));
        }

        @Test
        void reads_the_empty_text_as_the_empty_scope() {
            assertThat(Scope.parse("")).isEqualTo(Scope.empty()).hasToString("");
        }

        @Test
        void counts_a_token_named_twice_once() {
            assertThat(Scope.parse("a b a")).hasToString("a b");
        }

        @Test
        void refuses_a_bad_token_among_trusted_parts() {
            assertThatIllegalArgumentException().isThrownBy(() -> Scope.of("a b"));
            assertThatIllegalArgumentException().isThrownBy(() -> new Scope(Set.of("")));
        }
    }

    @Nested
    class Set_operations {

        @Test
        void contain_and_intersect() {
            Scope scope = Scope.of("c", "a", "b");
            assertThat(scope.contains("a")).isTrue();
            assertThat(scope.contains("d")).isFalse();
            assertThat(scope.containsAll(Scope.of("b", "c"))).isTrue();
            assertThat(scope.containsAll(Scope.of("b", "d"))).isFalse();
            assertThat(scope.containsAll(Scope.empty())).isTrue();
            assertThat(scope.intersect(Scope.of("a", "d", "c"))).hasToString("c a");
            assertThat(scope.intersect(Scope.empty()).isEmpty()).isTrue();
        }

        @Test
        void do_not_let_the_tokens_be_changed() {
            Set<String> given = new LinkedHashSet<>(List.of("a"));
            Scope scope = new Scope(given);
            given.add("b");
            assertThat(scope.tokens()).containsExactly("a").isUnmodifiable();
        }
    }

    @Test
    void random_text_is_read_back_the_same_or_refused() {
        Random random = new Random(20260101);
        for (int round = 0; round < 20_000; round++) {
            String text = random.ints(random.nextInt(12), 0x1F, 0x82)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            try {
                assertThat(Scope.parse(Scope.parse(text).toString())).isEqualTo(Scope.parse(text));
            } catch (OAuthException refusal) {
                assertThat(refusal.error().code()).isEqualTo(ErrorCode.INVALID_SCOPE);
            }
        }
    }
}
