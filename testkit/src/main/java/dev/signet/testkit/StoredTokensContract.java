package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.jwt.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link StoredTokens} must do. Extend it and say how to open yours:
 *
 * <pre>{@code
 * class MyStoredTokensTest extends StoredTokensContract {
 *     protected StoredTokens open(Clock clock) {
 *         return new MyStoredTokens(connection, clock);
 *     }
 *
 *     protected ReplayGuard openReplayGuard(Clock clock) {
 *         return new MyReplayGuard(connection, clock);
 *     }
 * }
 * }</pre>
 */
public abstract class StoredTokensContract {

    private static final int ROUNDS = 10;

    private final TestClock clock = TestClock.atStart();
    private final Instant inAMinute = TestClock.START.plusSeconds(60);
    private Optional<StoredTokens> one = Optional.empty();
    private Optional<StoredTokens> two = Optional.empty();
    private Optional<ReplayGuard> guard = Optional.empty();

    /**
     * The store under test. It is called twice before each test: the second is another instance on the same store, as another
     * node has it. Where there is no such thing, give the same again. The store need not be empty, if nothing in it was left by a
     * test of this class.
     *
     * @param clock what the store must go by
     */
    protected abstract StoredTokens open(Clock clock);

    /** What remembers the uses that are recorded with tokens, on the same store. */
    protected abstract ReplayGuard openReplayGuard(Clock clock);

    @BeforeEach
    final void openBoth() {
        one = Optional.of(open(clock));
        two = Optional.of(open(clock));
        guard = Optional.of(openReplayGuard(clock));
    }

    private StoredTokens node() {
        return one.orElseThrow();
    }

    private StoredTokens otherNode() {
        return two.orElseThrow();
    }

    private StoredToken token(String text) {
        JsonObject claims = JsonObject.builder()
                .put("sub", "a subject of " + text)
                .put("aud", List.of("https://api.example.com/orders", "https://api.example.com/stock"))
                .put("exp", inAMinute.getEpochSecond())
                .put("groups", List.of(JsonObject.parse("{\"value\":\"\u00fc, \\u4e2d and \\\\ \\\"\"}")))
                .build();
        return new StoredToken(TokenDigest.of(text), claims, inAMinute);
    }

    private SingleUse use(String jwtId) {
        return new SingleUse(new ReplayKey(ReplayKey.ASSERTION, "reporter", jwtId), inAMinute);
    }

    @Nested
    @Requirement({"D-13", "D-24"})
    class One_token {
        @Test
        void is_found_at_once_and_on_every_instance_as_it_was_put() {
            StoredToken token = token("at once");
            assertThat(node().find(token.digest())).isEmpty();
            assertThat(node().put(token, List.of())).isEmpty();
            assertThat(node().find(token.digest())).hasValue(token);
            assertThat(otherNode().find(token.digest())).hasValue(token);
        }

        @Test
        void is_found_alone() {
            node().put(token("alone"), List.of());
            assertThat(node().find(TokenDigest.of("alone "))).isEmpty();
            assertThat(node().find(TokenDigest.of("Alone"))).isEmpty();
        }

        @Test
        void is_not_forgotten_before_it_has_expired() {
            node().put(token("kept"), List.of());
            clock.set(inAMinute.minusMillis(1));
            for (int other = 0; other < 20; other++) {
                node().put(token("kept " + other), List.of());
            }
            assertThat(otherNode().find(token("kept").digest())).hasValue(token("kept"));
        }

        @Test
        void may_say_much() {
            StoredToken token = token("large");
            JsonObject claims = token.claims().toBuilder()
                    .put("entitlements", "e".repeat(60_000))
                    .build();
            StoredToken large = new StoredToken(token.digest(), claims, token.expiresAt());
            node().put(large, List.of());
            assertThat(otherNode().find(large.digest())).hasValue(large);
        }
    }

    @Nested
    class Uses_of_the_same_request {
        @Test
        @Requirement("7523-3-17")
        void are_recorded_with_the_token() {
            assertThat(node().put(token("u1"), List.of(use("u1 client"), use("u1 grant"))))
                    .isEmpty();
            assertThat(guard.orElseThrow().consume(List.of(use("u1 client")))).isPresent();
            assertThat(guard.orElseThrow().consume(List.of(use("u1 grant")))).isPresent();
        }

        @Test
        @Requirement({"7523-3-16", "7523-3-17"})
        void prevent_it_when_one_was_used_before_and_none_is_recorded() {
            guard.orElseThrow().consume(List.of(use("u2 before")));
            assertThat(otherNode().put(token("u2"), List.of(use("u2 a"), use("u2 before"), use("u2 b"))))
                    .contains(use("u2 before").key());
            assertThat(node().find(token("u2").digest())).isEmpty();
            assertThat(guard.orElseThrow().consume(List.of(use("u2 a"), use("u2 b"))))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 16})
        @Requirement("7523-3-17")
        void have_one_winner_and_keep_its_token_alone(int runners) {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "race of " + runners + ", " + round;
                SingleUse shared = use(name);
                List<Optional<ReplayKey>> results = Race.of(runners, number -> {
                    StoredTokens store = number % 2 == 0 ? node() : otherNode();
                    Callable<Optional<ReplayKey>> runner = () -> store.put(token(name + " " + number), List.of(shared));
                    return runner;
                });
                assertThat(results.stream().filter(Optional::isEmpty)).hasSize(1);
                for (int number = 0; number < runners; number++) {
                    assertThat(otherNode()
                                    .find(token(name + " " + number).digest())
                                    .isPresent())
                            .isEqualTo(results.get(number).isEmpty());
                }
            }
        }
    }
}
