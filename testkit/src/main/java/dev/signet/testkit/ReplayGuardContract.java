package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ReplayGuard} must do. Extend it and say how to open yours:
 *
 * <pre>{@code
 * class MyReplayGuardTest extends ReplayGuardContract {
 *     protected ReplayGuard open(Clock clock) {
 *         return new MyReplayGuard(connection, clock);
 *     }
 * }
 * }</pre>
 */
public abstract class ReplayGuardContract {

    private static final int ROUNDS = 20;

    private final TestClock clock = TestClock.atStart();
    private final Instant inAMinute = TestClock.START.plusSeconds(60);
    private ReplayGuard guard = uses -> Optional.empty();
    private ReplayGuard otherInstance = guard;

    /**
     * A guard over the store under test. It is called twice before each test: the second is another instance on the same
     * store, as another node has it. Where there is no such thing, give the same again. The store need not be empty, if
     * nothing in it was left by a test of this class.
     *
     * @param clock what the guard must go by
     */
    protected abstract ReplayGuard open(Clock clock);

    @BeforeEach
    final void openBoth() {
        guard = open(clock);
        otherInstance = open(clock);
    }

    private SingleUse use(String jwtId) {
        return use(jwtId, inAMinute);
    }

    private static SingleUse use(String jwtId, Instant expiresAt) {
        return new SingleUse(key(jwtId), expiresAt);
    }

    private static ReplayKey key(String jwtId) {
        return new ReplayKey(ReplayKey.ASSERTION, "reporter", jwtId);
    }

    @Nested
    @Requirement({"7523-3-16", "OIDC-9-04"})
    class One_use {
        @Test
        void the_first_is_recorded_and_every_other_refused() {
            assertThat(guard.consume(List.of(use("one")))).isEmpty();
            assertThat(guard.consume(List.of(use("one")))).contains(key("one"));
            assertThat(otherInstance.consume(List.of(use("one")))).contains(key("one"));
        }

        @Test
        void first_use_says_the_same() {
            assertThat(guard.firstUse(key("first use"), inAMinute)).isTrue();
            assertThat(guard.firstUse(key("first use"), inAMinute)).isFalse();
        }

        @Test
        void the_same_jti_of_another_issuer_or_for_another_use_is_another() {
            assertThat(guard.firstUse(new ReplayKey("client-authentication", "a", "shared"), inAMinute))
                    .isTrue();
            assertThat(guard.firstUse(new ReplayKey("client-authentication", "b", "shared"), inAMinute))
                    .isTrue();
            assertThat(guard.firstUse(new ReplayKey("assertion-grant", "a", "shared"), inAMinute))
                    .isTrue();
        }

        @Test
        void parts_that_give_the_same_text_together_are_told_apart() {
            assertThat(guard.firstUse(new ReplayKey("use", "ab", "c"), inAMinute))
                    .isTrue();
            assertThat(guard.firstUse(new ReplayKey("use", "a", "bc"), inAMinute))
                    .isTrue();
            assertThat(guard.firstUse(new ReplayKey("usea", "b", "c"), inAMinute))
                    .isTrue();
        }

        @ParameterizedTest
        @MethodSource("dev.signet.testkit.HostileTexts#all")
        void any_text_is_only_data(String text) {
            ReplayKey asIdentifier = new ReplayKey("use", "hostile", text);
            ReplayKey asIssuer = new ReplayKey("use", text, "hostile");
            assertThat(guard.firstUse(asIdentifier, inAMinute)).isTrue();
            assertThat(guard.firstUse(asIssuer, inAMinute)).isTrue();
            assertThat(otherInstance.firstUse(asIdentifier, inAMinute)).isFalse();
            assertThat(otherInstance.firstUse(asIssuer, inAMinute)).isFalse();
        }
    }

    @Nested
    class Several_uses {
        @Test
        void are_recorded_together() {
            assertThat(guard.consume(List.of(use("x1"), use("x2")))).isEmpty();
            assertThat(guard.firstUse(key("x1"), inAMinute)).isFalse();
            assertThat(otherInstance.firstUse(key("x2"), inAMinute)).isFalse();
        }

        @Test
        @Requirement("7523-3-17")
        void leave_nothing_if_one_was_used_before() {
            guard.consume(List.of(use("y1")));
            assertThat(guard.consume(List.of(use("y0"), use("y1"), use("y2")))).contains(key("y1"));
            assertThat(guard.firstUse(key("y0"), inAMinute)).isTrue();
            assertThat(guard.firstUse(key("y2"), inAMinute)).isTrue();
        }

        @Test
        void may_be_of_one_name_for_two_kinds_of_things() {
            SingleUse other = new SingleUse(new ReplayKey("other", "reporter", "both"), inAMinute);
            assertThat(guard.consume(List.of(use("both"), other))).isEmpty();
            assertThat(guard.consume(List.of(other))).contains(other.key());
        }

        @Test
        void may_be_none() {
            assertThat(guard.consume(List.of())).isEmpty();
        }
    }

    @Nested
    @Requirement("7523-3-16")
    class Expiry {
        @Test
        void nothing_is_forgotten_before_it_has_expired() {
            guard.consume(List.of(use("e1")));
            clock.set(inAMinute.minusMillis(1));
            assertThat(guard.consume(List.of(use("e1")))).contains(key("e1"));
            assertThat(guard.consume(List.of(use("e1", inAMinute.plusSeconds(600)))))
                    .contains(key("e1"));
        }

        @Test
        void a_later_jwt_may_have_the_jti_of_one_that_has_expired_and_is_used_once() {
            Instant later = inAMinute.plusSeconds(60);
            guard.consume(List.of(use("e2")));
            clock.set(inAMinute);
            assertThat(guard.consume(List.of(use("e2", later)))).isEmpty();
            assertThat(guard.consume(List.of(use("e2", later)))).contains(key("e2"));
            assertThat(otherInstance.consume(List.of(use("e2", later)))).contains(key("e2"));
        }

        @Test
        void a_jwt_checked_just_before_it_expired_and_recorded_after_is_refused_again() {
            guard.consume(List.of(use("e3")));
            clock.set(inAMinute.plusSeconds(1));
            IntStream.range(0, 50).forEach(other -> guard.consume(List.of(use("e3 " + other))));
            assertThat(guard.consume(List.of(use("e3")))).contains(key("e3"));
        }

        @Test
        void a_jwt_recorded_after_it_expired_is_recorded_all_the_same() {
            clock.set(inAMinute.plusSeconds(1));
            assertThat(guard.consume(List.of(use("e4")))).isEmpty();
            assertThat(guard.consume(List.of(use("e4")))).contains(key("e4"));
        }

        @Test
        void fractions_of_a_second_are_not_cut_off() {
            Instant expiry = inAMinute.plusMillis(999);
            guard.consume(List.of(use("e5", expiry)));
            clock.set(inAMinute.plusMillis(998));
            assertThat(guard.consume(List.of(use("e5", expiry.plus(Duration.ofMinutes(1))))))
                    .contains(key("e5"));
        }
    }

    @Nested
    @Requirement({"7523-3-17", "D-04"})
    class Races {
        @ParameterizedTest
        @ValueSource(ints = {2, 64})
        void of_one_key_have_one_winner(int runners) {
            for (int round = 0; round < ROUNDS; round++) {
                SingleUse use = use("race of " + runners + ", " + round);
                assertThat(winners(runners, number -> List.of(use))).isEqualTo(1);
            }
        }

        @Test
        void of_two_keys_in_either_order_have_one_winner() {
            for (int round = 0; round < ROUNDS; round++) {
                SingleUse one = use("either, one " + round);
                SingleUse two = use("either, two " + round);
                assertThat(winners(16, number -> number % 4 < 2 ? List.of(one, two) : List.of(two, one)))
                        .isEqualTo(1);
            }
        }

        @Test
        void of_requests_that_share_a_key_each_with_each_have_one_winner_and_leave_nothing_of_the_others() {
            for (int round = 0; round < ROUNDS; round++) {
                List<SingleUse> uses = List.of(use("a " + round), use("b " + round), use("c " + round));
                int winners = winners(12, number -> {
                    List<SingleUse> pair = new ArrayList<>(uses);
                    pair.remove(number % 3);
                    if (number % 2 == 0) {
                        Collections.reverse(pair);
                    }
                    return pair;
                });
                assertThat(winners).isEqualTo(1);
                assertThat(uses.stream()
                                .filter(use -> guard.consume(List.of(use)).isEmpty()))
                        .as("keys the winner did not use")
                        .hasSize(1);
            }
        }

        @Test
        void for_the_jti_of_an_expired_jwt_have_one_winner() {
            for (int round = 0; round < ROUNDS; round++) {
                guard.consume(List.of(use("renewed " + round)));
            }
            clock.set(inAMinute);
            for (int round = 0; round < ROUNDS; round++) {
                SingleUse later = use("renewed " + round, inAMinute.plusSeconds(60));
                assertThat(winners(16, number -> List.of(later))).isEqualTo(1);
            }
        }

        private int winners(int runners, IntFunction<List<SingleUse>> uses) {
            List<Optional<ReplayKey>> results = Race.of(runners, number -> {
                List<SingleUse> own = uses.apply(number);
                ReplayGuard node = number % 2 == 0 ? guard : otherInstance;
                Callable<Optional<ReplayKey>> runner = () -> node.consume(own);
                return runner;
            });
            return (int) results.stream().filter(Optional::isEmpty).count();
        }
    }
}
