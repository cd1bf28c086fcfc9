package dev.signet.storejdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.signet.authorizationserver.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;

/** Runs statements on pooled connections, and turns whatever fails into a {@link StoreException}. Thread-safe. */
final class Database implements AutoCloseable {

    private static final int ATTEMPTS = 5;

    /**
     * The transaction is undone for the sake of another: nothing happened, so it may be repeated. HYT00 is H2's end of a
     * wait for a lock; it does not see that two transactions wait for each other's new rows.
     */
    private static final Set<String> UNDONE = Set.of("40001", "40P01", "90131", "HYT00");

    private final HikariDataSource pool;

    private Database(HikariDataSource pool) {
        this.pool = pool;
    }

    static Database of(DataSource source, DatabaseUrl url, int poolSize, Duration connectionTimeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("signet-store");
        config.setDataSource(source);
        config.setMaximumPoolSize(poolSize);
        config.setConnectionTimeout(connectionTimeout.toMillis());
        config.setValidationTimeout(Math.max(250, connectionTimeout.toMillis() / 2));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setInitializationFailTimeout(-1);
        url.firstStatement().ifPresent(config::setConnectionInitSql);
        return new Database(new HikariDataSource(config));
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Runs one statement, which is a transaction of its own.
     *
     * @param what completes "the store could not …"
     */
    <T> T once(String what, Work<T> work) {
        return repeat(what, work);
    }

    /** Runs several statements as one transaction: all of them count, or none. Work that undoes itself rolls back. */
    <T> T atomically(String what, Work<T> work) {
        return repeat(what, connection -> {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failed) {
                rollBack(connection, failed);
                throw failed;
            }
        });
    }

    private static void rollBack(Connection connection, Exception failed) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            failed.addSuppressed(broken);
        }
    }

    private <T> T repeat(String what, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = pool.getConnection()) {
                return work.with(connection);
            } catch (SQLException failed) {
                if (attempt == ATTEMPTS || !isUndone(failed)) {
                    throw new StoreException("the store could not " + what, failed);
                }
            }
        }
    }

    private static boolean isUndone(SQLException failed) {
        String state = failed.getSQLState();
        return state != null && UNDONE.contains(state);
    }

    @Override
    public void close() {
        pool.close();
    }
}
