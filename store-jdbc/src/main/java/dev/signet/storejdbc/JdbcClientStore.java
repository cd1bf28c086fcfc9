package dev.signet.storejdbc;

import dev.signet.authorizationserver.registry.ClientSecret;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
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
    private final RecentClients recent = new RecentClients();

    JdbcClientStore(Database database, Sealing sealing, CryptoProvider provider) {
        this.database = database;
        this.sealing = sealing;
        this.provider = provider;
    }

    @Override
    public Optional<RegisteredClient> find(ClientId clientId) {
        Optional<ClientRow> found = database.once("look up a client", connection -> {
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
        return found.map(row -> recent.find(clientId, row).orElseGet(() -> {
            RegisteredClient client = read(clientId, row);
            recent.put(clientId, row, client);
            return client;
        }));
    }

    @Override
    public boolean put(RegisteredClient client) {
        ClientRow row = write(client);
        return database.once("keep a client", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO signet_client (client_id, metadata, secret_hash, sealed_secret)"
                            + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, client.clientId().value());
                insert.setString(2, row.metadata());
                insert.setString(3, row.secretHash());
                insert.setString(4, row.sealedSecret());
                return insert.executeUpdate() == 1;
            }
        });
    }

    private ClientRow write(RegisteredClient client) {
        String metadata = client.toMetadata().toJson();
        if (metadata.getBytes(StandardCharsets.UTF_8).length > JsonLimits.DOCUMENT.maxBytes()) {
            throw new IllegalArgumentException("the metadata of client " + client.clientId() + " is longer than "
                    + JsonLimits.DOCUMENT.maxBytes() + " octets");
        }
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
            JsonObject metadata =
                    JsonObject.parse(row.metadata().getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
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
