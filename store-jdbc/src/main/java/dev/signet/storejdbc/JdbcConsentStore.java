package dev.signet.storejdbc;

import dev.signet.authorizationserver.resourceowner.Consent;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Keeps consents token by token, so that adding to them is inserting rows. */
final class JdbcConsentStore implements ConsentStore {

    private static final String SELECT =
            "SELECT client_id, resource, scope_token FROM signet_consent WHERE subject_digest = ?";

    private final Database database;

    JdbcConsentStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(Consent consent) {
        database.atomically("keep a consent", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO signet_consent"
                    + " (digest, subject_digest, client_id, resource, scope_token) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT DO NOTHING")) {
                // In one order, so that two of the same can't wait for each other.
                Map<String, Scope> ordered = new TreeMap<>();
                consent.scopes().forEach((resource, scope) -> ordered.put(resource.value(), scope));
                for (Map.Entry<String, Scope> each : ordered.entrySet()) {
                    insert(insert, consent, each.getKey(), "");
                    for (String token :
                            each.getValue().tokens().stream().sorted().toList()) {
                        insert(insert, consent, each.getKey(), token);
                    }
                }
            }
            return consent;
        });
    }

    private static void insert(PreparedStatement insert, Consent consent, String resource, String token)
            throws SQLException {
        String clientId = consent.clientId().value();
        insert.setBytes(1, RowDigest.of(consent.subject(), clientId, resource, token));
        insert.setBytes(2, RowDigest.of(consent.subject()));
        insert.setString(3, clientId);
        insert.setString(4, resource);
        insert.setString(5, token);
        insert.executeUpdate();
    }

    @Override
    public Optional<Consent> find(String subject, ClientId clientId) {
        return database
                .once("look up a consent", connection -> {
                    try (PreparedStatement select = connection.prepareStatement(SELECT + " AND client_id = ?")) {
                        select.setString(2, clientId.value());
                        return read(subject, select);
                    }
                })
                .stream()
                .findFirst();
    }

    @Override
    public List<Consent> of(String subject) {
        return database.once("list consents", connection -> select(subject, connection));
    }

    private static List<Consent> select(String subject, Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + " ORDER BY client_id, resource, scope_token")) {
            return read(subject, select);
        }
    }

    private static List<Consent> read(String subject, PreparedStatement select) throws SQLException {
        select.setBytes(1, RowDigest.of(subject));
        Map<ClientId, Map<ResourceIndicator, Set<String>>> found = new LinkedHashMap<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Set<String> tokens = found.computeIfAbsent(new ClientId(row.getString(1)), any -> new LinkedHashMap<>())
                        .computeIfAbsent(new ResourceIndicator(row.getString(2)), any -> new LinkedHashSet<>());
                if (!row.getString(3).isEmpty()) {
                    tokens.add(row.getString(3));
                }
            }
        }
        List<Consent> consents = new ArrayList<>();
        found.forEach((clientId, resources) -> {
            Map<ResourceIndicator, Scope> scopes = new LinkedHashMap<>();
            resources.forEach((resource, tokens) -> scopes.put(resource, Scope.of(tokens)));
            consents.add(new Consent(subject, clientId, scopes));
        });
        return consents;
    }

    @Override
    public boolean revoke(String subject, ClientId clientId) {
        return database.once("forget a consent", connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM signet_consent WHERE subject_digest = ? AND client_id = ?")) {
                delete.setBytes(1, RowDigest.of(subject));
                delete.setString(2, clientId.value());
                return delete.executeUpdate() > 0;
            }
        });
    }

    @Override
    public void revokeAll(ClientId clientId) {
        database.once("forget what people let a client do", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM signet_consent WHERE client_id = ?")) {
                delete.setString(1, clientId.value());
                return delete.executeUpdate();
            }
        });
    }
}
