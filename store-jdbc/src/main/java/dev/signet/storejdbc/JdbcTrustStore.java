package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.trust.KeySources;
import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps trusts as JSON. Every call reads the row, so that all nodes know the same; a trust is built from it only if the row is
 * not the one it was built from before.
 */
final class JdbcTrustStore implements TrustStore {

    private final Database database;
    private final KeySources sources;
    private final RecentlyBuilt<String, TrustedIssuer> recent = new RecentlyBuilt<>();

    JdbcTrustStore(Database database, KeySources sources) {
        this.database = database;
        this.sources = sources;
    }

    @Override
    public Optional<TrustedIssuer> find(String issuer) {
        return row(issuer).map(row -> trust(issuer, row));
    }

    @Override
    public boolean mayNameUnauthenticated(ClientId clientId) {
        return database.once("look up a trust", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT 1 FROM signet_trusted_issuer WHERE unauthenticated_client = ?")) {
                select.setString(1, clientId.value());
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    private Optional<String> row(String issuer) {
        return database.once("look up a trust", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT trust FROM signet_trusted_issuer WHERE issuer = ?")) {
                select.setString(1, issuer);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    private TrustedIssuer trust(String issuer, String row) {
        return recent.of(issuer, row, any -> read(issuer, row));
    }

    @Override
    public boolean put(TrustedIssuer trust) {
        String row = write(trust);
        return database.once("keep a trust", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO signet_trusted_issuer (issuer, trust, unauthenticated_client) VALUES (?, ?, ?)"
                            + " ON CONFLICT DO NOTHING")) {
                insert.setString(1, trust.issuer());
                insert.setString(2, row);
                insert.setString(3, unauthenticatedClient(trust));
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public Optional<TrustedIssuer> change(String issuer, UnaryOperator<TrustedIssuer> change) {
        while (true) {
            Optional<String> before = row(issuer);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            TrustedIssuer changed = change.apply(trust(issuer, before.get()));
            if (!changed.issuer().equals(issuer)) {
                throw new IllegalArgumentException("change gave the trust in another issuer");
            }
            if (replace(before.get(), changed)) {
                return Optional.of(changed);
            }
        }
    }

    /** False if the row is another one by now. */
    private boolean replace(String before, TrustedIssuer changed) {
        String after = write(changed);
        return database.once("change a trust", connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE signet_trusted_issuer SET trust = ?, unauthenticated_client = ?"
                            + " WHERE issuer = ? AND trust = ?")) {
                update.setString(1, after);
                update.setString(2, unauthenticatedClient(changed));
                update.setString(3, changed.issuer());
                update.setString(4, before);
                return update.executeUpdate() == 1;
            }
        });
    }

    @Override
    public boolean remove(String issuer) {
        return database.once("remove a trust", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM signet_trusted_issuer WHERE issuer = ?")) {
                delete.setString(1, issuer);
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<TrustedIssuer> page(String after, int most) {
        Map<String, String> rows = database.once("list the trusts", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT issuer, trust FROM signet_trusted_issuer WHERE issuer > ? ORDER BY issuer LIMIT ?")) {
                select.setString(1, after);
                select.setInt(2, most);
                Map<String, String> found = new LinkedHashMap<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.put(row.getString(1), row.getString(2));
                    }
                }
                return found;
            }
        });
        return rows.entrySet().stream()
                .map(each -> read(each.getKey(), each.getValue()))
                .toList();
    }

    private static @Nullable String unauthenticatedClient(TrustedIssuer trust) {
        return trust.isEnabled()
                ? trust.unauthenticatedClient().map(ClientId::value).orElse(null)
                : null;
    }

    private static String write(TrustedIssuer trust) {
        return KeptJson.write(trust.toJson(), "the trust in " + trust.issuer());
    }

    private TrustedIssuer read(String issuer, String row) {
        try {
            TrustedIssuer read = TrustedIssuer.fromJson(KeptJson.read(row), sources);
            if (!read.issuer().equals(issuer)) {
                throw new StoreException("the trust in " + issuer + " in the store is in another issuer");
            }
            return read;
        } catch (JsonException | IllegalArgumentException unusable) {
            throw new StoreException("the trust in " + issuer + " in the store is of no use", unusable);
        }
    }
}
