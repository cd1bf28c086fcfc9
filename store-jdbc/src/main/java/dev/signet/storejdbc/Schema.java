package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.StoreException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings the tables up to date. Nodes that start together wait for one another. The schema may hold other tables, and may be
 * newer than this code, as it is while nodes are replaced one by one.
 */
final class Schema {

    private Schema() {}

    static void migrate(DataSource source) {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:dev/signet/storejdbc/migration")
                    .failOnMissingLocations(true)
                    .table("signet_schema_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new StoreException("the tables of the store could not be brought up to date", failed);
        }
    }
}
