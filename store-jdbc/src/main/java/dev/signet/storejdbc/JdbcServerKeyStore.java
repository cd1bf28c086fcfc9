package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.KeyException;
import dev.signet.jwt.key.PrivateJwk;
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
import java.util.function.Function;

/**
 * Keeps keys as sealed JWKs; table, identifier, algorithm and times are bound to the seal.
 *
 * @param <K> signing keys, or decryption keys, which have a table each
 */
final class JdbcServerKeyStore<K extends PrivateJwk> implements ServerKeyStore<K> {

    private static final int MAXIMUM_KEY_ID = 255;

    private final Database database;
    private final Sealing sealing;
    private final String table;
    private final Function<JsonObject, K> reading;

    private JdbcServerKeyStore(Database database, Sealing sealing, String table, Function<JsonObject, K> reading) {
        this.database = database;
        this.sealing = sealing;
        this.table = table;
        this.reading = reading;
    }

    static JdbcServerKeyStore<SigningKey> ofSigningKeys(Database database, Sealing sealing, CryptoProvider provider) {
        return new JdbcServerKeyStore<>(
                database, sealing, "signet_signing_key", jwk -> SigningKey.fromJwk(jwk, provider));
    }

    static JdbcServerKeyStore<DecryptionKey> ofDecryptionKeys(Database database, Sealing sealing) {
        return new JdbcServerKeyStore<>(database, sealing, "signet_decryption_key", DecryptionKey::fromJwk);
    }

    @Override
    public List<StoredKey<K>> keys() {
        List<Row> rows = database.once("read the keys of the server", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT kid, algorithm, published_at, active_from, sealed FROM " + table);
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
    public boolean putFirst(StoredKey<K> key) {
        Row row = seal(key);
        return database.atomically("keep the first key of an algorithm", connection -> {
            // Whoever comes second waits here, and then sees the first one's key.
            KeyCheck.lock(connection);
            return !hasAlgorithm(connection, row.algorithm()) && insert(connection, row);
        });
    }

    @Override
    public boolean put(StoredKey<K> key) {
        Row row = seal(key);
        return database.atomically("keep a key of the server", connection -> {
            KeyCheck.lock(connection);
            return insert(connection, row);
        });
    }

    @Override
    public void remove(String keyId) {
        if (!isStorable(keyId)) {
            return;
        }
        database.once("remove a key of the server", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + table + " WHERE kid = ?")) {
                delete.setString(1, keyId);
                return delete.executeUpdate();
            }
        });
    }

    private boolean hasAlgorithm(Connection connection, String algorithm) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM " + table + " WHERE algorithm = ? LIMIT 1")) {
            select.setString(1, algorithm);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private boolean insert(Connection connection, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (kid, algorithm, published_at, active_from, sealed)"
                        + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, row.keyId());
            insert.setString(2, row.algorithm());
            insert.setString(3, row.publishedAt());
            insert.setString(4, row.activeFrom());
            insert.setString(5, row.sealed());
            return insert.executeUpdate() == 1;
        }
    }

    private Row seal(StoredKey<K> key) {
        String keyId = key.key().keyId();
        if (!isStorable(keyId)) {
            throw new IllegalArgumentException(
                    "kid must be 1 to " + MAXIMUM_KEY_ID + " characters without control characters");
        }
        String algorithm = key.key().algorithmName();
        String publishedAt = key.publishedAt().toString();
        String activeFrom = key.activeFrom().toString();
        String sealed =
                sealing.sealText(key.key().toPrivateJwk().toBytes(), table, keyId, algorithm, publishedAt, activeFrom);
        return new Row(keyId, algorithm, publishedAt, activeFrom, sealed);
    }

    private StoredKey<K> open(Row row) {
        byte[] jwk = sealing.openText(
                        row.sealed(), table, row.keyId(), row.algorithm(), row.publishedAt(), row.activeFrom())
                .orElseThrow(() ->
                        new StoreException("a key of the server was changed in the store, or is sealed with another"
                                + " encryption key: " + row.keyId()));
        try {
            return new StoredKey<>(
                    reading.apply(JsonObject.parse(jwk)),
                    Instant.parse(row.publishedAt()),
                    Instant.parse(row.activeFrom()));
        } catch (JsonException | KeyException | DateTimeParseException unusable) {
            throw new StoreException("a key of the server is of no use in the store: " + row.keyId(), unusable);
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
