package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signet.authorizationserver.resourceowner.StoredSession;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredPushedRequest;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.JwtId;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Expired uses are removed without an operator, a batch at a time, by any number of nodes. */
@Requirement("7523-3-16")
class ExpiryTest {

    private static final Instant EXPIRY = TestClock.START.plusSeconds(60);

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir
    Path folder;

    /** What must hold on every database. */
    abstract class Removal {
        final TestClock clock = TestClock.atStart();
        TestDatabase database;
        Database pool;
        ExpiredRows expired;
        ReplayGuard guard;

        abstract TestDatabase database();

        @BeforeEach
        void open() throws SQLException {
            database = database();
            database.open().close();
            database.execute("DELETE FROM signet_used_jwt");
            pool = database.pool();
            expired = ExpiredRows.ofUsedJwts(pool, clock);
            guard = new JdbcReplayGuard(UseRecorder.direct(pool), clock);
        }

        @AfterEach
        void close() {
            pool.close();
        }

        private long rows() throws SQLException {
            return Long.parseLong(
                    database.read("SELECT count(*) FROM signet_used_jwt").get(0));
        }

        private SingleUse use(String jwtId, Instant expiresAt) {
            return new SingleUse(new ReplayKey("use", "issuer", jwtId), expiresAt);
        }

        private void fill(int count, Instant expiresAt) throws SQLException {
            database.execute("INSERT INTO signet_used_jwt SELECT CAST('expired ' || n AS BYTEA), "
                    + expiresAt.getEpochSecond() + " FROM generate_series(1, " + count + ") AS s(n)");
        }

        @Test
        void waits_a_margin_beyond_the_expiry() throws SQLException {
            guard.consume(List.of(use("a", EXPIRY)));
            clock.set(EXPIRY.plus(ExpiredRows.MARGIN).minusSeconds(1));
            assertThat(expired.removeBatch()).isZero();
            clock.advance(Duration.ofSeconds(1));
            assertThat(expired.removeBatch()).isEqualTo(1);
            assertThat(rows()).isZero();
        }

        @Test
        void spares_what_is_still_valid() throws SQLException {
            guard.consume(List.of(use("old", EXPIRY)));
            guard.consume(List.of(use("new", EXPIRY.plusSeconds(1))));
            clock.set(EXPIRY.plus(ExpiredRows.MARGIN));
            assertThat(expired.removeBatch()).isEqualTo(1);
            assertThat(guard.consume(List.of(use("new", EXPIRY.plusSeconds(1)))))
                    .isPresent();
        }

        @Test
        void takes_one_batch_at_a_time_and_all_in_the_end() throws SQLException {
            fill(ExpiredRows.BATCH * 2 + 1, EXPIRY);
            guard.consume(List.of(use("valid", EXPIRY.plusSeconds(86_400))));
            clock.set(EXPIRY.plus(ExpiredRows.MARGIN));
            assertThat(expired.removeBatch()).isEqualTo(ExpiredRows.BATCH);
            assertThat(rows()).isEqualTo(ExpiredRows.BATCH + 2);
            try (Sweep sweep = Sweep.every(Duration.ofDays(1), List.of(expired), failure -> {})) {
                sweep.run();
            }
            assertThat(rows()).isEqualTo(1);
        }

        @Test
        @Requirement("7009-2-01")
        void goes_for_revoked_tokens_as_well() throws SQLException {
            JdbcRevokedTokens tokens = new JdbcRevokedTokens(pool, clock);
            RevokedToken old = RevokedToken.of(new JwtId("old"), EXPIRY);
            RevokedToken live = RevokedToken.of(new JwtId("live"), EXPIRY.plusSeconds(1));
            tokens.revoke(old, List.of());
            tokens.revoke(live, List.of());
            clock.set(EXPIRY.plus(ExpiredRows.MARGIN));
            assertThat(ExpiredRows.ofRevokedTokens(pool, clock).removeBatch()).isEqualTo(1);
            assertThat(tokens.isRevoked(old.digest())).isFalse();
            assertThat(tokens.isRevoked(live.digest())).isTrue();
        }

        @Test
        @Requirement("D-13")
        void goes_for_kept_tokens_as_well() throws SQLException {
            JdbcStoredTokens tokens = new JdbcStoredTokens(pool, clock);
            StoredToken old = new StoredToken(TokenDigest.of("old"), JsonObject.empty(), EXPIRY);
            StoredToken live = new StoredToken(TokenDigest.of("live"), JsonObject.empty(), EXPIRY.plusSeconds(1));
            tokens.put(old, List.of());
            tokens.put(live, List.of());
            clock.set(EXPIRY.plus(ExpiredRows.MARGIN));
            assertThat(ExpiredRows.ofStoredTokens(pool, clock).removeBatch()).isEqualTo(1);
            assertThat(tokens.find(old.digest())).isEmpty();
            assertThat(tokens.find(live.digest())).hasValue(live);
        }

        @Test
        void leaves_rows_alone_that_somebody_else_works_on() throws SQLException {
            guard.consume(List.of(use("mine", EXPIRY)));
            guard.consume(List.of(use("free", EXPIRY)));
            clock.set(EXPIRY.plus(ExpiredRows.MARGIN));
            try (Connection other = database.connect()) {
                other.setAutoCommit(false);
                try (var lock =
                        other.prepareStatement("SELECT digest FROM signet_used_jwt WHERE digest = ? FOR UPDATE")) {
                    lock.setBytes(1, use("mine", EXPIRY).key().digest());
                    lock.executeQuery().close();
                }
                assertThat(expired.removeBatch()).isEqualTo(1);
                other.rollback();
            }
            assertThat(rows()).isEqualTo(1);
        }
    }

    @Nested
    class On_postgresql extends Removal {
        @Override
        TestDatabase database() {
            return TestDatabase.of(POSTGRES);
        }
    }

    @Nested
    class On_h2 extends Removal {
        @Override
        TestDatabase database() {
            return TestDatabase.h2(folder);
        }
    }

    @Nested
    class In_the_background {
        private final List<StoreException> failures = new ArrayList<>();

        @Test
        void expired_rows_go_by_themselves() throws SQLException {
            TestDatabase database = TestDatabase.h2(folder);
            TestClock clock = TestClock.atStart();
            try (JdbcStores stores = database.stores()
                    .clock(clock)
                    .sweepInterval(Duration.ofSeconds(1))
                    .open()) {
                stores.replayGuard().firstUse(new ReplayKey("use", "issuer", "id"), EXPIRY);
                stores.revokedTokens().revoke(RevokedToken.of(new JwtId("id"), EXPIRY), List.of());
                stores.storedTokens()
                        .put(new StoredToken(TokenDigest.of("token"), JsonObject.empty(), EXPIRY), List.of());
                stores.sessions()
                        .put(new StoredSession(
                                TokenDigest.of("session"),
                                "alice",
                                Authentication.byPassword(clock.instant()),
                                clock.instant(),
                                EXPIRY));
                stores.pushedRequests()
                        .put(
                                new StoredPushedRequest(
                                        new ReplayKey(ReplayKey.PUSHED_REQUEST, "shop", "value"),
                                        FormParameters.empty(),
                                        false,
                                        Optional.empty(),
                                        EXPIRY.minusSeconds(1),
                                        EXPIRY),
                                List.of());
                clock.set(EXPIRY.plus(ExpiredRows.MARGIN));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> database.read("SELECT digest FROM signet_used_jwt"
                                        + " UNION ALL SELECT digest FROM signet_revoked_token"
                                        + " UNION ALL SELECT digest FROM signet_stored_token"
                                        + " UNION ALL SELECT digest FROM signet_session"
                                        + " UNION ALL SELECT digest FROM signet_pushed_request")
                                .isEmpty());
            }
        }

        @Test
        void the_thread_holds_up_no_process_and_ends_with_the_store() {
            JdbcStores stores = TestDatabase.h2(folder).open();
            List<Thread> sweepers = sweepers();
            assertThat(sweepers).isNotEmpty().allMatch(Thread::isDaemon);
            stores.close();
            assertThat(sweepers()).hasSize(sweepers.size() - 1);
        }

        private List<Thread> sweepers() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("signet-store-sweep"))
                    .toList();
        }

        @Test
        void a_failure_is_reported_and_the_next_turn_comes() {
            TestDatabase database = TestDatabase.h2(folder);
            database.open().close();
            Database pool = database.pool();
            ExpiredRows expired = ExpiredRows.ofUsedJwts(pool, TestClock.atStart());
            try (Sweep sweep = Sweep.every(Duration.ofDays(1), List.of(expired), failures::add)) {
                sweep.run();
                assertThat(failures).isEmpty();
                pool.close();
                sweep.run();
                sweep.run();
                assertThat(failures).hasSize(2);
            }
        }

        @Test
        void a_failure_that_is_not_the_stores_is_reported_as_well() {
            TestDatabase database = TestDatabase.h2(folder);
            database.open().close();
            Clock broken = new Clock() {
                @Override
                public Instant instant() {
                    throw new IllegalStateException("no time");
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            };
            try (Database pool = database.pool();
                    Sweep sweep = Sweep.every(
                            Duration.ofDays(1), List.of(ExpiredRows.ofUsedJwts(pool, broken)), failures::add)) {
                sweep.run();
                assertThat(failures)
                        .singleElement()
                        .satisfies(failure -> assertThat(failure).hasCauseInstanceOf(IllegalStateException.class));
            }
        }

        @Test
        void a_listener_that_throws_stops_nothing() {
            TestDatabase database = TestDatabase.h2(folder);
            database.open().close();
            Database pool = database.pool();
            pool.close();
            AtomicInteger told = new AtomicInteger();
            try (Sweep sweep = Sweep.every(
                    Duration.ofDays(1), List.of(ExpiredRows.ofUsedJwts(pool, TestClock.atStart())), failure -> {
                        told.incrementAndGet();
                        throw new IllegalStateException("the listener's own fault");
                    })) {
                IntStream.range(0, 3).forEach(turn -> sweep.run());
            }
            assertThat(told).hasValue(3);
        }
    }
}
