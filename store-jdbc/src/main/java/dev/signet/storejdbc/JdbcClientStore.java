package dev.signet.storejdbc;

import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps clients as metadata (RFC 7591 §2), their secrets hashed or sealed. Every call reads the row, so that all nodes know
 * the same; a client is built from it only if the row is not the one it was built from before.
 */
final class JdbcClientStore implements ClientStore {

    private static final String TABLE = "signet_client";

    private final Database database;
    private final Sealing sealing;
    private final CryptoProvider provider;
    private final RecentlyBuilt<ClientRow, RegisteredClient> recent = new RecentlyBuilt<>();

    JdbcClientStore(Database database, Sealing sealing, CryptoProvider provider) {
        this.database = database;
        this.sealing = sealing;
        this.provider = provider;
    }

    @Override
    public Optional<RegisteredClient> find(ClientId clientId) {
        return row(clientId).map(row -> client(clientId, row));
    }

    private Optional<ClientRow> row(ClientId clientId) {
        return database.once("look up a client", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT metadata, secret_hash, sealed_secret FROM signet_client WHERE client_id = ?")) {
                select.setString(1, clientId.value());
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new ClientRow(row.getString(1), row.getString(2), row.getString(3)))
                            : Optional.empty();
                }
            }
        });
    }

    private RegisteredClient client(ClientId clientId, ClientRow row) {
        return recent.of(clientId.value(), row, any -> read(clientId, row));
    }

    @Override
    public boolean put(RegisteredClient client) {
        ClientRow row = write(client);
        return database.once("keep a client", connection -> insert(connection, client.clientId(), row));
    }

    /** False if there is one of that identifier. */
    static boolean insert(Connection connection, ClientId clientId, ClientRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO signet_client (client_id, metadata, secret_hash, sealed_secret)"
                        + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, clientId.value());
            insert.setString(2, row.metadata());
            insert.setString(3, row.secretHash());
            insert.setString(4, row.sealedSecret());
            return insert.executeUpdate() == 1;
        }
    }

    @Override
    public Optional<RegisteredClient> change(ClientId clientId, UnaryOperator<RegisteredClient> change) {
        while (true) {
            Optional<ClientRow> before = row(clientId);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            RegisteredClient changed = change.apply(client(clientId, before.get()));
            if (!changed.clientId().equals(clientId)) {
                throw new IllegalArgumentException("change gave another client");
            }
            if (replace(clientId, before.get(), write(changed))) {
                return Optional.of(changed);
            }
        }
    }

    /** False if the row is another one by now. */
    private boolean replace(ClientId clientId, ClientRow before, ClientRow after) {
        return database.once("change a client", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE signet_client SET metadata = ?, secret_hash = ?, sealed_secret = ? WHERE client_id = ?"
                            + " AND metadata = ? AND secret_hash IS NOT DISTINCT FROM ?"
                            + " AND sealed_secret IS NOT DISTINCT FROM ?")) {
                update.setString(1, after.metadata());
                update.setString(2, after.secretHash());
                update.setString(3, after.sealedSecret());
                update.setString(4, clientId.value());
                update.setString(5, before.metadata());
                update.setString(6, before.secretHash());
                update.setString(7, before.sealedSecret());
                return update.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean remove(ClientId clientId) {
        return database.once("remove a client", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM signet_client WHERE client_id = ?")) {
                delete.setString(1, clientId.value());
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<RegisteredClient> page(String after, int most) {
        Map<ClientId, ClientRow> rows = database.once("list the clients", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT client_id, metadata, secret_hash, sealed_secret FROM signet_client"
                            + " WHERE client_id > ? ORDER BY client_id LIMIT ?")) {
                select.setString(1, after);
                select.setInt(2, most);
                Map<ClientId, ClientRow> found = new LinkedHashMap<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.put(
                                new ClientId(row.getString(1)),
                                new ClientRow(row.getString(2), row.getString(3), row.getString(4)));
                    }
                }
                return found;
            }
        });
        return rows.entrySet().stream()
                .map(each -> read(each.getKey(), each.getValue()))
                .toList();
    }

    ClientRow write(RegisteredClient client) {
        String metadata = KeptJson.write(client.toMetadata(), "client " + client.clientId());
        return client.secret()
                .map(secret -> secret.isSensitive()
                        ? new ClientRow(metadata, null, seal(client.clientId(), secret))
                        : new ClientRow(metadata, secret.toJson().toJson(), null))
                .orElseGet(() -> new ClientRow(metadata, null, null));
    }

    private String seal(ClientId clientId, ClientSecret secret) {
        return sealing.sealText(secret.toJson().toBytes(), TABLE, clientId.value());
    }

    private RegisteredClient read(ClientId clientId, ClientRow row) {
        try {
            JsonObject metadata = KeptJson.read(row.metadata());
            RegisteredClient.Builder client = RegisteredClient.fromMetadata(metadata, provider);
            secretJson(clientId, row.secretHash(), row.sealedSecret())
                    .ifPresent(json -> client.secret(ClientSecret.fromJson(json)));
            RegisteredClient read = client.build();
            if (!read.clientId().equals(clientId)) {
                throw new StoreException("the metadata of client " + clientId + " in the store is another client's");
            }
            return read;
        } catch (JsonException | IllegalArgumentException unusable) {
            throw new StoreException("client " + clientId + " in the store is of no use", unusable);
        }
    }

    private Optional<JsonObject> secretJson(ClientId clientId, @Nullable String hash, @Nullable String sealed) {
        if (sealed != null) {
            byte[] json = sealing.openText(sealed, TABLE, clientId.value())
                    .orElseThrow(() -> new StoreException("the secret of client " + clientId
                            + " was changed in the store, or is sealed with another encryption key"));
            return Optional.of(JsonObject.parse(json));
        }
        return hash == null ? Optional.empty() : Optional.of(JsonObject.parse(hash));
    }
}
