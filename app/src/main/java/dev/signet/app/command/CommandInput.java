package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.console.UserFiles;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Files that commands are about. Their names are not repeated in what went wrong: something else may stand in their place. */
final class CommandInput {

    private static final int MOST_BYTES = 1_000_000;

    private CommandInput() {}

    /** The text of a file, or of the standard input. */
    static String text(Terminal terminal, Path file) {
        try {
            return terminal.files().read(file, MOST_BYTES);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file.equals(UserFiles.STANDARD_INPUT)
                            ? "the standard input cannot be read"
                            : "the file cannot be read");
        }
    }

    /** The JSON object in a file, or on the standard input. */
    static JsonObject json(Terminal terminal, Path file, String what) {
        try {
            return JsonObject.parse(text(terminal, file).getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
        } catch (JsonException malformed) {
            throw new CommandFailure(ExitCode.REFUSED, what + ": " + malformed.getMessage());
        }
    }
}
