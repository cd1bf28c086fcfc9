package dev.signet.storejdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signet.authorizationserver.store.RevocationChanges;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.core.JwtId;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Revocations become visible in the order of their ordinals, though transactions overlap. */
@Requirement("7009-2.1-04")
class RevocationOrderTest {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    private final TestDatabase database = TestDatabase.of(POSTGRES);
    private JdbcStores stores;

    @BeforeEach
    void open() {
        stores = database.stores().clock(TestClock.atStart()).open();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    private static RevokedToken token(String jwtId) {
        return RevokedToken.of(new JwtId(jwtId), TestClock.START.plusSeconds(60));
    }

    private long mark() {
        RevocationChanges changes = stores.revokedTokens().changesSince(RevokedTokens.START, 1_000);
        assertThat(changes.more()).isFalse();
        return changes.mark();
    }

    @Test
    void one_that_begins_later_waits_for_one_that_is_slow_to_commit() throws Exception {
        long mark = mark();
        try (Connection slow = database.connect();
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("UPDATE signet_revocations SET last_ordinal = last_ordinal + 1 WHERE id = 1");
            CompletableFuture<Void> later =
                    CompletableFuture.runAsync(() -> stores.revokedTokens().revoke(token("later"), List.of()));
            await().atMost(Duration.ofSeconds(30)).until(this::somebodyWaits);
            assertThat(stores.revokedTokens().changesSince(mark, 10))
                    .isEqualTo(new RevocationChanges(List.of(), mark, false));
            statement.execute("INSERT INTO signet_revoked_token (digest, expires_at, ordinal)"
                    + " SELECT CAST('sixteen octets..' AS BYTEA), 2000000000, last_ordinal FROM signet_revocations");
            slow.commit();
            later.join();
        }
        RevocationChanges changes = stores.revokedTokens().changesSince(mark, 10);
        assertThat(changes.revoked()).hasSize(2).endsWith(token("later"));
        assertThat(changes.mark()).isEqualTo(mark + 2);
    }

    private boolean somebodyWaits() throws SQLException {
        return !database.read("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                .isEmpty();
    }

    @Test
    void one_that_is_undone_leaves_a_gap_and_nothing_else() throws SQLException {
        long mark = mark();
        try (Connection undone = database.connect();
                Statement statement = undone.createStatement()) {
            undone.setAutoCommit(false);
            statement.execute("UPDATE signet_revocations SET last_ordinal = last_ordinal + 1 WHERE id = 1");
            undone.rollback();
        }
        stores.revokedTokens().revoke(token("after it"), List.of());
        assertThat(stores.revokedTokens().changesSince(mark, 10).revoked()).containsExactly(token("after it"));
    }

    @Test
    void the_server_ends_a_transaction_whose_node_fell_silent() throws SQLException {
        try (Database pool = database.pool()) {
            assertThat(pool.<String>once("look", connection -> {
                        try (Statement statement = connection.createStatement();
                                var row = statement.executeQuery("SHOW idle_in_transaction_session_timeout")) {
                            row.next();
                            return row.getString(1);
                        }
                    }))
                    .isEqualTo("10s");
        }
    }
}
