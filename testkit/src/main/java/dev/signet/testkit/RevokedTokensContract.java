package dev.signet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevocationChanges;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.JwtId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link RevokedTokens} must do. Extend it and say how to open yours:
 *
 * <pre>{@code
 * class MyRevokedTokensTest extends RevokedTokensContract {
 *     protected RevokedTokens open(Clock clock) {
 *         return new MyRevokedTokens(connection, clock);
 *     }
 *
 *     protected ReplayGuard openReplayGuard(Clock clock) {
 *         return new MyReplayGuard(connection, clock);
 *     }
 * }
 * }</pre>
 */
public abstract class RevokedTokensContract {

    private static final int ROUNDS = 10;

    private final TestClock clock = TestClock.atStart();
    private final Instant inAMinute = TestClock.START.plusSeconds(60);
    private Optional<RevokedTokens> one = Optional.empty();
    private Optional<RevokedTokens> two = Optional.empty();
    private Optional<ReplayGuard> guard = Optional.empty();

    /**
     * The store under test. It is called twice before each test: the second is another instance on the same store, as another
     * node has it. Where there is no such thing, give the same again. The store need not be empty, if nothing in it was left by a
     * test of this class.
     *
     * @param clock what the store must go by
     */
    protected abstract RevokedTokens open(Clock clock);

    /** What remembers the uses that are recorded with revocations, on the same store. */
    protected abstract ReplayGuard openReplayGuard(Clock clock);

    @BeforeEach
    final void openBoth() {
        one = Optional.of(open(clock));
        two = Optional.of(open(clock));
        guard = Optional.of(openReplayGuard(clock));
    }

    private RevokedTokens node() {
        return one.orElseThrow();
    }

    private RevokedTokens otherNode() {
        return two.orElseThrow();
    }

    private RevokedToken token(String jwtId) {
        return RevokedToken.of(new JwtId(jwtId), inAMinute);
    }

    private SingleUse use(String jwtId) {
        return new SingleUse(new ReplayKey(ReplayKey.ASSERTION, "reporter", jwtId), inAMinute);
    }

    /** What another node finds that asks again and again, and the mark it has in the end. */
    private static RevocationChanges all(RevokedTokens store, long mark, int most) {
        List<RevokedToken> found = new ArrayList<>();
        RevocationChanges changes = store.changesSince(mark, most);
        while (changes.more()) {
            assertThat(changes.revoked()).hasSizeLessThanOrEqualTo(most);
            found.addAll(changes.revoked());
            changes = store.changesSince(changes.mark(), most);
        }
        found.addAll(changes.revoked());
        return new RevocationChanges(found, changes.mark(), false);
    }

    private long markNow() {
        return all(node(), RevokedTokens.START, 100).mark();
    }

    @Nested
    @Requirement({"7009-2-01", "7009-2.1-04"})
    class One_token {
        @Test
        void is_revoked_at_once_and_on_every_instance() {
            RevokedToken token = token("at once");
            assertThat(node().isRevoked(token.digest())).isFalse();
            assertThat(node().revoke(token, List.of())).isEmpty();
            assertThat(node().isRevoked(token.digest())).isTrue();
            assertThat(otherNode().isRevoked(token.digest())).isTrue();
        }

        @Test
        void is_revoked_alone() {
            node().revoke(token("alone"), List.of());
            assertThat(node().isRevoked(JwtIdDigest.of(new JwtId("alone ")))).isFalse();
            assertThat(node().isRevoked(JwtIdDigest.of(new JwtId("Alone")))).isFalse();
        }

        @Test
        void stays_revoked_when_it_is_revoked_again() {
            long mark = markNow();
            assertThat(node().revoke(token("again"), List.of())).isEmpty();
            assertThat(otherNode().revoke(token("again"), List.of())).isEmpty();
            assertThat(node().isRevoked(token("again").digest())).isTrue();
            assertThat(all(node(), mark, 10).revoked()).containsExactly(token("again"));
        }

        @Test
        void is_not_forgotten_before_it_has_expired() {
            node().revoke(token("kept"), List.of());
            clock.set(inAMinute.minusMillis(1));
            for (int other = 0; other < 20; other++) {
                node().revoke(token("kept " + other), List.of());
            }
            assertThat(node().isRevoked(token("kept").digest())).isTrue();
            assertThat(all(otherNode(), RevokedTokens.START, 100).revoked()).contains(token("kept"));
        }

        @Test
        void expires_no_earlier_than_it_said() {
            long mark = markNow();
            node().revoke(RevokedToken.of(new JwtId("fraction"), inAMinute.plusMillis(1)), List.of());
            assertThat(all(otherNode(), mark, 10).revoked())
                    .singleElement()
                    .satisfies(found -> assertThat(found.expiresAt()).isAfterOrEqualTo(inAMinute.plusMillis(1)));
        }
    }

    @Nested
    class Uses_of_the_same_request {
        @Test
        @Requirement("7523-3-17")
        void are_recorded_with_the_revocation() {
            assertThat(node().revoke(token("u1"), List.of(use("u1 client")))).isEmpty();
            assertThat(guard.orElseThrow().consume(List.of(use("u1 client"))))
                    .contains(use("u1 client").key());
        }

        @Test
        @Requirement({"7523-3-16", "7523-3-17"})
        void prevent_it_when_one_was_used_before_and_none_is_recorded() {
            guard.orElseThrow().consume(List.of(use("u2 before")));
            long mark = markNow();
            assertThat(otherNode().revoke(token("u2"), List.of(use("u2 a"), use("u2 before"), use("u2 b"))))
                    .contains(use("u2 before").key());
            assertThat(node().isRevoked(token("u2").digest())).isFalse();
            assertThat(all(node(), mark, 10).revoked()).isEmpty();
            assertThat(guard.orElseThrow().consume(List.of(use("u2 a"), use("u2 b"))))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 16})
        @Requirement("7523-3-17")
        void have_one_winner_and_revoke_its_token_alone(int runners) {
            for (int round = 0; round < ROUNDS; round++) {
                String name = "race of " + runners + ", " + round;
                SingleUse shared = use(name);
                long mark = markNow();
                List<Optional<ReplayKey>> results = Race.of(runners, number -> {
                    RevokedTokens store = number % 2 == 0 ? node() : otherNode();
                    Callable<Optional<ReplayKey>> runner =
                            () -> store.revoke(token(name + " " + number), List.of(shared));
                    return runner;
                });
                int winner = results.indexOf(Optional.<ReplayKey>empty());
                assertThat(results.stream().filter(Optional::isEmpty)).hasSize(1);
                assertThat(all(otherNode(), mark, 100).revoked()).containsExactly(token(name + " " + winner));
            }
        }
    }

    @Nested
    @Requirement({"7009-2.1-04", "D-44"})
    class Changes {
        @Test
        void are_what_came_after_the_mark_in_order_and_on_every_instance() {
            node().revoke(token("c1"), List.of());
            long mark = markNow();
            assertThat(otherNode().changesSince(mark, 10)).isEqualTo(new RevocationChanges(List.of(), mark, false));
            node().revoke(token("c2"), List.of());
            otherNode().revoke(token("c3"), List.of());
            RevocationChanges changes = all(otherNode(), mark, 10);
            assertThat(changes.revoked()).containsExactly(token("c2"), token("c3"));
            assertThat(node().changesSince(changes.mark(), 10).revoked()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 5, 6})
        void come_in_parts_without_loss_or_repeat(int most) {
            long mark = markNow();
            List<RevokedToken> revoked = new ArrayList<>();
            for (int number = 0; number < 5; number++) {
                revoked.add(token("part " + most + " " + number));
                node().revoke(revoked.get(number), List.of());
            }
            assertThat(all(otherNode(), mark, most).revoked()).isEqualTo(revoked);
        }

        @Test
        void give_a_lower_mark_to_who_knows_more_than_the_store() {
            node().revoke(token("set back"), List.of());
            RevocationChanges changes = node().changesSince(Long.MAX_VALUE, 10);
            assertThat(changes.mark()).isLessThan(Long.MAX_VALUE);
            assertThat(changes.more()).isFalse();
        }

        @Test
        void miss_nothing_while_many_revoke_at_once() {
            int writers = 8;
            int each = 12;
            long mark = markNow();
            AtomicInteger writing = new AtomicInteger(writers);
            List<List<RevokedToken>> results = Race.of(writers + 2, number -> {
                RevokedTokens store = number % 2 == 0 ? node() : otherNode();
                Callable<List<RevokedToken>> runner = number < writers
                        ? () -> write(store, number, each, writing)
                        : () -> follow(store, mark, writing);
                return runner;
            });
            List<RevokedToken> written = new ArrayList<>();
            results.subList(0, writers).forEach(written::addAll);
            for (List<RevokedToken> followed : results.subList(writers, writers + 2)) {
                assertThat(followed).containsExactlyInAnyOrderElementsOf(written);
            }
        }

        private List<RevokedToken> write(RevokedTokens store, int writer, int count, AtomicInteger writing) {
            List<RevokedToken> written = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                RevokedToken token = token("writer " + writer + ", " + number);
                assertThat(store.revoke(token, List.of(use("writer " + writer + ", " + number))))
                        .isEmpty();
                written.add(token);
            }
            writing.decrementAndGet();
            return written;
        }

        private List<RevokedToken> follow(RevokedTokens store, long start, AtomicInteger writing) {
            List<RevokedToken> followed = new ArrayList<>();
            long mark = start;
            boolean last;
            do {
                last = writing.get() == 0;
                RevocationChanges changes = all(store, mark, 3);
                followed.addAll(changes.revoked());
                mark = changes.mark();
            } while (!last);
            return followed;
        }
    }
}
