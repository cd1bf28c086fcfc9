package dev.signet.storejdbc;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A database as tests see it: its address, and what lies in it.
 *
 * @param url complete, so that it can be connected to beside the store
 */
record TestDatabase(String url, String user) {

    static final EncryptionKey KEY = EncryptionKey.generate(new SecureRandom());

    static TestDatabase h2(Path folder) {
        return new TestDatabase(
                "jdbc:h2:file:" + folder.resolve("store")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "sa");
    }

    static TestDatabase of(PostgresServer server) {
        return new TestDatabase(server.url(), server.user());
    }

    JdbcStores.Builder stores() {
        return JdbcStores.builder(url, KEY).user(user);
    }

    JdbcStores open() {
        return stores().open();
    }

    /** The pool alone, over tables that are there already. */
    Database pool() {
        DatabaseUrl address = new DatabaseUrl(url);
        Duration seconds = Duration.ofSeconds(3);
        return Database.of(address.dataSource(user, "", seconds, seconds), address, 4, seconds);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, "");
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Every row as one text. */
    List<String> read(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                StringBuilder text = new StringBuilder();
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    text.append(column == 1 ? "" : "|").append(row.getString(column));
                }
                rows.add(text.toString());
            }
            return rows;
        }
    }
}
