package dev.signet.storejdbc;

import dev.signet.authorizationserver.resourceowner.AccountStore;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.authorizationserver.resourceowner.UsernameTaken;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.jwt.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps accounts as JSON. Every call reads the row, so that all nodes know the same. */
final class JdbcAccountStore implements AccountStore {

    /** Of a subject, in octets: what is longer finds no place in an index of PostgreSQL. */
    private static final int LONGEST_SUBJECT = 2048;

    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;

    JdbcAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<UserAccount> findUser(String subject) {
        return row("subject", subject).map(JdbcAccountStore::read);
    }

    @Override
    public Optional<UserAccount> findByUsername(Username username) {
        return row("username", username.value()).map(JdbcAccountStore::read);
    }

    private Optional<String> row(String column, String value) {
        return database.once("look up an account", connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT account FROM signet_account WHERE " + column + " = ?")) {
                select.setString(1, value);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public boolean put(UserAccount account) {
        if (account.subject().getBytes(StandardCharsets.UTF_8).length > LONGEST_SUBJECT) {
            throw new IllegalArgumentException("account: sub must not have more than " + LONGEST_SUBJECT + " octets");
        }
        String row = write(account);
        return database.once("keep an account", connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO signet_account (subject, username, account) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, account.subject());
                insert.setString(2, username(account));
                insert.setString(3, row);
                return insert.executeUpdate() == 1;
            }
        });
    }

    @Override
    public Optional<UserAccount> change(String subject, UnaryOperator<UserAccount> change) {
        while (true) {
            Optional<String> before = row("subject", subject);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            UserAccount changed = change.apply(read(before.get()));
            if (!changed.subject().equals(subject)) {
                throw new IllegalArgumentException("change gave another account");
            }
            if (replace(before.get(), changed)) {
                return Optional.of(changed);
            }
        }
    }

    /** False if the row is another one by now. */
    private boolean replace(String before, UserAccount changed) {
        String after = write(changed);
        return database.once("change an account", connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE signet_account SET username = ?, account = ? WHERE subject = ? AND account = ?")) {
                update.setString(1, username(changed));
                update.setString(2, after);
                update.setString(3, changed.subject());
                update.setString(4, before);
                return update.executeUpdate() == 1;
            } catch (SQLException failed) {
                if (UNIQUE_VIOLATION.equals(failed.getSQLState())) {
                    throw new UsernameTaken(changed.username().orElseThrow());
                }
                throw failed;
            }
        });
    }

    @Override
    public boolean remove(String subject) {
        return database.once("remove an account", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM signet_account WHERE subject = ?")) {
                delete.setString(1, subject);
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<UserAccount> page(String after, int most) {
        List<String> rows = database.once("list the accounts", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT account FROM signet_account WHERE subject > ? ORDER BY subject LIMIT ?")) {
                select.setString(1, after);
                select.setInt(2, most);
                List<String> found = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found.add(row.getString(1));
                    }
                }
                return found;
            }
        });
        return rows.stream().map(JdbcAccountStore::read).toList();
    }

    private static @Nullable String username(UserAccount account) {
        return account.username().map(Username::value).orElse(null);
    }

    private static String write(UserAccount account) {
        return KeptJson.write(account.toJson(), "the account");
    }

    private static UserAccount read(String row) {
        try {
            return UserAccount.fromJson(KeptJson.read(row));
        } catch (JsonException | IllegalArgumentException unusable) {
            throw new StoreException("an account in the store is of no use", unusable);
        }
    }
}
