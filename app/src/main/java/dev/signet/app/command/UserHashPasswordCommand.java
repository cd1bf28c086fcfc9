package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what the configuration file says of a password. */
@Command(
        name = "hash-password",
        mixinStandardHelpOptions = true,
        description = "Prints the password_hash of a user in the configuration file. Nothing is kept.")
final class UserHashPasswordCommand implements Callable<Integer> {

    @Mixin
    private PasswordOption password = new PasswordOption();

    private final Terminal terminal;

    UserHashPasswordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.print(password.hash(terminal));
        return ExitCode.OK.number();
    }
}
