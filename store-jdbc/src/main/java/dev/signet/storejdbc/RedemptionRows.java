package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.Presented;
import dev.signet.authorizationserver.store.Redemption;
import dev.signet.authorizationserver.store.StoredToken;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** What a redemption writes, once the row of its grant is locked and nothing speaks against it. */
final class RedemptionRows {

    /** A row is not swept while something of the grant may be good. */
    private static final String GRANT = "UPDATE signet_grant SET expires_at = GREATEST(expires_at, ?) WHERE id = ?";

    /** The same, when it is the code that is used up. */
    private static final String GRANT_BY_CODE =
            "UPDATE signet_grant SET expires_at = GREATEST(expires_at, ?), code_used_at = ? WHERE id = ?";

    private static final String ROTATED =
            "UPDATE signet_refresh_token SET used_at = COALESCE(used_at, ?) WHERE digest = ?";

    private static final String LASTING = "UPDATE signet_refresh_token SET expires_at = ? WHERE digest = ?";

    private static final String REFRESH_TOKEN =
            "INSERT INTO signet_refresh_token (digest, grant_id, expires_at) VALUES (?, ?, ?)";

    private static final String ACCESS_TOKEN =
            "INSERT INTO signet_granted_token (digest, grant_id, expires_at) VALUES (?, ?, ?)";

    private final Connection connection;
    private final Redemption redemption;
    private final String grantId;

    RedemptionRows(Connection connection, Redemption redemption) {
        this.connection = connection;
        this.redemption = redemption;
        this.grantId = redemption.grantId().value();
    }

    void write() throws SQLException {
        writeRefreshTokenUse();
        Optional<Redemption.RefreshToken> next = redemption.refreshToken();
        if (next.isPresent()) {
            insert(REFRESH_TOKEN, next.get().digest().toBytes(), next.get().expiresAt());
        }
        insert(ACCESS_TOKEN, redemption.accessToken().toBytes(), redemption.accessTokenExpiresAt());
        Optional<StoredToken> storedToken = redemption.storedToken();
        if (storedToken.isPresent()) {
            JdbcStoredTokens.insert(connection, storedToken.get());
        }
        writeGrant();
    }

    /** One statement: each version of the row is written to all its indexes. */
    private void writeGrant() throws SQLException {
        boolean byCode = redemption.presented() instanceof Presented.Code;
        try (PreparedStatement update = connection.prepareStatement(byCode ? GRANT_BY_CODE : GRANT)) {
            int position = 1;
            update.setLong(position++, UsedJwts.secondsUp(redemption.lastExpiry()));
            if (byCode) {
                update.setLong(position++, redemption.at().toEpochMilli());
            }
            update.setString(position, grantId);
            update.executeUpdate();
        }
    }

    private void writeRefreshTokenUse() throws SQLException {
        Presented presented = redemption.presented();
        if (presented instanceof Presented.LastingRefreshToken lasting) {
            update(LASTING, UsedJwts.secondsUp(lasting.expiresAt()), presented);
        } else if (presented instanceof Presented.RotatedRefreshToken) {
            update(ROTATED, redemption.at().toEpochMilli(), presented);
        }
    }

    private void update(String statement, long time, Presented presented) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(statement)) {
            update.setLong(1, time);
            update.setBytes(2, presented.digest().toBytes());
            update.executeUpdate();
        }
    }

    private void insert(String statement, byte[] digest, Instant expiresAt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(statement)) {
            insert.setBytes(1, digest);
            insert.setString(2, grantId);
            insert.setLong(3, UsedJwts.secondsUp(expiresAt));
            insert.executeUpdate();
        }
    }
}
