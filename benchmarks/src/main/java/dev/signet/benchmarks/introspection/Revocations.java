package dev.signet.benchmarks.introspection;

import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.core.JwtId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Puts many revocations into a store that is closed: a transaction for each would take longer than all the rest. */
final class Revocations {

    private static final int BATCH = 10_000;

    private Revocations() {}

    static void put(String url, List<JwtId> tokens) {
        long expiresAt = Clock.systemUTC().instant().getEpochSecond() + 3600;
        try (Connection connection =
                        DriverManager.getConnection(url + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO signet_revoked_token (digest, expires_at, ordinal) VALUES (?, ?, ?)");
                PreparedStatement count =
                        connection.prepareStatement("UPDATE signet_revocations SET last_ordinal = ? WHERE id = 1")) {
            connection.setAutoCommit(false);
            for (int ordinal = 1; ordinal <= tokens.size(); ordinal++) {
                insert.setBytes(1, JwtIdDigest.of(tokens.get(ordinal - 1)).toBytes());
                insert.setLong(2, expiresAt);
                insert.setLong(3, ordinal);
                insert.addBatch();
                if (ordinal % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            count.setLong(1, tokens.size());
            count.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
