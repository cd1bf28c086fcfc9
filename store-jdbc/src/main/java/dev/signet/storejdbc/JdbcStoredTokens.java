package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps by their digests what tokens stand for (RFC 7662 §2). */
final class JdbcStoredTokens implements StoredTokens {

    private static final String INSERT =
            "INSERT INTO signet_stored_token (digest, expires_at, claims) VALUES (?, ?, ?)";

    private static final String SELECT = "SELECT expires_at, claims FROM signet_stored_token WHERE digest = ?";

    private final Database database;
    private final Clock clock;

    JdbcStoredTokens(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<ReplayKey> put(StoredToken token, List<SingleUse> uses) {
        long now = clock.instant().getEpochSecond();
        return UsedJwts.recordWithStatement(
                database, "keep a token", UsedJwts.rows(uses), now, connection -> insert(connection, token));
    }

    static void insert(Connection connection, StoredToken token) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setBytes(1, token.digest().toBytes());
            insert.setLong(2, UsedJwts.secondsUp(token.expiresAt()));
            insert.setString(3, token.claims().toJson());
            insert.executeUpdate();
        }
    }

    @Override
    public Optional<StoredToken> find(TokenDigest digest) {
        return database.once("look up a token", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setBytes(1, digest.toBytes());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(read(digest, row)) : Optional.empty();
                }
            }
        });
    }

    private static StoredToken read(TokenDigest digest, ResultSet row) throws SQLException {
        try {
            return new StoredToken(digest, JsonObject.parse(row.getString(2)), Instant.ofEpochSecond(row.getLong(1)));
        } catch (JsonException unusable) {
            throw new StoreException("a token in the store is of no use", unusable);
        }
    }
}
