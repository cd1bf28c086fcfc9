package dev.signet.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.util.stream.Stream;

/**
 * Under what conditions numbers were taken; without them they say nothing.
 *
 * @param subject what {@code benchmarks/run} was asked to measure
 * @param how in words: the tool and its settings
 */
public record Conditions(String subject, String how) {
    /** The first lines of a page of results. */
    public String heading() {
        Runtime runtime = Runtime.getRuntime();
        return """
                # %s

                - machine: %s, %d processors, %s
                - load average before and during: %s
                - JDK: %s %s
                - ACCP: %s
                - command: `benchmarks/run %s`; %s

                """.formatted(
                        subject,
                        processor(),
                        runtime.availableProcessors(),
                        System.getProperty("os.name") + " " + System.getProperty("os.version"),
                        read("/proc/loadavg").findFirst().orElse("unknown"),
                        System.getProperty("java.vm.vendor"),
                        System.getProperty("java.vm.version"),
                        Crypto.ACCP.provider().map(Provider::getVersionStr).orElse("none"),
                        subject,
                        how);
    }

    private static String processor() {
        return read("/proc/cpuinfo")
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch", "unknown"));
    }

    private static Stream<String> read(String file) {
        try {
            return Files.readAllLines(Path.of(file)).stream();
        } catch (IOException elsewhere) {
            return Stream.empty();
        }
    }
}
