package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.SigningKeyStore;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.KeyException;
import dev.signet.jwt.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** Keeps signing keys as sealed JWKs; identifier, algorithm and times are bound to the seal. */
final class JdbcSigningKeyStore implements SigningKeyStore {

    private static final String TABLE = "signet_signing_key";
    private static final int MAXIMUM_KEY_ID = 255;

    private final Database database;
    private final Sealing sealing;
    private final CryptoProvider provider;

    JdbcSigningKeyStore(Database database, Sealing sealing, CryptoProvider provider) {
        this.database = database;
        this.sealing = sealing;
        this.provider = provider;
    }

    @Override
    public List<StoredSigningKey> keys() {
        List<Row> rows = database.once("read the signing keys", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT kid, algorithm, published_at, active_from, sealed FROM signet_signing_key");
                    ResultSet row = select.executeQuery()) {
                List<Row> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Row(
                            row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
                }
                return found;
            }
        });
        return rows.stream().map(this::open).toList();
    }

    @Override
    public boolean putFirst(StoredSigningKey key) {
        Row row = seal(key);
        return database.atomically("keep the first signing key", connection -> {
            // Whoever comes second waits here, and then sees the first one's key.
            KeyCheck.lock(connection);
            return !hasAlgorithm(connection, row.algorithm()) && insert(connection, row);
        });
    }

    @Override
    public boolean put(StoredSigningKey key) {
        Row row = seal(key);
        return database.atomically("keep a signing key", connection -> {
            KeyCheck.lock(connection);
            return insert(connection, row);
        });
    }

    @Override
    public void remove(String keyId) {
        if (!isStorable(keyId)) {
            return;
        }
        database.once("remove a signing key", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM signet_signing_key WHERE kid = ?")) {
                delete.setString(1, keyId);
                return delete.executeUpdate();
            }
        });
    }

    private static boolean hasAlgorithm(Connection connection, String algorithm) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM signet_signing_key WHERE algorithm = ? LIMIT 1")) {
            select.setString(1, algorithm);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private static boolean insert(Connection connection, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO signet_signing_key (kid, algorithm, published_at, active_from, sealed)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, row.keyId());
            insert.setString(2, row.algorithm());
            insert.setString(3, row.publishedAt());
            insert.setString(4, row.activeFrom());
            insert.setString(5, row.sealed());
            return insert.executeUpdate() == 1;
        }
    }

    private Row seal(StoredSigningKey key) {
        String keyId = key.key().keyId();
        if (!isStorable(keyId)) {
            throw new IllegalArgumentException(
                    "kid must be 1 to " + MAXIMUM_KEY_ID + " characters without control characters");
        }
        String algorithm = key.key().algorithm().joseName();
        String publishedAt = key.publishedAt().toString();
        String activeFrom = key.activeFrom().toString();
        String sealed =
                sealing.sealText(key.key().toPrivateJwk().toBytes(), TABLE, keyId, algorithm, publishedAt, activeFrom);
        return new Row(keyId, algorithm, publishedAt, activeFrom, sealed);
    }

    private StoredSigningKey open(Row row) {
        byte[] jwk = sealing.openText(
                        row.sealed(), TABLE, row.keyId(), row.algorithm(), row.publishedAt(), row.activeFrom())
                .orElseThrow(
                        () -> new StoreException("a signing key was changed in the store, or is sealed with another"
                                + " encryption key: " + row.keyId()));
        try {
            return new StoredSigningKey(
                    SigningKey.fromJwk(JsonObject.parse(jwk), provider),
                    Instant.parse(row.publishedAt()),
                    Instant.parse(row.activeFrom()));
        } catch (JsonException | KeyException | DateTimeParseException unusable) {
            throw new StoreException("a signing key in the store is of no use: " + row.keyId(), unusable);
        }
    }

    /** What both databases can hold, index and give back unchanged. */
    private static boolean isStorable(String keyId) {
        return !keyId.isEmpty()
                && keyId.length() <= MAXIMUM_KEY_ID
                && keyId.chars().noneMatch(Character::isISOControl)
                && StandardCharsets.UTF_8.newEncoder().canEncode(keyId);
    }

    private record Row(String keyId, String algorithm, String publishedAt, String activeFrom, String sealed) {}
}
