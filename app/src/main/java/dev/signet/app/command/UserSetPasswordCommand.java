package dev.signet.app.command;

import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives somebody in the store a password. */
@Command(
        name = "set-password",
        mixinStandardHelpOptions = true,
        description = "Gives a user a password, and ends the sessions that began with another one.")
final class UserSetPasswordCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Parameters(paramLabel = "USER", description = "the sub or username")
    private String user = "";

    private final Terminal terminal;
    private final StoreAccess stores;

    UserSetPasswordCommand(Terminal terminal, StoreAccess stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            UserAccount account = parties.requireStoredUser(user);
            if (account.username().isEmpty()) {
                throw PartyAccess.refused("the user " + user + " has no username to sign in with: see user set");
            }
            String hash = password.hash(terminal);
            parties.changeUser(
                    account.subject(),
                    before -> before.toBuilder().passwordHash(hash).build());
            parties.sessions().endAll(account.subject());
            ChangeLog.user("user-password-set", account.subject());
            terminal.complain("password set: " + Printable.text(account.subject()));
        }
        return ExitCode.OK.number();
    }
}
