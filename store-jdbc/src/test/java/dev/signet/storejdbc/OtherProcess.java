package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.TestClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A process of its own that opens a store, says each use on standard output once it is recorded, and waits to be killed. */
final class OtherProcess implements AutoCloseable {

    private static final int WRITERS = 4;

    private final Process process;
    private final BufferedReader output;

    private OtherProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts it and waits until the store is open.
     *
     * @param name what its uses begin with
     */
    static OtherProcess on(TestDatabase database, String name) throws IOException {
        OtherProcess other = new OtherProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        database.url(),
                        database.user(),
                        TestDatabase.KEY.toBase64Url(),
                        name)
                .redirectError(Redirect.INHERIT)
                .start());
        if (other.line().filter("open"::equals).isEmpty()) {
            other.close();
            throw new IllegalStateException("the other process did not open the store");
        }
        return other;
    }

    /** The next use it has recorded. */
    Optional<String> line() {
        try {
            return Optional.ofNullable(output.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is still in the pipe after its death; a last line may be cut off. */
    List<String> rest() {
        return output.lines().filter(line -> line.endsWith(";")).toList();
    }

    @Override
    public void close() {
        kill();
    }

    /** Ends it at once, as {@code kill -9} does. */
    void kill() {
        // Not through Process, which would close the pipe with what is still in it.
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    static ReplayKey key(String jwtId) {
        return new ReplayKey(ReplayKey.ASSERTION, "issuer", jwtId);
    }

    /** The other process. */
    public static void main(String[] arguments) {
        JdbcStores stores = JdbcStores.builder(arguments[0], EncryptionKey.parse(arguments[2]))
                .user(arguments[1])
                .open();
        stores.signingKeys().putFirst(new StoredKey<>(FixedKeys.server(), TestClock.START, TestClock.START));
        System.out.println("open");
        IntStream.range(0, WRITERS)
                .forEach(writer -> new Thread(() -> write(stores, arguments[3] + " " + writer)).start());
    }

    private static void write(JdbcStores stores, String name) {
        for (int number = 0; ; number++) {
            String jwtId = name + " " + number + ";";
            stores.replayGuard().firstUse(key(jwtId), TestClock.START.plusSeconds(60));
            System.out.println(jwtId);
        }
    }
}
