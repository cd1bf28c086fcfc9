package dev.signet.app.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.testkit.Race;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passwords may be, and how they are kept. */
class PasswordHashTest {

    private static final String CHOSEN = "correct horse battery";

    /** From the tests of the reference implementation: {@code password} with the salt {@code somesalt}. */
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final PasswordCheck check = new PasswordCheck(1);

    @Nested
    class A_new_password {
        @ParameterizedTest
        @ValueSource(
                strings = {"fifteen letters", "\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11 ten letters"
                })
        void has_15_characters_of_any_kind(String chosen) {
            assertThat(Password.ofNew(chosen).toString()).isEqualTo("Password");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "fourteen chars",
                    "fifteen letters\n",
                    "\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11\uD83D\uDD11"
                })
        void is_refused_if_it_is_shorter_or_can_not_be_typed(String chosen) {
            assertThatThrownBy(() -> Password.ofNew(chosen))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least 15 characters");
        }

        @Test
        void has_1024_octets_at_most() {
            assertThat(Password.find("x".repeat(1024))).isPresent();
            assertThat(Password.find("x".repeat(1025))).isEmpty();
            assertThat(Password.find("\u00e9".repeat(513))).isEmpty();
        }
    }

    @Nested
    class A_hash {
        @Test
        void is_written_as_the_reference_implementation_writes_it() {
            assertThat(PasswordHash.find(REFERENCE).orElseThrow().toText()).isEqualTo(REFERENCE);
            assertThat(check.matches(Optional.of(REFERENCE), "password")).hasValue(true);
            assertThat(check.matches(Optional.of(REFERENCE), "passwore")).hasValue(false);
        }

        @Test
        void is_another_each_time_and_of_one_password_only() {
            SecureRandom random = new SecureRandom();
            String one = PasswordHash.of(Password.ofNew(CHOSEN), random).toText();
            String other = PasswordHash.of(Password.ofNew(CHOSEN), random).toText();
            assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(other);
            assertThat(check.matches(Optional.of(one), CHOSEN)).hasValue(true);
            assertThat(check.matches(Optional.of(other), CHOSEN)).hasValue(true);
            assertThat(check.matches(Optional.of(one), "Correct horse battery")).hasValue(false);
        }

        @Test
        void knows_one_password_however_it_was_composed() {
            String kept = PasswordHash.of(Password.ofNew("Caf\u00e9 au lait, oui"), new SecureRandom())
                    .toText();
            assertThat(check.matches(Optional.of(kept), "Cafe\u0301 au\u00A0lait, oui"))
                    .hasValue(true);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "password",
                    "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                    "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                    "$argon2id$v=19$m=131073,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                    "$argon2id$v=19$m=65536,t=11,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                    "$argon2id$v=19$m=65536,t=2,p=9$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                    "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                    "$argon2id$v=19$m=65536,t=2,p=1$c29tc2FsdA$short"
                })
        void is_none_that_is_written_otherwise_or_costs_too_much(String text) {
            assertThat(PasswordHash.find(text)).isEmpty();
            assertThat(check.matches(Optional.of(text), "password")).hasValue(false);
        }
    }

    @Nested
    class Many_at_once {
        @Test
        void are_sent_away_when_too_many_wait() {
            List<Optional<Boolean>> answers =
                    Race.of(60, number -> () -> check.matches(Optional.of(REFERENCE), "password"));
            assertThat(answers).contains(Optional.of(true), Optional.empty()).doesNotContain(Optional.of(false));
        }
    }

    @Nested
    class Nobody {
        @Test
        void has_any_password() {
            for (String typed : new String[] {"", "password", "x".repeat(2000)}) {
                assertThat(check.matches(Optional.empty(), typed)).hasValue(false);
                assertThat(check.matches(Optional.of(REFERENCE), typed)).hasValue(typed.equals("password"));
            }
            assertThat(check.matches(Optional.of(PasswordHash.ofNone().toText()), ""))
                    .hasValue(false);
        }
    }
}
