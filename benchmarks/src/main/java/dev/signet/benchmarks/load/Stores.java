package dev.signet.benchmarks.load;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The databases that a server under load keeps its state in. */
final class Stores {

    /** The embedded one, as the configuration has it. */
    static final String EMBEDDED = """
            {url: "jdbc:h2:file:./signet"}""";

    private Stores() {}

    /** A PostgreSQL on this machine, as an installed one is: embedded ones don't wait for the disk. */
    static EmbeddedPostgres postgresql() throws IOException {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /** That one, as the configuration has it. */
    static String at(EmbeddedPostgres postgres) {
        return """
                {url: "jdbc:postgresql://127.0.0.1:%d/postgres", user: postgres, password: postgres}
                encryption: {key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"}""".formatted(postgres.getPort());
    }

    /** Removes what a server left. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
