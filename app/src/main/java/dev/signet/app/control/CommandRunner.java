package dev.signet.app.control;

import dev.signet.app.console.Terminal;
import java.util.List;

/** Runs one command in this process. Thread-safe. */
@FunctionalInterface
public interface CommandRunner {

    /**
     * Runs it to its end.
     *
     * @param terminal where it was given
     * @return the exit code of the process that it was given to
     */
    int run(Terminal terminal, List<String> arguments);
}
