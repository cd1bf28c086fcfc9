package dev.signet.storejdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes what is remembered about JWTs that are refused for their age anyway. Any number of nodes may do so at once: each
 * takes rows that no other is working on.
 */
final class ExpiredRows {

    /** Few enough that nobody waits for them. */
    static final int BATCH = 1_000;

    /** Nodes whose clocks are apart by less never meet a JWT that is still valid here and forgotten there. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    private final Database database;
    private final Clock clock;
    private final String what;
    private final String lock;
    private final String delete;

    private ExpiredRows(Database database, Clock clock, String what, String table) {
        this.database = database;
        this.clock = clock;
        this.what = what;
        this.lock = "SELECT digest FROM " + table + " WHERE expires_at <= ? ORDER BY expires_at LIMIT " + BATCH
                + " FOR UPDATE SKIP LOCKED";
        // Two statements: a locking query inside of a DELETE may be evaluated again for each row, on both databases.
        this.delete = "DELETE FROM " + table + " WHERE digest = ?";
    }

    static ExpiredRows ofUsedJwts(Database database, Clock clock) {
        return new ExpiredRows(database, clock, "forget expired JWTs", "signet_used_jwt");
    }

    static ExpiredRows ofRevokedTokens(Database database, Clock clock) {
        return new ExpiredRows(database, clock, "forget expired revocations", "signet_revoked_token");
    }

    static ExpiredRows ofStoredTokens(Database database, Clock clock) {
        return new ExpiredRows(database, clock, "forget expired tokens", "signet_stored_token");
    }

    static ExpiredRows ofSessions(Database database, Clock clock) {
        return new ExpiredRows(database, clock, "forget expired sessions", "signet_session");
    }

    /** Removes one batch, the oldest first; how many rows that were. */
    int removeBatch() {
        long until = clock.instant().minus(MARGIN).getEpochSecond();
        return database.atomically(what, connection -> {
            List<byte[]> digests = lock(connection, until);
            if (!digests.isEmpty()) {
                delete(connection, digests);
            }
            return digests.size();
        });
    }

    private List<byte[]> lock(Connection connection, long until) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(lock)) {
            select.setLong(1, until);
            try (ResultSet row = select.executeQuery()) {
                List<byte[]> digests = new ArrayList<>();
                while (row.next()) {
                    digests.add(row.getBytes(1));
                }
                return digests;
            }
        }
    }

    private void delete(Connection connection, List<byte[]> digests) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            for (byte[] digest : digests) {
                statement.setBytes(1, digest);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
