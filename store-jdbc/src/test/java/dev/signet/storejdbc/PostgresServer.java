package dev.signet.storejdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real PostgreSQL for tests. One server runs for all test classes of a JVM; each class that registers this extension in a
 * static field has a fresh database on it.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PostgresServer POSTGRES = new PostgresServer();
 * }</pre>
 *
 * <p>{@code fsync} and {@code synchronous_commit} are on, as in production.
 */
public final class PostgresServer implements BeforeAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(PostgresServer.class);

    private String url = "";
    private int port;

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        if (url.isEmpty()) {
            Running server = context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
            port = server.postgres.getPort();
            url = server.newDatabase();
        }
    }

    /** The URL of this class's database, without user and password. */
    public String url() {
        return url;
    }

    /** Who may connect; no password is asked for. */
    public String user() {
        return "postgres";
    }

    /** The port on the loopback interface. */
    public int port() {
        return port;
    }

    /** Stopped by the extension context when the last test has run. */
    private record Running(EmbeddedPostgres postgres, AtomicInteger databases) implements AutoCloseable {

        static Running start() {
            try {
                return new Running(
                        EmbeddedPostgres.builder()
                                .setServerConfig("fsync", "on")
                                .setServerConfig("synchronous_commit", "on")
                                .setServerConfig("full_page_writes", "on")
                                .setServerConfig("max_connections", "300")
                                .start(),
                        new AtomicInteger());
            } catch (IOException failed) {
                throw new UncheckedIOException("PostgreSQL did not start", failed);
            }
        }

        String newDatabase() throws SQLException {
            String name = "test" + databases.incrementAndGet();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            return "jdbc:postgresql://localhost:" + postgres.getPort() + "/" + name;
        }

        @Override
        public void close() throws IOException {
            postgres.close();
        }
    }
}
