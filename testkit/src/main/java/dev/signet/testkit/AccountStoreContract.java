package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.resourceowner.Account;
import dev.signet.authorizationserver.resourceowner.AccountStore;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.authorizationserver.resourceowner.UsernameTaken;
import dev.signet.authorizationserver.store.memory.InMemoryAccountStore;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link AccountStore} must do. Extend it and say how to open yours. */
public abstract class AccountStoreContract {

    private static final Username ALICE = new Username("alice");
    private static final Username BOB = new Username("bob");

    private AccountStore store = new InMemoryAccountStore();
    private AccountStore otherInstance = store;

    /**
     * A store of accounts. It is called twice before each test: the first one must be empty; the second is another instance on
     * the same store, as another node has it. Where there is no such thing, give the same again.
     */
    protected abstract AccountStore open();

    @BeforeEach
    final void openBoth() {
        store = open();
        otherInstance = open();
    }

    private static UserAccount alice() {
        return UserAccount.builder("u-1")
                .username(ALICE)
                .passwordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA")
                .attributes(Attributes.of(JsonObject.parse("{\"name\":\"Alice O'Neil\",\"groups\":[\"staff\"]}")))
                .build();
    }

    private static UserAccount nameless(String subject) {
        return UserAccount.builder(subject).build();
    }

    @Nested
    class Find {
        @Test
        void gives_back_all_that_was_put() {
            assertThat(store.put(alice())).isTrue();
            assertThat(otherInstance.findUser("u-1")).hasValue(alice());
            assertThat(otherInstance.findByUsername(ALICE)).hasValue(alice());
            assertThat(otherInstance.find("u-1").map(Account::isEnabled)).hasValue(true);
        }

        @Test
        void is_empty_for_those_who_are_unknown() {
            store.put(alice());
            for (String unknown : List.of("alice", "U-1", "u-1 ", "%", "u' OR 'a'='a")) {
                assertThat(store.findUser(unknown)).as(unknown).isEmpty();
                assertThat(store.find(unknown)).as(unknown).isEmpty();
            }
            for (String unknown : List.of("u-1", "alic", "alice2", "%", "'or'a'='a")) {
                assertThat(store.findByUsername(new Username(unknown)))
                        .as(unknown)
                        .isEmpty();
            }
        }
    }

    @Nested
    class Put {
        @Test
        void takes_any_subject_as_data() {
            Set<String> subjects = new TreeSet<>(HostileTexts.ASCII);
            subjects.addAll(HostileTexts.UNICODE);
            subjects.add("x".repeat(Account.LONGEST_SUBJECT));
            for (String subject : subjects) {
                assertThat(store.put(nameless(subject))).isTrue();
                assertThat(otherInstance.findUser(subject)).hasValue(nameless(subject));
            }
        }

        @Test
        void refuses_a_second_account_of_one_subject_and_changes_nothing() {
            store.put(alice());
            assertThat(store.put(nameless("u-1"))).isFalse();
            assertThat(otherInstance.put(nameless("u-1"))).isFalse();
            assertThat(otherInstance.findUser("u-1")).hasValue(alice());
        }

        @Test
        void refuses_a_second_account_of_one_username_and_changes_nothing() {
            store.put(alice());
            UserAccount second = UserAccount.builder("u-2").username(ALICE).build();
            assertThat(otherInstance.put(second)).isFalse();
            assertThat(otherInstance.findUser("u-2")).isEmpty();
            assertThat(otherInstance.findByUsername(ALICE)).hasValue(alice());
        }

        @Test
        void has_one_winner_of_those_that_want_one_username() {
            for (int round = 0; round < 10; round++) {
                Username wanted = new Username("race-" + round);
                String prefix = round + "-";
                List<Boolean> results = Race.of(8, number -> {
                    AccountStore node = number % 2 == 0 ? store : otherInstance;
                    UserAccount account = UserAccount.builder(prefix + number)
                            .username(wanted)
                            .build();
                    return () -> node.put(account);
                });
                assertThat(results).containsOnlyOnce(true);
                assertThat(otherInstance.findByUsername(wanted).orElseThrow().subject())
                        .isEqualTo(prefix + results.indexOf(true));
            }
        }
    }

    @Nested
    class Change {
        @Test
        void is_known_to_all_at_once() {
            store.put(alice());
            assertThat(store.find("u-1").orElseThrow().isEnabled()).isTrue();
            assertThat(otherInstance.change(
                            "u-1", account -> account.toBuilder().enabled(false).build()))
                    .isPresent();
            assertThat(store.find("u-1").orElseThrow().isEnabled()).isFalse();
            assertThat(store.findByUsername(ALICE).orElseThrow().account().isEnabled())
                    .isFalse();
        }

        @Test
        void of_the_username_leaves_the_old_one_to_others() {
            store.put(alice());
            otherInstance.change(
                    "u-1", account -> account.toBuilder().username(BOB).build());
            assertThat(store.findByUsername(ALICE)).isEmpty();
            assertThat(store.findByUsername(BOB).orElseThrow().subject()).isEqualTo("u-1");
            assertThat(store.put(UserAccount.builder("u-2").username(ALICE).build()))
                    .isTrue();
        }

        @Test
        void to_the_username_of_another_is_refused_and_changes_nothing() {
            store.put(alice());
            store.put(UserAccount.builder("u-2").username(BOB).build());
            assertThatThrownBy(() -> otherInstance.change(
                            "u-2",
                            account -> account.toBuilder().username(ALICE).build()))
                    .isInstanceOf(UsernameTaken.class);
            assertThat(store.findByUsername(BOB).orElseThrow().subject()).isEqualTo("u-2");
            assertThat(store.findByUsername(ALICE)).hasValue(alice());
        }

        @Test
        void of_none_makes_none() {
            assertThat(store.change("u-1", account -> account)).isEmpty();
            assertThat(otherInstance.findUser("u-1")).isEmpty();
        }

        @Test
        void keeps_the_subject() {
            store.put(alice());
            assertThatThrownBy(() -> store.change("u-1", account -> nameless("u-2")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(otherInstance.findUser("u-1")).hasValue(alice());
            assertThat(otherInstance.findUser("u-2")).isEmpty();
        }

        @Test
        void loses_none_of_those_that_come_together() {
            store.put(nameless("u-1"));
            Race.of(8, number -> {
                AccountStore node = number % 2 == 0 ? store : otherInstance;
                Callable<Optional<UserAccount>> change =
                        () -> node.change("u-1", account -> with(account, "runner" + number));
                return change;
            });
            assertThat(otherInstance
                            .find("u-1")
                            .orElseThrow()
                            .attributes()
                            .toJson()
                            .size())
                    .isEqualTo(8);
        }

        private static UserAccount with(UserAccount account, String attribute) {
            JsonObject more = account.account().attributes().toJson().toBuilder()
                    .put(attribute, true)
                    .build();
            return account.toBuilder().attributes(Attributes.of(more)).build();
        }
    }

    @Nested
    class Remove {
        @Test
        void takes_an_account_away_for_all() {
            store.put(alice());
            store.put(nameless("kept"));
            assertThat(store.remove("u-1")).isTrue();
            assertThat(otherInstance.findUser("u-1")).isEmpty();
            assertThat(otherInstance.findByUsername(ALICE)).isEmpty();
            assertThat(store.findUser("kept")).isPresent();
            assertThat(store.remove("u-1")).isFalse();
        }

        @Test
        void has_one_winner_of_those_that_come_together() {
            for (int round = 0; round < 10; round++) {
                String subject = "remove " + round;
                store.put(nameless(subject));
                List<Boolean> results = Race.of(8, number -> {
                    AccountStore node = number % 2 == 0 ? store : otherInstance;
                    return () -> node.remove(subject);
                });
                assertThat(results).containsOnlyOnce(true);
            }
        }
    }

    @Nested
    class Page {
        @Test
        void after_page_has_each_account_once() {
            Set<String> all = new TreeSet<>(HostileTexts.ASCII);
            all.addAll(HostileTexts.UNICODE);
            all.addAll(List.of("a", "B", "b", "a-b", "ab", "A"));
            all.forEach(subject -> store.put(nameless(subject)));
            List<String> listed = new ArrayList<>();
            List<UserAccount> page = otherInstance.page("", 4);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(4);
                page.forEach(account -> listed.add(account.subject()));
                page = otherInstance.page(listed.get(listed.size() - 1), 4);
            }
            assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
        }

        @Test
        void of_nothing_is_empty() {
            assertThat(store.page("", 10)).isEmpty();
        }
    }
}
