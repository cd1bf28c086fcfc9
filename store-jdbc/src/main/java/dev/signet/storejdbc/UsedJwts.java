package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The statements that record used JWTs. Rows are unique, so that the database decides every race. */
final class UsedJwts {

    /** Completes "the store could not …". */
    static final String WHAT = "record that a JWT was used";

    private static final String INSERT =
            "INSERT INTO signet_used_jwt (digest, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING";

    /**
     * A {@code jti} may come again in a later JWT when the earlier has expired. The earlier JWT itself has the expiry that
     * is stored, so that one checked just in time and recorded too late does not pass here.
     */
    private static final String RENEW =
            "UPDATE signet_used_jwt SET expires_at = ? WHERE digest = ? AND expires_at <= ? AND expires_at < ?";

    private UsedJwts() {}

    /** The rows of these uses, in the order of their digests, so that two requests with the same can't wait for each other. */
    static List<Row> rows(List<SingleUse> uses) {
        return uses.stream().map(Row::new).sorted(Row.BY_DIGEST).toList();
    }

    /**
     * Records one row after the other, up to the first that is there already.
     *
     * @param now in seconds since 1970
     * @return the key of that one; what was recorded before it is for the caller to undo
     */
    static Optional<ReplayKey> record(Connection connection, List<Row> rows, long now) throws SQLException {
        for (Row row : rows) {
            if (!insert(connection, row) && !renew(connection, row, now)) {
                return Optional.of(row.key);
            }
        }
        return Optional.empty();
    }

    /** What is written in the transaction that records the uses. */
    interface Writing {
        void write(Connection connection) throws SQLException;
    }

    /**
     * Records the uses of a request and writes what it asks for, both or neither. The writing comes last.
     *
     * @param what completes "the store could not …"
     * @param now in seconds since 1970
     * @return the key that was used before; then nothing is recorded or written
     */
    static Optional<ReplayKey> recordWith(Database database, String what, List<Row> rows, long now, Writing writing) {
        return database.atomically(what, connection -> {
            Optional<ReplayKey> used = record(connection, rows, now);
            if (used.isPresent()) {
                connection.rollback();
            } else {
                writing.write(connection);
            }
            return used;
        });
    }

    /** The same for a writing of one statement, which needs no transaction if there are no uses. */
    static Optional<ReplayKey> recordWithStatement(
            Database database, String what, List<Row> rows, long now, Writing statement) {
        if (!rows.isEmpty()) {
            return recordWith(database, what, rows, now, statement);
        }
        return database.once(what, connection -> {
            statement.write(connection);
            return Optional.empty();
        });
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

    /** Rounded up: nothing is forgotten before it has expired. */
    static long secondsUp(Instant time) {
        return time.getEpochSecond() + (time.getNano() > 0 ? 1 : 0);
    }

    /** One use. */
    static final class Row {

        private static final Comparator<Row> BY_DIGEST =
                (one, other) -> Arrays.compareUnsigned(one.digest, other.digest);

        private final ReplayKey key;
        private final byte[] digest;
        private final long expiresAt;

        private Row(SingleUse use) {
            this.key = use.key();
            this.digest = key.digest();
            this.expiresAt = secondsUp(use.expiresAt());
        }
    }
}
