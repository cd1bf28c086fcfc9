package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.console.UserFiles;
import dev.signet.app.inspect.CompactText;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The JWT that a command is about. It is no argument itself: every user of a machine can list those. */
final class JwtInput {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "the file with the JWT; - or nothing reads it from the standard input")
    private Path file = UserFiles.STANDARD_INPUT;

    /** The text, without the white space around it and {@code Bearer} before it. */
    String read(Terminal terminal) {
        return CompactText.of(CommandInput.text(terminal, file));
    }
}
