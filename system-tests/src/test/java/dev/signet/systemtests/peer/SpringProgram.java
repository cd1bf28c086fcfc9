package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of one of the modules beside this one, which have Spring's own versions and nothing of ours, in a process. */
final class SpringProgram implements AutoCloseable {

    private final Process process;
    private final Path log;

    private SpringProgram(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param folder where its output goes
     * @param module the folder of the module
     * @param mainClass in the package {@code dev.signet.peer}
     */
    static SpringProgram start(Path folder, String module, String mainClass, String... arguments) throws IOException {
        Path target = Path.of(module, "target").toAbsolutePath();
        assertThat(target.resolve("classes")).isDirectory();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*",
                "dev.signet.peer." + mainClass));
        command.addAll(List.of(arguments));
        Path log = Files.createDirectories(folder).resolve(mainClass + ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new SpringProgram(process, log);
    }

    Process process() {
        return process;
    }

    /** What it said. */
    List<String> said() throws IOException {
        return Files.readAllLines(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
