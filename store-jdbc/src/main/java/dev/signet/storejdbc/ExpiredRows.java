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
 * Removes what is remembered of JWTs, grants, requests and sessions that are refused for their age anyway. Any number of nodes may do so at once: each
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
        this(database, clock, what, table, "digest");
    }

    private ExpiredRows(Database database, Clock clock, String what, String table, String key) {
        this.database = database;
        this.clock = clock;
        this.what = what;
        this.lock = "SELECT " + key + " FROM " + table + " WHERE expires_at <= ? ORDER BY expires_at LIMIT " + BATCH
                + " FOR UPDATE SKIP LOCKED";
        // Two statements: a locking query inside of a DELETE may be evaluated again for each row, on both databases.
        this.delete = "DELETE FROM " + table + " WHERE " + key + " = ?";
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

    static ExpiredRows ofPushedRequests(Database database, Clock clock) {
        return new ExpiredRows(database, clock, "forget expired pushed requests", "signet_pushed_request");
    }

    static ExpiredRows ofInitialAccessTokens(Database database, Clock clock) {
        return new ExpiredRows(
                database, clock, "forget expired initial access tokens", "signet_initial_access_token", "name");
    }

    /** Refresh tokens and access tokens go with their grant, too. */
    static ExpiredRows ofGrants(Database database, Clock clock) {
        return new ExpiredRows(database, clock, "forget expired grants", "signet_grant", "id");
    }

    static ExpiredRows ofRefreshTokens(Database database, Clock clock) {
        return new ExpiredRows(database, clock, "forget expired refresh tokens", "signet_refresh_token");
    }

    static ExpiredRows ofGrantedTokens(Database database, Clock clock) {
        return new ExpiredRows(database, clock, "forget which expired tokens came of a grant", "signet_granted_token");
    }

    /** Removes one batch, the oldest first; how many rows that were. */
    int removeBatch() {
        long until = clock.instant().minus(MARGIN).getEpochSecond();
        return database.atomically(what, connection -> {
            List<Object> keys = lock(connection, until);
            if (!keys.isEmpty()) {
                delete(connection, keys);
            }
            return keys.size();
        });
    }

    private List<Object> lock(Connection connection, long until) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(lock)) {
            select.setLong(1, until);
            try (ResultSet row = select.executeQuery()) {
                List<Object> keys = new ArrayList<>();
                while (row.next()) {
                    keys.add(row.getObject(1));
                }
                return keys;
            }
        }
    }

    private void delete(Connection connection, List<Object> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(delete)) {
            for (Object key : keys) {
                statement.setObject(1, key);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
