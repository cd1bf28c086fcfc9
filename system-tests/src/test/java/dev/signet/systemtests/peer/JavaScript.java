package dev.signet.systemtests.peer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JavaScript peers, installed in a folder.
 *
 * @param folder where they are
 */
record JavaScript(Path folder) {

    private static final Path SCRIPTS = Path.of("src", "test", "node");

    /** Installs them; where that can't be done, the test is skipped. */
    static JavaScript install(Path folder) throws IOException, InterruptedException {
        JavaScript installed = new JavaScript(folder);
        assumeTrue(installed.runs("node", "--version"), "Node is not installed");
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "peers.mjs", "provider.mjs")) {
            Files.copy(SCRIPTS.resolve(file), folder.resolve(file));
        }
        assumeTrue(installed.runs("npm", "ci", "--ignore-scripts"), "npm can't install the JavaScript peers");
        return installed;
    }

    /** Starts a script that reads one line; what it says is found by {@link #said}. */
    Process start(String script, String input) throws IOException {
        Process node = process("node", script);
        node.getOutputStream().write((input + "\n").getBytes(StandardCharsets.UTF_8));
        node.getOutputStream().flush();
        return node;
    }

    /** The lines of the script that was started last. */
    List<String> said() throws IOException {
        return Files.readAllLines(folder.resolve("node.log"));
    }

    private boolean runs(String... command) throws InterruptedException {
        try {
            Process process = process(command);
            return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Process process(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + ".log").toFile())
                .start();
    }
}
