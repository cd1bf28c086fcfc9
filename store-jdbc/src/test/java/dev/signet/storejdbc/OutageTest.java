package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** While the database is away every call says so soon; afterwards all is as before, without a restart. */
@Requirement("D-04")
@Tag("durability")
class OutageTest {

    private static final StoredToken KEPT = new StoredToken(TokenDigest.of("out"), JsonObject.empty(), TestClock.START);
    private static final RevokedToken REVOKED = RevokedToken.of(new JwtId("out"), TestClock.START);

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    private FragileLink link;
    private JdbcStores stores;

    @BeforeEach
    void open() {
        link = FragileLink.to(POSTGRES.port());
        stores = JdbcStores.builder(
                        POSTGRES.url().replace(":" + POSTGRES.port() + "/", ":" + link.port() + "/"), TestDatabase.KEY)
                .user(POSTGRES.user())
                .connectionTimeout(Duration.ofSeconds(1))
                .poolSize(3)
                .open();
    }

    @AfterEach
    void close() throws IOException {
        link.mend();
        stores.close();
        link.close();
    }

    private static SingleUse use(String jwtId) {
        return new SingleUse(new ReplayKey("use", "issuer", jwtId), TestClock.START);
    }

    private void assertUnavailable() {
        List<ThrowingCallable> calls = List.of(
                () -> stores.replayGuard().consume(List.of(use("out"))),
                () -> stores.replayGuard().consume(List.of(use("out"), use("out 2"))),
                () -> stores.revokedTokens().revoke(REVOKED, List.of()),
                () -> stores.revokedTokens().revoke(REVOKED, List.of(use("out"))),
                () -> stores.revokedTokens().isRevoked(REVOKED.digest()),
                () -> stores.revokedTokens().changesSince(RevokedTokens.START, 10),
                () -> stores.storedTokens().put(KEPT, List.of()),
                () -> stores.storedTokens().put(KEPT, List.of(use("out"))),
                () -> stores.storedTokens().find(KEPT.digest()),
                () -> stores.signingKeys().keys(),
                () -> stores.signingKeys()
                        .putFirst(new StoredKey<>(FixedKeys.server(), TestClock.START, TestClock.START)),
                () -> stores.signingKeys().remove("any"),
                () -> stores.clients().find(new ClientId("any")),
                () -> stores.ping());
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(StoreException.class).hasMessageStartingWith("the store could not ");
        }
    }

    private void assertBack() {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(stores::ping);
        assertThat(stores.revokedTokens().isRevoked(REVOKED.digest())).isFalse();
        assertThat(stores.storedTokens().find(KEPT.digest())).isEmpty();
        assertThat(stores.replayGuard().consume(List.of(use("out"), use("out 2"))))
                .isEmpty();
    }

    @Nested
    class A_line_that_is_cut {
        @Test
        void fails_every_call_and_is_found_again() throws SQLException {
            stores.ping();
            link.cut();
            assertUnavailable();
            link.mend();
            assertBack();
            TestDatabase.of(POSTGRES).execute("DELETE FROM signet_used_jwt");
        }
    }

    @Nested
    class A_line_that_hangs {
        @Test
        void is_not_waited_for_without_end() {
            stores.ping();
            link.hang();
            long start = System.nanoTime();
            assertThatThrownBy(() -> stores.replayGuard().consume(List.of(use("hanging"))))
                    .isInstanceOf(StoreException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            link.mend();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(stores::ping);
            assertThat(stores.replayGuard().consume(List.of(use("hanging 2")))).isEmpty();
        }
    }

    @Nested
    class A_request_that_fails_half_way {
        @Test
        void leaves_nothing() throws SQLException {
            SingleUse first = use("half way 1");
            SingleUse second = use("half way 2");
            TestDatabase postgres = TestDatabase.of(POSTGRES);
            // Somebody has recorded both without committing: whichever comes first, the request waits until it fails.
            try (Connection other = postgres.connect()) {
                other.setAutoCommit(false);
                for (SingleUse use : List.of(first, second)) {
                    insert(other, use);
                }
                link.hang();
                assertThatThrownBy(() -> stores.replayGuard().consume(List.of(first, second)))
                        .isInstanceOf(StoreException.class);
                other.rollback();
            }
            link.mend();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(stores::ping);
            assertThat(stores.replayGuard().consume(List.of(first, second))).isEmpty();
        }

        private void insert(Connection connection, SingleUse use) throws SQLException {
            try (var insert = connection.prepareStatement("INSERT INTO signet_used_jwt VALUES (?, 0)")) {
                insert.setBytes(1, use.key().digest());
                insert.executeUpdate();
            }
        }
    }

    @Nested
    class A_transaction_that_the_database_undid {
        @TempDir
        Path folder;

        private final AtomicInteger attempts = new AtomicInteger();

        @Test
        void is_repeated() {
            try (Database pool = TestDatabase.h2(folder).pool()) {
                assertThat(pool.<Integer>atomically("count", connection -> {
                            if (attempts.incrementAndGet() < 4) {
                                throw new SQLException("deadlock", "40P01");
                            }
                            return attempts.get();
                        }))
                        .isEqualTo(4);
            }
        }

        @Test
        void is_not_repeated_for_ever() {
            try (Database pool = TestDatabase.h2(folder).pool()) {
                assertThatThrownBy(() -> pool.once("count", connection -> {
                            attempts.incrementAndGet();
                            throw new SQLException("serialization failure", "40001");
                        }))
                        .isInstanceOf(StoreException.class);
                assertThat(attempts).hasValue(5);
            }
        }

        @Test
        void is_not_repeated_after_any_other_failure_for_it_may_have_succeeded() {
            try (Database pool = TestDatabase.h2(folder).pool()) {
                assertThatThrownBy(() -> pool.once("count", connection -> {
                            attempts.incrementAndGet();
                            throw new SQLException("connection lost", "08006");
                        }))
                        .isInstanceOf(StoreException.class)
                        .hasMessage("the store could not count");
                assertThatThrownBy(() -> pool.atomically("count", connection -> {
                            attempts.incrementAndGet();
                            throw new SQLException("without a state");
                        }))
                        .isInstanceOf(StoreException.class);
                assertThat(attempts).hasValue(2);
            }
        }

        @Test
        void is_rolled_back_whatever_the_work_throws() throws SQLException {
            TestDatabase database = TestDatabase.h2(folder);
            database.open().close();
            try (Database pool = database.pool()) {
                assertThatThrownBy(() -> pool.atomically("count", connection -> {
                            insert(connection);
                            throw new IllegalStateException("the work's own fault");
                        }))
                        .isInstanceOf(IllegalStateException.class);
                assertThat(database.read("SELECT * FROM signet_used_jwt")).isEmpty();
            }
        }

        private void insert(Connection connection) throws SQLException {
            try (var insert = connection.prepareStatement("INSERT INTO signet_used_jwt VALUES (?, 0)")) {
                insert.setBytes(1, new byte[] {1});
                insert.executeUpdate();
            }
        }
    }

    @Nested
    class A_closed_store {
        @Test
        void says_so() {
            stores.close();
            assertUnavailable();
        }
    }
}
