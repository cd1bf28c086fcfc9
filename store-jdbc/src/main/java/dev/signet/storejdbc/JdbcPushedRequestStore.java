package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.PushedRequestStore;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredPushedRequest;
import dev.signet.jwt.json.JsonException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps pushed requests by the digests of their references (RFC 9126 §2.2). */
final class JdbcPushedRequestStore implements PushedRequestStore {

    private static final String INSERT =
            "INSERT INTO signet_pushed_request (digest, expires_at, request) VALUES (?, ?, ?)";

    private static final String SELECT =
            "SELECT p.expires_at, p.request FROM signet_pushed_request p WHERE p.digest = ?"
                    + " AND NOT EXISTS (SELECT 1 FROM signet_used_jwt u WHERE u.digest = p.digest)";

    private final Database database;
    private final Clock clock;

    JdbcPushedRequestStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<ReplayKey> put(StoredPushedRequest request, List<SingleUse> uses) {
        long now = clock.instant().getEpochSecond();
        String json = PushedRequestJson.write(request);
        return UsedJwts.recordWithStatement(
                database,
                "keep a pushed request",
                UsedJwts.rows(uses),
                now,
                connection -> insert(connection, request, json));
    }

    private static void insert(Connection connection, StoredPushedRequest request, String json) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setBytes(1, request.reference().digest());
            insert.setLong(2, UsedJwts.secondsUp(request.keptUntil()));
            insert.setString(3, json);
            insert.executeUpdate();
        }
    }

    @Override
    public Optional<StoredPushedRequest> find(ReplayKey reference) {
        return database.once("look up a pushed request", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT)) {
                select.setBytes(1, reference.digest());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(read(reference, row)) : Optional.empty();
                }
            }
        });
    }

    private static StoredPushedRequest read(ReplayKey reference, ResultSet row) throws SQLException {
        try {
            return PushedRequestJson.read(reference, Instant.ofEpochSecond(row.getLong(1)), row.getString(2));
        } catch (JsonException unusable) {
            throw new StoreException("a pushed request in the store is of no use", unusable);
        }
    }
}
