package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevocationChanges;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Remembers revoked tokens by rows with ordinals (RFC 7009 §2). An ordinal is given under the lock of one row, which is held
 * until the transaction ends, so that no revocation becomes visible after one with a greater ordinal.
 */
final class JdbcRevokedTokens implements RevokedTokens {

    private static final String COUNT = "UPDATE signet_revocations SET last_ordinal = last_ordinal + 1 WHERE id = 1";

    private static final String INSERT = "INSERT INTO signet_revoked_token (digest, expires_at, ordinal)"
            + " SELECT CAST(? AS BYTEA), CAST(? AS BIGINT), last_ordinal FROM signet_revocations WHERE id = 1"
            + " ON CONFLICT DO NOTHING";

    private static final String LAST = "SELECT last_ordinal FROM signet_revocations WHERE id = 1";

    private static final String NEWER = "SELECT ordinal, digest, expires_at FROM signet_revoked_token"
            + " WHERE ordinal > ? ORDER BY ordinal LIMIT ?";

    private final Database database;
    private final Clock clock;

    JdbcRevokedTokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<ReplayKey> revoke(RevokedToken token, List<SingleUse> uses) {
        long now = clock.instant().getEpochSecond();
        // The insert comes last in it, as others who revoke wait from there to the commit.
        return UsedJwts.recordWith(
                database, "revoke a token", UsedJwts.rows(uses), now, connection -> insert(connection, token));
    }

    /** In the transaction of whatever revokes it, as the last of it. */
    static void insert(Connection connection, RevokedToken token) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement(COUNT);
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            count.executeUpdate();
            insert.setBytes(1, token.digest().toBytes());
            insert.setLong(2, UsedJwts.secondsUp(token.expiresAt()));
            insert.executeUpdate();
        }
    }

    @Override
    public boolean isRevoked(JwtIdDigest digest) {
        return database.once("look up a revoked token", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT 1 FROM signet_revoked_token WHERE digest = ?")) {
                select.setBytes(1, digest.toBytes());
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /** Where nothing changed this is one look at one row. */
    @Override
    public RevocationChanges changesSince(long mark, int most) {
        return database.once("read the revoked tokens", connection -> {
            long last = last(connection, LAST);
            if (last < mark) {
                // H2 may show a row for a moment before the count that was committed with it; under its lock it can't.
                last = last(connection, LAST + " FOR UPDATE");
            }
            // A later statement sees what this one saw, so no ordinal up to that one is missing from its rows.
            return last <= mark ? new RevocationChanges(List.of(), last, false) : newer(connection, mark, last, most);
        });
    }

    private static long last(Connection connection, String query) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static RevocationChanges newer(Connection connection, long mark, long last, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEWER)) {
            select.setLong(1, mark);
            select.setInt(2, most);
            try (ResultSet row = select.executeQuery()) {
                List<RevokedToken> revoked = new ArrayList<>();
                long reached = mark;
                while (row.next()) {
                    reached = row.getLong(1);
                    revoked.add(new RevokedToken(
                            JwtIdDigest.parse(row.getBytes(2)), Instant.ofEpochSecond(row.getLong(3))));
                }
                boolean more = revoked.size() == most;
                // Ordinals of tokens that were revoked already, or have expired since, have no row.
                return new RevocationChanges(revoked, more ? reached : Math.max(reached, last), more);
            }
        }
    }
}
