package dev.signet.app.command;

import dev.signet.app.inspect.CompactText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The JWT that a command is about. It is no argument itself: every user of a machine can list those. */
final class JwtInput {

    private static final int MOST_BYTES = 1_000_000;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "-",
            description = "the file with the JWT; - or nothing reads it from the standard input")
    private Path file = Path.of("-");

    /** The text, without the white space around it and {@code Bearer} before it. */
    String read(Terminal terminal) {
        try (InputStream in = file.toString().equals("-") ? terminal.in() : Files.newInputStream(file)) {
            return CompactText.of(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The name is not repeated: it may be a token that was given in place of a file.
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file.toString().equals("-") ? "the standard input cannot be read" : "the file cannot be read");
        }
    }
}
