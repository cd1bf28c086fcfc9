package dev.signet.storejdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Which database is meant, and what must be set there so that nothing confirmed is lost and nobody waits for ever. */
final class DatabaseUrl {

    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /**
     * Without a write delay nothing confirmed is lost when the process dies. The store is closed by us, after the last
     * request; H2's own shutdown hook would close it while requests are still answered. What fails is told by us too; H2 would
     * write it to a file beside the store, at length, on a disk that may be full.
     */
    private static final List<Setting> H2_SETTINGS = List.of(
            new Setting("MODE", "PostgreSQL"),
            new Setting("DATABASE_TO_LOWER", "TRUE"),
            new Setting("WRITE_DELAY", "0"),
            new Setting("DB_CLOSE_ON_EXIT", "FALSE"),
            new Setting("TRACE_LEVEL_FILE", "0"));

    /**
     * Replaces {@code off} alone, which would confirm what a crash loses; an operator's stricter choice stays. And has the server
     * end a transaction whose node fell silent, with the locks it holds, long before it would miss the connection.
     */
    private static final String DURABLE_AND_PROMPT =
            "SELECT set_config('idle_in_transaction_session_timeout', '10s', false),"
                    + " set_config('synchronous_commit', CASE current_setting('synchronous_commit')"
                    + " WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)";

    /** The octets of "signet" as a number: advisory locks have no names. */
    private static final String MIGRATION_LOCK = "SELECT pg_advisory_lock(126896544048500)";

    private static final int H2_ALREADY_OPEN = 90020;

    private final String url;

    DatabaseUrl(String url) {
        this.url = url;
    }

    private boolean isH2() {
        return url.startsWith(H2);
    }

    /** Whether other processes may be at work in it. */
    boolean isShared() {
        return !isH2();
    }

    /** What is wrong with the URL. */
    List<String> faults() {
        if (!isH2() && !url.startsWith(POSTGRESQL)) {
            return List.of("url must begin with " + H2 + " or " + POSTGRESQL);
        }
        List<String> faults = new ArrayList<>();
        if (isH2()) {
            Map<String, String> given = settings();
            H2_SETTINGS.stream()
                    .filter(setting ->
                            !given.getOrDefault(setting.name(), setting.value()).equalsIgnoreCase(setting.value()))
                    .forEach(setting -> faults.add("url: " + setting.name() + " may only be " + setting.value()));
        }
        return faults;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        Arrays.stream(url.split(";", -1)).skip(1).forEach(setting -> {
            String[] parts = setting.split("=", 2);
            settings.put(parts[0].strip().toUpperCase(Locale.ROOT), parts.length > 1 ? parts[1].strip() : "");
        });
        return settings;
    }

    /**
     * Where connections come from.
     *
     * @param connect how long to wait for a connection
     * @param answer how long to wait for the answer to a statement; zero for ever
     */
    DataSource dataSource(String user, String password, Duration connect, Duration answer) {
        return isH2() ? h2(user, password) : postgresql(user, password, connect, answer);
    }

    private DataSource h2(String user, String password) {
        StringBuilder complete = new StringBuilder(url);
        Map<String, String> given = settings();
        H2_SETTINGS.stream()
                .filter(setting -> !given.containsKey(setting.name()))
                .forEach(setting ->
                        complete.append(';').append(setting.name()).append('=').append(setting.value()));
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(complete.toString());
        source.setUser(user.isEmpty() ? "sa" : user);
        source.setPassword(password);
        return source;
    }

    /** What the URL sets itself stays. */
    private DataSource postgresql(String user, String password, Duration connect, Duration answer) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        int seconds = (int) Math.max(1, connect.toSeconds());
        if (!hasParameter("connectTimeout")) {
            source.setConnectTimeout(seconds);
        }
        if (!hasParameter("loginTimeout")) {
            source.setLoginTimeout(seconds);
        }
        if (!hasParameter("socketTimeout")) {
            source.setSocketTimeout((int) answer.toSeconds());
        }
        if (!hasParameter("tcpKeepAlive")) {
            source.setTcpKeepAlive(true);
        }
        if (!hasParameter("ApplicationName")) {
            source.setApplicationName("signet");
        }
        // The server's details quote the values of a row.
        source.setLogServerErrorDetail(false);
        if (!user.isEmpty()) {
            source.setUser(user);
        }
        if (!password.isEmpty()) {
            source.setPassword(password);
        }
        return source;
    }

    private boolean hasParameter(String name) {
        return url.contains("?" + name + "=") || url.contains("&" + name + "=");
    }

    /** What every new connection begins with. */
    Optional<String> firstStatement() {
        return isH2() ? Optional.empty() : Optional.of(DURABLE_AND_PROMPT);
    }

    /** What lets one node after the other bring the tables up to date; a file has one process anyway. */
    Optional<String> migrationLock() {
        return isH2() ? Optional.empty() : Optional.of(MIGRATION_LOCK);
    }

    /** The file of an embedded store, if the failure says that it is open in another process. */
    Optional<String> fileInUse(SQLException failure) {
        return isH2() && failure.getErrorCode() == H2_ALREADY_OPEN ? Optional.of(file()) : Optional.empty();
    }

    private String file() {
        String path = url.split(";", 2)[0].substring(H2.length());
        String name = (path.startsWith("file:") ? path.substring("file:".length()) : path) + ".mv.db";
        return name.startsWith("~")
                ? name
                : Path.of(name).toAbsolutePath().normalize().toString();
    }

    private record Setting(String name, String value) {}
}
