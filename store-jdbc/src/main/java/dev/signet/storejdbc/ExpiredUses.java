package dev.signet.storejdbc;

import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;

/**
 * Removes used JWTs that are refused for their age anyway. Any number of nodes may do so at once: each takes rows that no
 * other is working on.
 */
final class ExpiredUses {

    /** Few enough that nobody waits for them. */
    static final int BATCH = 1_000;

    /** Nodes whose clocks are apart by less never meet an assertion that is still valid here and forgotten there. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    private static final String DELETE =
            "DELETE FROM signet_used_jwt WHERE digest IN (SELECT digest FROM signet_used_jwt"
                    + " WHERE expires_at <= ? ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED)";

    private final Database database;
    private final Clock clock;

    ExpiredUses(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Removes one batch, the oldest first; how many rows that were. */
    int removeBatch() {
        long until = clock.instant().minus(MARGIN).getEpochSecond();
        return database.once("forget expired JWTs", connection -> {
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setLong(1, until);
                delete.setInt(2, BATCH);
                return delete.executeUpdate();
            }
        });
    }
}
