package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Remembers used JWTs by unique rows, so that the database decides every race between threads and nodes (RFC 7523 §3 item
 * 7). One use is one statement; several are one transaction.
 */
final class JdbcReplayGuard implements ReplayGuard {

    private static final String INSERT =
            "INSERT INTO signet_used_jwt (digest, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING";

    /**
     * A {@code jti} may come again in a later JWT when the earlier has expired. The earlier JWT itself has the expiry that
     * is stored, so that one checked just in time and recorded too late does not pass here.
     */
    private static final String RENEW =
            "UPDATE signet_used_jwt SET expires_at = ? WHERE digest = ? AND expires_at <= ? AND expires_at < ?";

    private static final String WHAT = "record that a JWT was used";

    private final Database database;
    private final Clock clock;

    JdbcReplayGuard(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<ReplayKey> consume(List<SingleUse> uses) {
        // In the order of their digests, so that two requests with the same keys can't wait for each other.
        List<Row> rows = uses.stream().map(Row::new).sorted(Row.BY_DIGEST).toList();
        long now = clock.instant().getEpochSecond();
        if (rows.size() == 1) {
            return database.once(WHAT, connection -> record(connection, rows, now));
        }
        return database.atomically(WHAT, connection -> {
            Optional<ReplayKey> used = record(connection, rows, now);
            if (used.isPresent()) {
                connection.rollback();
            }
            return used;
        });
    }

    private static Optional<ReplayKey> record(Connection connection, List<Row> rows, long now) throws SQLException {
        for (Row row : rows) {
            if (!insert(connection, row) && !renew(connection, row, now)) {
                return Optional.of(row.key);
            }
        }
        return Optional.empty();
    }

    private static boolean insert(Connection connection, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setBytes(1, row.digest);
            insert.setLong(2, row.expiresAt);
            return insert.executeUpdate() == 1;
        }
    }

    private static boolean renew(Connection connection, Row row, long now) throws SQLException {
        try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
            renew.setLong(1, row.expiresAt);
            renew.setBytes(2, row.digest);
            renew.setLong(3, now);
            renew.setLong(4, row.expiresAt);
            return renew.executeUpdate() == 1;
        }
    }

    private static final class Row {

        static final Comparator<Row> BY_DIGEST = (one, other) -> Arrays.compareUnsigned(one.digest, other.digest);

        private final ReplayKey key;
        private final byte[] digest;
        private final long expiresAt;

        private Row(SingleUse use) {
            this.key = use.key();
            this.digest = key.digest();
            this.expiresAt = secondsUp(use.expiresAt());
        }

        /** Rounded up: nothing is forgotten before it has expired. */
        private static long secondsUp(Instant time) {
            return time.getEpochSecond() + (time.getNano() > 0 ? 1 : 0);
        }
    }
}
