package dev.signet.authorizationserver.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.authorizationserver.MovableClock;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevocationChanges;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.memory.InMemoryReplayGuard;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.core.JwtId;
import dev.signet.testkit.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@Requirement({"7009-2.1-04", "7662-2.2-02"})
class RevocationListTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant IN_TEN_MINUTES = NOW.plusSeconds(600);

    private final MovableClock clock = new MovableClock(NOW);
    private final CountedStore store = new CountedStore();
    private final List<ServerEvent> events = new ArrayList<>();
    private final List<Runnable> put = new ArrayList<>();

    private RevocationList list() {
        return list(1_000, Runnable::run);
    }

    private RevocationList list(int most, Executor executor) {
        return new RevocationList(store, most, clock, executor, events::add);
    }

    private void revokeElsewhere(String jwtId) {
        revokeElsewhere(jwtId, IN_TEN_MINUTES);
    }

    private void revokeElsewhere(String jwtId, Instant expiresAt) {
        store.revoke(RevokedToken.of(new JwtId(jwtId), expiresAt), List.of());
    }

    private boolean isRevoked(RevocationList list, String jwtId) {
        return list.isRevoked(new JwtId(jwtId));
    }

    @Nested
    @DisplayName("Knows what other nodes revoked")
    class Fresh {

        @Test
        void from_the_first_question_on() {
            revokeElsewhere("a");
            RevocationList list = list();
            assertThat(isRevoked(list, "a")).isTrue();
            assertThat(isRevoked(list, "b")).isFalse();
        }

        @Test
        void within_half_a_second_of_questions_and_a_second_at_most() {
            RevocationList list = list();
            isRevoked(list, "a");
            revokeElsewhere("a");
            clock.advance(Duration.ofMillis(499));
            assertThat(isRevoked(list, "a")).isFalse();
            clock.advance(Duration.ofMillis(1));
            isRevoked(list, "a");
            assertThat(isRevoked(list, "a")).isTrue();
        }

        @Test
        void after_a_second_before_it_answers() {
            RevocationList list = list(1_000, put::add);
            isRevoked(list, "a");
            revokeElsewhere("a");
            clock.advance(Duration.ofMillis(999));
            assertThat(isRevoked(list, "a")).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(isRevoked(list, "a")).isTrue();
        }

        @Test
        void though_the_clock_was_set_back() {
            RevocationList list = list(1_000, put::add);
            clock.advance(Duration.ofHours(1));
            isRevoked(list, "a");
            revokeElsewhere("a");
            clock.advance(Duration.ofHours(-1));
            assertThat(isRevoked(list, "a")).isTrue();
        }

        @Test
        void though_the_store_was_set_back_to_an_older_state() {
            RevocationList list = list();
            revokeElsewhere("lost");
            revokeElsewhere("lost, too");
            assertThat(isRevoked(list, "lost")).isTrue();
            store.clear();
            revokeElsewhere("after");
            clock.advance(Duration.ofSeconds(1));
            assertThat(isRevoked(list, "after")).isTrue();
            assertThat(isRevoked(list, "lost")).isTrue();
        }

        @Test
        void though_the_store_was_set_back_and_went_on_while_it_could_not_be_read() {
            RevocationList list = list();
            revokeElsewhere("lost");
            isRevoked(list, "lost");
            store.down = true;
            clock.advance(Duration.ofSeconds(1));
            assertThatThrownBy(() -> isRevoked(list, "a")).isInstanceOf(StoreException.class);
            store.clear();
            revokeElsewhere("a");
            revokeElsewhere("b");
            store.down = false;
            assertThat(isRevoked(list, "a")).isTrue();
            assertThat(isRevoked(list, "b")).isTrue();
        }

        @Test
        void though_the_store_was_set_back_and_went_on_while_nobody_asked() {
            RevocationList list = list();
            revokeElsewhere("lost");
            isRevoked(list, "lost");
            store.clear();
            revokeElsewhere("a");
            revokeElsewhere("b");
            clock.advance(Duration.ofMinutes(1));
            assertThat(isRevoked(list, "a")).isTrue();
        }
    }

    @Nested
    @DisplayName("Reads no more than it must")
    class Sparing {

        @Test
        void once_in_half_a_second_however_many_ask() {
            RevocationList list = list();
            for (int millis = 0; millis < 5_000; millis += 10) {
                isRevoked(list, "a");
                clock.advance(Duration.ofMillis(10));
            }
            assertThat(store.reads).hasValue(10);
        }

        @Test
        void and_is_not_held_up_while_it_is_read_beside() {
            RevocationList list = list(1_000, put::add);
            isRevoked(list, "a");
            clock.advance(Duration.ofMillis(500));
            isRevoked(list, "a");
            isRevoked(list, "a");
            assertThat(store.reads).hasValue(1);
            assertThat(put).hasSize(1);
            put.remove(0).run();
            assertThat(store.reads).hasValue(2);
            isRevoked(list, "a");
            assertThat(put).isEmpty();
        }

        @Test
        void by_one_reader_whom_others_wait_for() throws Exception {
            RevocationList list = list();
            revokeElsewhere("a");
            store.gate = Optional.of(new CountDownLatch(1));
            List<CompletableFuture<Boolean>> asked = new ArrayList<>();
            for (int number = 0; number < 4; number++) {
                CompletableFuture<Boolean> answer = new CompletableFuture<>();
                Thread thread = new Thread(() -> answer.complete(isRevoked(list, "a")), "asks");
                thread.setDaemon(true);
                thread.start();
                asked.add(answer);
            }
            store.entered.await();
            store.gate.get().countDown();
            for (CompletableFuture<Boolean> answer : asked) {
                assertThat(answer.get()).isTrue();
            }
            assertThat(store.reads).hasValue(1);
        }
    }

    @Nested
    @DisplayName("Gives no answer it can't stand for")
    class Failing {

        @Test
        void when_it_was_never_read() {
            store.down = true;
            RevocationList list = list();
            list.prepare();
            assertThat(events).singleElement().isInstanceOf(ServerEvent.RevocationsNotRead.class);
            assertThatThrownBy(() -> isRevoked(list, "a")).isInstanceOf(StoreException.class);
            store.down = false;
            assertThat(isRevoked(list, "a")).isFalse();
        }

        @Test
        void from_a_second_after_it_was_read_on() {
            RevocationList list = list();
            isRevoked(list, "a");
            store.down = true;
            clock.advance(Duration.ofMillis(999));
            assertThat(isRevoked(list, "a")).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThatThrownBy(() -> isRevoked(list, "a")).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> isRevoked(list, "a")).isInstanceOf(StoreException.class);
            store.down = false;
            assertThat(isRevoked(list, "a")).isFalse();
        }

        @Test
        void from_a_reading_that_took_longer_unless_the_next_is_faster() {
            RevocationList list = list();
            store.slowReads = 1;
            assertThat(isRevoked(list, "a")).isFalse();
            assertThat(store.reads).hasValue(2);
            clock.advance(Duration.ofSeconds(1));
            store.slowReads = 100;
            assertThatThrownBy(() -> isRevoked(list, "a")).isInstanceOf(StoreException.class);
            assertThat(store.reads).hasValue(6);
        }

        @Test
        void and_reports_what_failed_beside_the_requests_once_in_half_a_second() {
            RevocationList list = list();
            isRevoked(list, "a");
            store.down = true;
            clock.advance(Duration.ofMillis(600));
            isRevoked(list, "a");
            isRevoked(list, "a");
            assertThat(events).singleElement().isInstanceOf(ServerEvent.RevocationsNotRead.class);
        }

        @Test
        void and_goes_on_without_an_executor() {
            RevocationList list = list(1_000, work -> {
                throw new RejectedExecutionException("shutting down");
            });
            list.prepare();
            assertThat(isRevoked(list, "a")).isFalse();
            revokeElsewhere("a");
            clock.advance(Duration.ofMillis(700));
            assertThat(isRevoked(list, "a")).isFalse();
            clock.advance(Duration.ofMillis(300));
            assertThat(isRevoked(list, "a")).isTrue();
        }
    }

    @Nested
    @DisplayName("Has a bound, and forgets nothing")
    class Bounded {

        @Test
        void but_asks_the_store_for_what_found_no_room() {
            for (int number = 0; number < 20; number++) {
                revokeElsewhere("t" + number);
            }
            RevocationList list = list(10, Runnable::run);
            for (int number = 0; number < 20; number++) {
                assertThat(isRevoked(list, "t" + number)).isTrue();
            }
            assertThat(store.lookups).hasValue(10);
            assertThat(isRevoked(list, "good")).isFalse();
            assertThat(store.lookups).hasValue(11);
        }

        @Test
        void fails_rather_than_guess_while_the_store_can_t_be_asked() {
            for (int number = 0; number < 11; number++) {
                revokeElsewhere("t" + number);
            }
            RevocationList list = list(10, Runnable::run);
            assertThat(isRevoked(list, "t0")).isTrue();
            store.down = true;
            assertThat(isRevoked(list, "t0")).isTrue();
            assertThatThrownBy(() -> isRevoked(list, "t10")).isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> isRevoked(list, "good")).isInstanceOf(StoreException.class);
        }

        @Test
        void asks_no_more_once_those_without_room_have_expired() {
            for (int number = 0; number < 11; number++) {
                revokeElsewhere("t" + number);
            }
            RevocationList list = list(10, Runnable::run);
            isRevoked(list, "good");
            assertThat(store.lookups).hasValue(1);
            clock.advance(Duration.ofMinutes(11));
            isRevoked(list, "good");
            assertThat(store.lookups).hasValue(1);
        }

        @Test
        void makes_room_of_what_has_expired() {
            for (int number = 0; number < 10; number++) {
                revokeElsewhere("old" + number);
            }
            RevocationList list = list(10, Runnable::run);
            isRevoked(list, "good");
            clock.advance(Duration.ofMinutes(12));
            for (int number = 0; number < 10; number++) {
                revokeElsewhere("new" + number, clock.instant().plusSeconds(600));
            }
            for (int number = 0; number < 10; number++) {
                assertThat(isRevoked(list, "new" + number)).isTrue();
            }
            assertThat(store.lookups).hasValue(0);
        }

        @Test
        void grows_to_it_step_by_step() {
            for (int number = 0; number < 12_000; number++) {
                revokeElsewhere("t" + number);
            }
            RevocationList list = list(12_000, Runnable::run);
            for (int number = 0; number < 12_000; number++) {
                assertThat(isRevoked(list, "t" + number)).isTrue();
            }
            assertThat(isRevoked(list, "good")).isFalse();
            assertThat(store.lookups).hasValue(0);
        }
    }

    /** Counts how it is asked, and fails when it is told to. */
    private final class CountedStore implements RevokedTokens {
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger lookups = new AtomicInteger();
        private final CountDownLatch entered = new CountDownLatch(1);
        private Optional<CountDownLatch> gate = Optional.empty();
        private volatile boolean down;
        private int slowReads;
        private RevokedTokens store = empty();

        private RevokedTokens empty() {
            return new InMemoryRevokedTokens(clock, new InMemoryReplayGuard(clock));
        }

        void clear() {
            store = empty();
        }

        @Override
        public Optional<ReplayKey> revoke(RevokedToken token, List<SingleUse> uses) {
            return store.revoke(token, uses);
        }

        @Override
        public boolean isRevoked(JwtIdDigest digest) {
            requireUp();
            lookups.incrementAndGet();
            return store.isRevoked(digest);
        }

        @Override
        public RevocationChanges changesSince(long mark, int most) {
            requireUp();
            if (slowReads > 0) {
                slowReads--;
                clock.advance(Duration.ofSeconds(1));
            }
            RevocationChanges changes = store.changesSince(mark, most);
            if (!changes.more()) {
                reads.incrementAndGet();
            }
            entered.countDown();
            gate.ifPresent(RevocationListTest::pass);
            return changes;
        }

        private void requireUp() {
            if (down) {
                throw new StoreException("down");
            }
        }
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
