package dev.signet.authorizationserver.resourceowner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.jwt.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of those who sign in here. */
class UserAccountTest {

    private static UserAccount.Builder alice() {
        return UserAccount.builder("u-1")
                .username(new Username("alice"))
                .passwordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")
                .attributes(Attributes.of(JsonObject.parse("{\"name\":\"Alice\"}")));
    }

    @Test
    void is_read_back_from_its_json() {
        UserAccount account = alice().enabled(false).build();
        assertThat(UserAccount.fromJson(account.toJson())).isEqualTo(account);
        assertThat(account.toBuilder().build()).isEqualTo(account);
        assertThat(alice().build()).isNotEqualTo(account);
    }

    @Test
    void says_all_that_is_wrong_with_it_at_once() {
        UserAccount.Builder wrong = UserAccount.builder("").passwordHash("not visible");
        assertThatThrownBy(wrong::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("sub must", "password_hash must", "of no use without username")
                .hasMessageNotContaining("not visible");
    }

    @Test
    void shows_neither_hash_nor_attributes() {
        assertThat(alice().build().toString()).isEqualTo("UserAccount u-1");
    }

    @Nested
    class The_username {
        @ParameterizedTest
        @CsvSource({"alice,alice", "Alice,alice", "ＡＬＩＣＥ,alice", "JOSE\u0301,jos\u00e9", "a@example.com,a@example.com"})
        void is_the_same_in_any_letter_case_width_and_composition(String written, String username) {
            assertThat(Username.find(written)).hasValue(new Username(username));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "alice ",
                    "al ice",
                    "al\u0000ice",
                    "al\u202Eice",
                    "al\u200Bice",
                    "a\u00A0b",
                    "\uD800"
                })
        void is_none_with_what_can_not_be_seen(String text) {
            assertThat(Username.find(text)).isEmpty();
            assertThatThrownBy(() -> new Username(text)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void has_128_characters_at_most() {
            assertThat(Username.find("a".repeat(128))).isPresent();
            assertThat(Username.find("a".repeat(129))).isEmpty();
        }
    }

    @Nested
    class A_consent {
        private static final ResourceIndicator ORDERS = new ResourceIndicator("https://api.example.com/orders");
        private static final ResourceIndicator STOCK = new ResourceIndicator("https://api.example.com/stock");

        private final Consent consent = new Consent(
                "u-1", new ClientId("shop"), Map.of(ORDERS, Scope.of("read", "write"), STOCK, Scope.of("read")));

        @Test
        void covers_the_same_and_less() {
            assertThat(consent.covers(consent.scopes())).isTrue();
            assertThat(consent.covers(Map.of(ORDERS, Scope.of("read")))).isTrue();
            assertThat(consent.covers(Map.of(ORDERS, Scope.empty()))).isTrue();
        }

        @Test
        void covers_no_more_at_any_resource() {
            assertThat(consent.covers(Map.of(ORDERS, Scope.of("read", "delete"))))
                    .isFalse();
            assertThat(consent.covers(Map.of(ORDERS, Scope.of("read"), STOCK, Scope.of("write"))))
                    .isFalse();
            assertThat(consent.covers(Map.of(new ResourceIndicator("https://other.example.com"), Scope.empty())))
                    .isFalse();
        }
    }
}
