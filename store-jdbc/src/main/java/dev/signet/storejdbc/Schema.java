package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the tables up to date. Nodes that start together wait for one another. The schema may hold other tables, and may be
 * newer than this code, as it is while nodes are replaced one by one.
 */
final class Schema {

    /** The newest migration. Where it was applied there is nothing to do, and Flyway need not be loaded to find that out. */
    static final String NEWEST = "9";

    private static final String HISTORY = "signet_schema_history";
    private static final String FAILURE = "the tables of the store could not be brought up to date";

    private Schema() {}

    /**
     * Applies what is missing, one node after the other.
     *
     * @param patient connections that wait as long as a migration takes
     * @param lock the statement that waits for other nodes, until its connection is closed
     */
    static void migrate(DataSource patient, Optional<String> lock) {
        try (Connection connection = patient.getConnection();
                Statement statement = connection.createStatement()) {
            if (lock.isPresent()) {
                statement.execute(lock.get());
            }
            if (!isCurrent(connection)) {
                migrate(patient);
            }
        } catch (SQLException failed) {
            throw new StoreException(FAILURE, failed);
        }
    }

    private static void migrate(DataSource patient) {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(patient)
                    .locations("classpath:dev/signet/storejdbc/migration")
                    .failOnMissingLocations(true)
                    .table(HISTORY)
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new StoreException(FAILURE, failed);
        }
    }

    /** Whether the newest migration was applied. */
    static boolean isCurrent(Connection connection) {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT 1 FROM " + HISTORY + " WHERE version = ? AND success")) {
            select.setString(1, NEWEST);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        } catch (SQLException noSuchTable) {
            return false;
        }
    }
}
