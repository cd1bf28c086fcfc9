package dev.signet.storejdbc;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.awaitility.Awaitility;
import org.tukaani.xz.XZInputStream;

/**
 * A PostgreSQL that runs as the user nobody. PostgreSQL refuses to run as root, and where root may not make a user namespace
 * to be somebody else in, this is the way.
 */
final class PostgresServerAsNobody implements Closeable {

    private static final String BINARIES = "/postgres-linux-x86_64.txz";

    private final Path folder;
    private final int port;
    private final Process process;

    private PostgresServerAsNobody(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    static PostgresServerAsNobody start(Map<String, String> settings) throws IOException {
        Path folder = Files.createTempDirectory("signet-postgres");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        unpack(folder);
        Path cluster = Files.createDirectory(folder.resolve("cluster"));
        Files.setOwner(
                cluster,
                FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        run(folder, "initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-D", cluster.toString());
        int port = freePort();
        List<String> arguments =
                new ArrayList<>(List.of("-D", cluster.toString(), "-p", "" + port, "-h", "localhost", "-k", ""));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        Process process = asNobody(folder, "postgres", arguments.toArray(String[]::new));
        PostgresServerAsNobody server = new PostgresServerAsNobody(folder, port, process);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(server::answers);
        return server;
    }

    private static void unpack(Path folder) throws IOException {
        try (InputStream archive = PostgresServerAsNobody.class.getResourceAsStream(BINARIES);
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                    } else {
                        Files.copy(tar, target);
                        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static Process asNobody(Path folder, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "runuser",
                "-u",
                "nobody",
                "--",
                folder.resolve("bin").resolve(program).toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".log").toFile())
                .start();
    }

    private static void run(Path folder, String program, String... arguments) throws IOException {
        if (asNobody(folder, program, arguments).onExit().join().exitValue() != 0) {
            throw new IOException(program + " failed: " + Files.readString(folder.resolve(program + ".log")));
        }
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("PostgreSQL ended");
        }
        try (Connection connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "");
    }

    @Override
    public void close() throws IOException {
        run(
                folder,
                "pg_ctl",
                "stop",
                "-m",
                "fast",
                "-D",
                folder.resolve("cluster").toString());
        process.onExit().join();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(PostgresServerAsNobody::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
