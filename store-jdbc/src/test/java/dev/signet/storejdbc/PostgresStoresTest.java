package dev.signet.storejdbc;

import org.junit.jupiter.api.extension.RegisterExtension;

/** The stores keep their contracts on PostgreSQL. */
class PostgresStoresTest extends StoreContracts {

    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @Override
    String url() {
        return POSTGRES.url();
    }

    @Override
    String user() {
        return POSTGRES.user();
    }
}
