package dev.signet.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs one comparison, prints its table and writes it as {@code <date>-<subject>.md} into a folder. Arguments: the
 * subject, {@code validate} or {@code mint}, and the folder.
 */
public final class Run {
    private static final String HOW = """
            JMH, one thread, one fork each, serial collector
            - provider NONE: signatures that take no time, so that the rest shows undisturbed""";

    private Run() {}

    public static void main(String[] arguments) {
        String subject = arguments[0];
        Comparison comparison = comparison(subject);
        List<RunResult> results = comparison.parts().stream().flatMap(Run::run).toList();
        String table = new Table(comparison, results).text() + memory(subject);
        Path file = Path.of(arguments[1], LocalDate.now(Clock.systemUTC()) + "-" + subject + ".md");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, new Conditions(subject, HOW).heading() + table);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        System.out.println(table);
        System.out.println("written to " + file);
    }

    private static String memory(String subject) {
        return subject.equals("validate")
                ? "\nEach token that is remembered takes " + SeenMemory.octets()
                        + " octets of heap (its claims: 9 short ones).\n"
                : "";
    }

    private static Comparison comparison(String subject) {
        return switch (subject) {
            case "validate" -> Comparison.VALIDATE;
            case "mint" -> Comparison.MINT;
            default -> throw new IllegalArgumentException("subject must be validate or mint");
        };
    }

    /** The results of a part; what fails is said and leaves a gap in the table. */
    private static Stream<RunResult> run(Comparison.Part part) {
        try {
            System.err.println("benchmarks: " + part.type() + " " + part.methods() + " " + part.parameters());
            return new Runner(options(part)).run().stream();
        } catch (RunnerException failed) {
            System.err.println("benchmarks: " + part.type() + " failed: " + failed.getCause());
            return Stream.empty();
        }
    }

    /** Many short iterations, of which the median counts, so that what else the machine does matters less. */
    private static Options options(Comparison.Part part) {
        OptionsBuilder options = new OptionsBuilder();
        part.methods().forEach(method -> options.include("\\." + part.type() + "\\." + method + "$"));
        part.parameters().forEach((name, values) -> options.param(name, values.toArray(new String[0])));
        options.forks(1)
                .warmupIterations(8)
                .warmupTime(TimeValue.milliseconds(250))
                .measurementIterations(20)
                .measurementTime(TimeValue.milliseconds(100))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-XX:+UseSerialGC", "-Xms1g", "-Xmx1g", "-Xmn200m")
                .shouldFailOnError(false)
                .timeout(TimeValue.seconds(60))
                .verbosity(VerboseMode.SILENT);
        return options.build();
    }
}
