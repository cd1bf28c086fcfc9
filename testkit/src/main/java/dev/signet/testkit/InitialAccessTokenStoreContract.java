package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.registration.InitialAccessToken;
import dev.signet.authorizationserver.registration.InitialAccessTokenStore;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.authorizationserver.store.memory.InMemoryClientStore;
import dev.signet.authorizationserver.store.memory.InMemoryInitialAccessTokenStore;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link InitialAccessTokenStore} must do. Extend it and say how to open yours. */
public abstract class InitialAccessTokenStoreContract {

    private static final Instant NOW = TestClock.START;

    private Opened store = inMemory();
    private Opened otherInstance = store;

    /** The tokens, and the clients that register with them, of one store. */
    public record Opened(InitialAccessTokenStore tokens, ClientStore clients) {}

    private static Opened inMemory() {
        InMemoryClientStore clients = new InMemoryClientStore();
        return new Opened(new InMemoryInitialAccessTokenStore(clients), clients);
    }

    /**
     * The stores. It is called twice before each test: the first ones must be empty; the second are other instances on the same
     * store, as another node has them. Where there is no such thing, give the same again.
     */
    protected abstract Opened open();

    @BeforeEach
    final void openBoth() {
        store = open();
        otherInstance = open();
    }

    private static InitialAccessToken token(String name, int uses) {
        return new InitialAccessToken(
                name,
                digest(name),
                NOW.plus(Duration.ofHours(1)),
                uses,
                JsonObject.builder().put("scope", "orders.read it's").build());
    }

    private static TokenDigest digest(String name) {
        return TokenDigest.of("the text of " + name);
    }

    private static RegisteredClient client(String clientId) {
        return RegisteredClient.builder(new ClientId(clientId))
                .authenticationMethod(ClientAuthenticationMethod.NONE)
                .grantTypes(Set.of(GrantType.JWT_BEARER))
                .build();
    }

    private int usesLeft(String name) {
        return otherInstance.tokens().find(digest(name)).orElseThrow().usesLeft();
    }

    private boolean isRegistered(String clientId) {
        return otherInstance.clients().find(new ClientId(clientId)).isPresent();
    }

    @Nested
    class Put {
        @Test
        void gives_back_all_that_was_put() {
            assertThat(store.tokens().put(token("crew", 3))).isTrue();
            assertThat(otherInstance.tokens().find(digest("crew"))).contains(token("crew", 3));
            assertThat(otherInstance.tokens().find(digest("other"))).isEmpty();
        }

        @Test
        void refuses_a_second_one_of_a_name_or_a_digest() {
            InitialAccessToken first = token("crew", 3);
            assertThat(store.tokens().put(first)).isTrue();
            assertThat(otherInstance
                            .tokens()
                            .put(new InitialAccessToken("crew", digest("x"), NOW, 1, JsonObject.empty())))
                    .isFalse();
            assertThat(otherInstance
                            .tokens()
                            .put(new InitialAccessToken("x", digest("crew"), NOW, 1, JsonObject.empty())))
                    .isFalse();
            assertThat(store.tokens().page("", 10)).containsExactly(first);
        }

        @Test
        void takes_any_name_as_data() {
            HostileTexts.ASCII.forEach(name ->
                    assertThat(store.tokens().put(token(name, 1))).as(name).isTrue());
            HostileTexts.ASCII.forEach(name -> assertThat(usesLeft(name)).isEqualTo(1));
        }
    }

    @Nested
    class Redeem {
        @Test
        void adds_the_client_and_counts_the_use() {
            store.tokens().put(token("crew", 2));
            assertThat(otherInstance.tokens().redeem(digest("crew"), client("one"), NOW))
                    .isTrue();
            assertThat(usesLeft("crew")).isEqualTo(1);
            assertThat(isRegistered("one")).isTrue();
        }

        @Test
        void with_a_token_that_is_unknown_or_used_up_adds_nothing() {
            store.tokens().put(token("crew", 1));
            assertThat(store.tokens().redeem(digest("other"), client("none"), NOW))
                    .isFalse();
            assertThat(store.tokens().redeem(digest("crew"), client("one"), NOW))
                    .isTrue();
            assertThat(store.tokens().redeem(digest("crew"), client("two"), NOW))
                    .isFalse();
            assertThat(usesLeft("crew")).isZero();
            assertThat(isRegistered("none") || isRegistered("two")).isFalse();
        }

        @Test
        void is_possible_until_the_token_has_expired() {
            store.tokens().put(token("crew", 2));
            Instant end = NOW.plus(Duration.ofHours(1));
            assertThat(store.tokens().redeem(digest("crew"), client("late"), end))
                    .isFalse();
            assertThat(store.tokens().redeem(digest("crew"), client("in time"), end.minusSeconds(1)))
                    .isTrue();
            assertThat(isRegistered("late")).isFalse();
        }

        @Test
        void counts_nothing_if_the_identifier_is_taken() {
            store.tokens().put(token("crew", 2));
            store.clients().put(client("one"));
            assertThat(store.tokens().redeem(digest("crew"), client("one"), NOW))
                    .isFalse();
            assertThat(usesLeft("crew")).isEqualTo(2);
        }

        @Test
        void has_one_winner_of_those_that_come_together_for_the_last_use() {
            for (int round = 0; round < 10; round++) {
                String name = "race " + round;
                store.tokens().put(token(name, 1));
                List<Boolean> results = Race.of(16, number -> {
                    Opened node = number % 2 == 0 ? store : otherInstance;
                    RegisteredClient client = client(name + " " + number);
                    return () -> node.tokens().redeem(digest(name), client, NOW);
                });
                assertThat(results).containsOnlyOnce(true);
                for (int number = 0; number < results.size(); number++) {
                    assertThat(isRegistered(name + " " + number)).isEqualTo(results.get(number));
                }
            }
        }

        @Test
        void lets_as_many_win_as_there_are_uses() {
            store.tokens().put(token("crew", 3));
            List<Boolean> results = Race.of(8, number -> {
                Opened node = number % 2 == 0 ? store : otherInstance;
                return () -> node.tokens().redeem(digest("crew"), client("client " + number), NOW);
            });
            assertThat(Collections.frequency(results, true)).isEqualTo(3);
            assertThat(usesLeft("crew")).isZero();
        }
    }

    @Nested
    class Remove {
        @Test
        void takes_a_token_away_for_all_and_leaves_its_clients() {
            store.tokens().put(token("crew", 2));
            store.tokens().redeem(digest("crew"), client("one"), NOW);
            assertThat(otherInstance.tokens().remove("crew")).isTrue();
            assertThat(store.tokens().find(digest("crew"))).isEmpty();
            assertThat(store.tokens().redeem(digest("crew"), client("two"), NOW))
                    .isFalse();
            assertThat(isRegistered("one")).isTrue();
            assertThat(isRegistered("two")).isFalse();
            assertThat(store.tokens().remove("crew")).isFalse();
        }
    }

    @Nested
    class Page {
        @Test
        void after_page_has_each_token_once() {
            Set<String> all = new TreeSet<>(List.of("a", "B", "b", "a-b", "ab", "A"));
            all.forEach(name -> store.tokens().put(token(name, 1)));
            List<String> listed = new ArrayList<>();
            List<InitialAccessToken> page = otherInstance.tokens().page("", 4);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(4);
                page.forEach(token -> listed.add(token.name()));
                page = otherInstance.tokens().page(listed.get(listed.size() - 1), 4);
            }
            assertThat(listed).containsExactlyInAnyOrderElementsOf(all);
        }
    }
}
