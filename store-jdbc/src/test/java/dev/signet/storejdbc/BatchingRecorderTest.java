package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.testkit.Race;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that share a transaction are decided one by one, and none is left without an answer. */
class BatchingRecorderTest {

    @TempDir
    Path folder;

    private TestDatabase database;
    private Database pool;
    private BatchingRecorder recorder;
    private ReplayGuard guard;

    @BeforeEach
    void open() {
        database = TestDatabase.h2(folder);
        database.open().close();
        pool = database.pool();
        recorder = BatchingRecorder.start(pool, Duration.ofMinutes(1));
        guard = new JdbcReplayGuard(recorder, TestClock.atStart());
    }

    @AfterEach
    void close() {
        recorder.close();
        pool.close();
    }

    private static SingleUse use(String jwtId) {
        return new SingleUse(new ReplayKey("use", "issuer", jwtId), TestClock.START.plusSeconds(60));
    }

    /** Sends requests one after the other while somebody else keeps the first from being decided, so that they wait together. */
    private List<CompletableFuture<Optional<ReplayKey>>> together(List<List<SingleUse>> requests) throws SQLException {
        List<CompletableFuture<Optional<ReplayKey>>> outcomes = new ArrayList<>();
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            try (var insert = other.prepareStatement("INSERT INTO signet_used_jwt VALUES (?, 0)")) {
                insert.setBytes(1, use("blocked").key().digest());
                insert.executeUpdate();
            }
            outcomes.add(sent(List.of(use("blocked"))));
            requests.forEach(request -> outcomes.add(sent(request)));
            other.rollback();
        }
        return outcomes;
    }

    private CompletableFuture<Optional<ReplayKey>> sent(List<SingleUse> uses) {
        CompletableFuture<Optional<ReplayKey>> outcome = new CompletableFuture<>();
        Thread sender = new Thread(() -> {
            try {
                outcome.complete(guard.consume(uses));
            } catch (RuntimeException failed) {
                outcome.completeExceptionally(failed);
            }
        });
        sender.setDaemon(true);
        sender.start();
        Awaitility.await().until(() -> sender.getState() == Thread.State.TIMED_WAITING || outcome.isDone());
        return outcome;
    }

    @Test
    @Requirement("7523-3-17")
    void a_refused_request_leaves_nothing_and_spoils_nothing() throws SQLException {
        List<CompletableFuture<Optional<ReplayKey>>> outcomes = together(List.of(
                List.of(use("a"), use("b")),
                List.of(use("b"), use("c"), use("d")),
                List.of(use("c")),
                List.of(use("d"), use("e")),
                List.of(use("e"))));
        assertThat(outcomes.stream().map(CompletableFuture::join).map(Optional::isEmpty))
                .containsExactly(true, true, false, true, true, false);
        assertThat(database.read("SELECT digest FROM signet_used_jwt")).hasSize(6);
    }

    @Test
    void a_wait_for_a_database_that_does_not_answer_ends() throws SQLException {
        try (Connection other = database.connect();
                BatchingRecorder impatient = BatchingRecorder.start(pool, Duration.ofMillis(1))) {
            other.setAutoCommit(false);
            UsedJwts.record(other, UsedJwts.rows(List.of(use("held"))), 0);
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> impatient.record(UsedJwts.rows(List.of(use("held"))), 0))
                    .withMessageContaining("took too long");
            other.rollback();
        }
    }

    @Test
    void a_wait_for_another_that_took_too_long_is_tried_again() throws SQLException {
        TestDatabase impatient = new TestDatabase(database.url() + ";LOCK_TIMEOUT=1", database.user());
        AtomicInteger attempts = new AtomicInteger();
        try (Connection other = database.connect();
                Database own = impatient.pool()) {
            other.setAutoCommit(false);
            UsedJwts.record(other, UsedJwts.rows(List.of(use("held"))), 0);
            Optional<ReplayKey> used = own.atomically(UsedJwts.WHAT, connection -> {
                if (attempts.incrementAndGet() > 1) {
                    other.rollback();
                }
                return UsedJwts.record(connection, UsedJwts.rows(List.of(use("held"))), 0);
            });
            assertThat(used).isEmpty();
        }
        assertThat(attempts).hasValue(2);
    }

    @Test
    void a_failure_is_told_to_each_with_an_exception_of_its_own() {
        pool.close();
        List<StoreException> failures = Race.of(8, number -> () -> {
            try {
                guard.consume(List.of(use("failing " + number)));
                throw new AssertionError("recorded in a closed database");
            } catch (StoreException failed) {
                return failed;
            }
        });
        assertThat(failures)
                .doesNotHaveDuplicates()
                .allMatch(failure -> failure.getMessage().equals("the store could not record that a JWT was used"));
    }

    @Test
    void whoever_comes_after_the_end_is_refused() {
        recorder.close();
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> guard.consume(List.of(use("late"))));
    }

    @Test
    void nobody_waits_for_ever_when_it_ends_in_between() {
        List<Boolean> ended = Race.of(16, number -> () -> {
            if (number == 0) {
                recorder.close();
                return true;
            }
            for (int use = 0; use < 50; use++) {
                try {
                    guard.consume(List.of(use(number + " " + use)));
                } catch (StoreException closed) {
                    return true;
                }
            }
            return true;
        });
        assertThat(ended).hasSize(16).containsOnly(true);
    }

    @Test
    void more_than_fit_into_one_transaction_are_all_decided() {
        List<Boolean> first = Race.of(
                300, number -> () -> guard.firstUse(use("n" + number / 2).key(), TestClock.START));
        assertThat(first.stream().filter(won -> won)).hasSize(150);
        assertThat(IntStream.range(0, 150))
                .noneMatch(number -> guard.firstUse(use("n" + number).key(), TestClock.START));
    }
}
