package dev.signet.app;

import dev.signet.app.command.SignetCommand;
import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The program. */
public final class Signet {

    private Signet() {}

    /** Runs the command that the arguments name; the status of the process is its exit code. */
    public static void main(String[] arguments) {
        Terminal terminal = new Terminal(
                System.in,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.err);
        System.exit(SignetCommand.run(terminal, Environment.of(System.getenv()), Clock.systemUTC(), arguments));
    }
}
