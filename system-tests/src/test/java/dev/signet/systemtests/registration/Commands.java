package dev.signet.systemtests.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.command.SignetCommand;
import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;

/** Commands of the program for the server of a configuration file, given from another process than the server's. */
public record Commands(Path config) {

    /** Runs one that must succeed; gives what it prints. */
    public String run(String... arguments) {
        return runWith("", arguments);
    }

    /** As {@link #run}, with that on its standard input. */
    String runWith(String input, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = SignetCommand.run(
                new Terminal(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        OutputStream.nullOutputStream()),
                Environment.of(Map.of()),
                Clock.systemUTC(),
                Stream.concat(Stream.of(arguments), Stream.of("--config", config.toString()))
                        .toArray(String[]::new));
        assertThat(exit).as(err::toString).isZero();
        return out.toString().strip();
    }
}
