package dev.signet.storejdbc;

import dev.signet.authorizationserver.registration.InitialAccessToken;
import dev.signet.authorizationserver.registration.InitialAccessTokenStore;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.TokenDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps initial access tokens by rows. Whoever counts a use holds the row until the client is there, too. */
final class JdbcInitialAccessTokenStore implements InitialAccessTokenStore {

    private static final String SELECT =
            "SELECT name, digest, expires_at, uses_left, metadata FROM signet_initial_access_token WHERE ";

    private final Database database;
    private final JdbcClientStore clients;

    JdbcInitialAccessTokenStore(Database database, JdbcClientStore clients) {
        this.database = database;
        this.clients = clients;
    }

    @Override
    public boolean put(InitialAccessToken token) {
        String metadata = KeptJson.write(token.metadata(), "initial access token " + token.name());
        return database.once("keep an initial access token", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO signet_initial_access_token"
                            + " (name, digest, expires_at, uses_left, metadata) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, token.name());
                insert.setBytes(2, token.digest().toBytes());
                insert.setLong(3, token.expiresAt().getEpochSecond());
                insert.setInt(4, token.usesLeft());
                insert.setString(5, metadata);
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public Optional<InitialAccessToken> find(TokenDigest digest) {
        return database
                .once("look up an initial access token", connection -> {
                    try (PreparedStatement select = connection.prepareStatement(SELECT + "digest = ?")) {
                        select.setBytes(1, digest.toBytes());
                        return read(select);
                    }
                })
                .stream()
                .findFirst();
    }

    @Override
    public boolean redeem(TokenDigest digest, RegisteredClient client, Instant now) {
        ClientRow row = clients.write(client);
        return database.atomically("register a client", connection -> {
            boolean counted;
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE signet_initial_access_token SET uses_left = uses_left - 1"
                            + " WHERE digest = ? AND uses_left > 0 AND expires_at > ?")) {
                update.setBytes(1, digest.toBytes());
                update.setLong(2, now.getEpochSecond());
                counted = update.executeUpdate() == 1;
            }
            if (counted && JdbcClientStore.insert(connection, client.clientId(), row)) {
                return true;
            }
            connection.rollback();
            return false;
        });
    }

    @Override
    public boolean remove(String name) {
        return database.once("remove an initial access token", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM signet_initial_access_token WHERE name = ?")) {
                delete.setString(1, name);
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<InitialAccessToken> page(String after, int most) {
        return database.once("list the initial access tokens", connection -> {
            try (PreparedStatement select = connection.prepareStatement(SELECT + "name > ? ORDER BY name LIMIT ?")) {
                select.setString(1, after);
                select.setInt(2, most);
                return read(select);
            }
        });
    }

    private static List<InitialAccessToken> read(PreparedStatement select) throws SQLException {
        List<InitialAccessToken> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new InitialAccessToken(
                        row.getString(1),
                        TokenDigest.parse(row.getBytes(2)),
                        Instant.ofEpochSecond(row.getLong(3)),
                        row.getInt(4),
                        KeptJson.read(row.getString(5))));
            }
        }
        return found;
    }
}
