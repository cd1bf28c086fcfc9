package dev.signet.systemtests.peer;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JavaScript peers, installed once in a build.
 *
 * @param folder where the output of the scripts goes
 */
public record JavaScript(Path folder) {

    private static final Path SCRIPTS = Path.of("src", "test", "node");
    private static final Path INSTALLED = Path.of("target", "node").toAbsolutePath();
    private static final List<String> DEMANDS = List.of("package.json", "package-lock.json", ".npmrc");

    /** Installs them where that was not done yet; where it can't be done, the test is skipped. */
    public static JavaScript install(Path folder) throws IOException, InterruptedException {
        JavaScript scripts = new JavaScript(folder);
        assumeTrue(scripts.runs(folder, "node", "--version"), "Node is not installed");
        Files.createDirectories(INSTALLED);
        // Tests run in several processes.
        try (FileChannel file = FileChannel.open(INSTALLED.resolve("lock"), CREATE, WRITE);
                FileLock lock = file.lock()) {
            assertThat(lock.isValid()).isTrue();
            assumeTrue(isInstalled() || scripts.installs(), "npm can't install the JavaScript peers");
            for (String script : List.of("peers.mjs", "provider.mjs", "code-flow.mjs", "registration.mjs")) {
                Files.copy(SCRIPTS.resolve(script), INSTALLED.resolve(script), REPLACE_EXISTING);
            }
        }
        return scripts;
    }

    /** The lock file is copied last: where it is the same, so is the rest. */
    private static boolean isInstalled() throws IOException {
        Path done = INSTALLED.resolve("done");
        return Files.exists(done) && Files.mismatch(SCRIPTS.resolve("package-lock.json"), done) < 0;
    }

    private boolean installs() throws IOException, InterruptedException {
        for (String file : DEMANDS) {
            Files.copy(SCRIPTS.resolve(file), INSTALLED.resolve(file), REPLACE_EXISTING);
        }
        if (!runs(INSTALLED, "npm", "ci", "--ignore-scripts")) {
            return false;
        }
        Files.copy(SCRIPTS.resolve("package-lock.json"), INSTALLED.resolve("done"), REPLACE_EXISTING);
        return true;
    }

    /** A file of what was installed. */
    public Path installed(String file) {
        return INSTALLED.resolve(file);
    }

    /** Starts a script that reads one line; what it says is found by {@link #said}. */
    Process start(String script, String input) throws IOException {
        Process node = process(folder, "node", INSTALLED.resolve(script).toString());
        node.getOutputStream().write((input + "\n").getBytes(StandardCharsets.UTF_8));
        node.getOutputStream().flush();
        return node;
    }

    /** The lines of the script that was started last. */
    List<String> said() throws IOException {
        return Files.readAllLines(folder.resolve("node.log"));
    }

    private boolean runs(Path where, String... command) throws InterruptedException {
        try {
            Process process = process(where, command);
            return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Process process(Path where, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + ".log").toFile())
                .start();
    }
}
