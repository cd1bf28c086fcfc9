package dev.signet.storejdbc;

import dev.signet.authorizationserver.resourceowner.SessionStore;
import dev.signet.authorizationserver.resourceowner.StoredSession;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.authorization.Authentication;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Keeps sessions by the digests of their secrets. */
final class JdbcSessionStore implements SessionStore {

    private final Database database;
    private final Clock clock;

    JdbcSessionStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    @Override
    public void put(StoredSession session) {
        String authentication = write(session.authentication());
        database.once("keep a session", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO signet_session"
                    + " (digest, subject, subject_digest, authentication, started_at, expires_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?)")) {
                insert.setBytes(1, session.id().toBytes());
                insert.setString(2, session.subject());
                insert.setBytes(3, RowDigest.of(session.subject()));
                insert.setString(4, authentication);
                insert.setLong(5, session.startedAt().getEpochSecond());
                insert.setLong(6, session.expiresAt().getEpochSecond());
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public Optional<StoredSession> find(TokenDigest id) {
        return database.once("look up a session", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT subject, authentication, started_at, expires_at"
                            + " FROM signet_session WHERE digest = ? AND expires_at > ?")) {
                select.setBytes(1, id.toBytes());
                select.setLong(2, now());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(read(id, row)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public void extend(TokenDigest id, Instant expiresAt) {
        database.once("extend a session", connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE signet_session SET expires_at = ?"
                    + " WHERE digest = ? AND expires_at > ? AND expires_at < ?")) {
                update.setLong(1, expiresAt.getEpochSecond());
                update.setBytes(2, id.toBytes());
                update.setLong(3, now());
                update.setLong(4, expiresAt.getEpochSecond());
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void end(TokenDigest id) {
        delete("digest", id.toBytes());
    }

    @Override
    public void endAll(String subject) {
        delete("subject_digest", RowDigest.of(subject));
    }

    private void delete(String column, byte[] digest) {
        database.once("end a session", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM signet_session WHERE " + column + " = ?")) {
                delete.setBytes(1, digest);
                return delete.executeUpdate();
            }
        });
    }

    private static String write(Authentication authentication) {
        JsonObject.Builder json = JsonObject.builder();
        AuthenticationJson.put(authentication, json);
        return KeptJson.write(json.build(), "the authentication");
    }

    private static StoredSession read(TokenDigest id, ResultSet row) throws SQLException {
        try {
            return new StoredSession(
                    id,
                    row.getString(1),
                    AuthenticationJson.read(KeptJson.read(row.getString(2))),
                    Instant.ofEpochSecond(row.getLong(3)),
                    Instant.ofEpochSecond(row.getLong(4)));
        } catch (JsonException | IllegalArgumentException | DateTimeException unusable) {
            throw new StoreException("a session in the store is of no use", unusable);
        }
    }
}
