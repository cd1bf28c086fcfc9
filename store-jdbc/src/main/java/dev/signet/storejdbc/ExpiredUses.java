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
 * Removes used JWTs that are refused for their age anyway. Any number of nodes may do so at once: each takes rows that no
 * other is working on.
 */
final class ExpiredUses {

    /** Few enough that nobody waits for them. */
    static final int BATCH = 1_000;

    /** Nodes whose clocks are apart by less never meet an assertion that is still valid here and forgotten there. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    private static final String LOCK = "SELECT digest FROM signet_used_jwt WHERE expires_at <= ?"
            + " ORDER BY expires_at LIMIT " + BATCH + " FOR UPDATE SKIP LOCKED";

    // Two statements: a locking query inside of a DELETE may be evaluated again for each row, on both databases.
    private static final String DELETE = "DELETE FROM signet_used_jwt WHERE digest = ?";

    private final Database database;
    private final Clock clock;

    ExpiredUses(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Removes one batch, the oldest first; how many rows that were. */
    int removeBatch() {
        long until = clock.instant().minus(MARGIN).getEpochSecond();
        return database.atomically("forget expired JWTs", connection -> {
            List<byte[]> digests = lock(connection, until);
            if (!digests.isEmpty()) {
                delete(connection, digests);
            }
            return digests.size();
        });
    }

    private static List<byte[]> lock(Connection connection, long until) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LOCK)) {
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

    private static void delete(Connection connection, List<byte[]> digests) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            for (byte[] digest : digests) {
                delete.setBytes(1, digest);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }
}
