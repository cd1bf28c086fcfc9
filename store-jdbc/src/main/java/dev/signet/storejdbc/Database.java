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
     * wait for a lock.
     */
    private static final Set<String> UNDONE = Set.of("40001", "40P01", "90131", "HYT00");

    /** H2 closes a file that it could not write to. It can be opened again once every connection to it is gone. */
    private static final String CLOSED_ITSELF = "90098";

    private final HikariConfig config;
    private volatile HikariDataSource pool;

    private Database(HikariConfig config) {
        this.config = config;
        this.pool = new HikariDataSource(config);
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
        return new Database(config);
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
            HikariDataSource current = pool;
            try (Connection connection = current.getConnection()) {
                return work.with(connection);
            } catch (SQLException failed) {
                if (hasClosedItself(failed)) {
                    renew(current);
                }
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

    private static boolean hasClosedItself(SQLException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && CLOSED_ITSELF.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private synchronized void renew(HikariDataSource dead) {
        if (pool == dead && !dead.isClosed()) {
            dead.close();
            pool = new HikariDataSource(config);
        }
    }

    @Override
    public synchronized void close() {
        pool.close();
    }
}
