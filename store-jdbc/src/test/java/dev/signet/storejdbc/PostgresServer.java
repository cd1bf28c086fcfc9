package dev.signet.storejdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
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

    private static final Map<String, String> SETTINGS =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on", "max_connections", "300");

    private String url = "";
    private int port;

    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        if (url.isEmpty()) {
            Running server = context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(Running.class, key -> Running.start(), Running.class);
            port = server.port();
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
    private record Running(int port, Closeable process, AtomicInteger databases) implements AutoCloseable {

        static Running start() {
            try {
                return isRootWithoutNamespaces() ? startAsNobody() : startEmbedded();
            } catch (IOException failed) {
                throw new UncheckedIOException("PostgreSQL did not start", failed);
            }
        }

        private static Running startEmbedded() throws IOException {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
            SETTINGS.forEach(builder::setServerConfig);
            EmbeddedPostgres postgres = builder.start();
            return new Running(postgres.getPort(), postgres, new AtomicInteger());
        }

        private static Running startAsNobody() throws IOException {
            PostgresServerAsNobody postgres = PostgresServerAsNobody.start(SETTINGS);
            return new Running(postgres.port(), postgres, new AtomicInteger());
        }

        private static boolean isRootWithoutNamespaces() {
            if (!"root".equals(System.getProperty("user.name"))) {
                return false;
            }
            try {
                return new ProcessBuilder("unshare", "-U", "true")
                                .redirectErrorStream(true)
                                .start()
                                .onExit()
                                .join()
                                .exitValue()
                        != 0;
            } catch (IOException noSuchProgram) {
                return true;
            }
        }

        String newDatabase() throws SQLException {
            String server = "jdbc:postgresql://localhost:" + port + "/";
            String name = "test" + databases.incrementAndGet();
            try (Connection connection = DriverManager.getConnection(server + "postgres", "postgres", "");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            return server + name;
        }

        @Override
        public void close() throws IOException {
            process.close();
        }
    }
}
