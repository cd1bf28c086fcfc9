package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.password.Password;
import dev.signet.app.password.PasswordHash;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a new password comes from: never the command line, which others can read. */
final class PasswordOption {

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "a file whose first line is the password; - is the standard input; asked for unless given")
    private Optional<Path> file = Optional.empty();

    boolean isGiven() {
        return file.isPresent();
    }

    /** The hash of the password. */
    String hash(Terminal terminal) {
        String chosen = file.isPresent() ? firstLine(CommandInput.text(terminal, file.get())) : typed(terminal);
        try {
            return PasswordHash.of(Password.ofNew(chosen), new SecureRandom()).toText();
        } catch (IllegalArgumentException unfit) {
            throw PartyAccess.refused(String.valueOf(unfit.getMessage()));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private static String typed(Terminal terminal) {
        try {
            Optional<String> once = terminal.files().ask("New password");
            if (once.isEmpty()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "nobody is here to type the password: say --password-file, - for the standard input");
            }
            if (!terminal.files().ask("The same again").equals(once)) {
                throw PartyAccess.refused("the two passwords differ");
            }
            return once.get();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, "the password cannot be read");
        }
    }
}
