package dev.signet.app.command;

import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds an account to the store. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Adds a user, and prints the sub that tokens name the user by.",
            "The sub is made up unless given: it stays the same when the username changes, and is never given to another."
        })
final class UserAddCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Mixin
    private AttributeOptions attributes = new AttributeOptions();

    @Parameters(paramLabel = "USERNAME", description = "what the user signs in with")
    private String username = "";

    @Option(names = "--sub", paramLabel = "SUB", description = "the sub of the user's tokens, which is no client_id")
    private Optional<String> subject = Optional.empty();

    @Option(names = "--no-password", description = "let nobody sign in until there is a password")
    private boolean noPassword;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;

    UserAddCommand(Terminal terminal, StoreAccess stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        Username name = UserCommand.username(username, spec);
        if (noPassword && password.isGiven()) {
            throw new ParameterException(spec.commandLine(), "--no-password goes without --password-file");
        }
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            String sub = subject.orElseGet(() -> UUID.randomUUID().toString());
            parties.requireNotConfiguredUser(sub);
            parties.requireNoClient(sub);
            parties.requireUsernameNotConfigured(name);
            UserAccount user = PartyAccess.kept(() -> described(sub, name));
            if (!PartyAccess.kept(() -> parties.accounts().put(user))) {
                throw PartyAccess.refused("there is a user with that sub or username already");
            }
            ChangeLog.user("user-added", sub);
            terminal.print(Printable.text(sub));
            terminal.complain("added: " + name);
        }
        return ExitCode.OK.number();
    }

    private UserAccount described(String sub, Username name) {
        UserAccount.Builder user =
                UserAccount.builder(sub).username(name).attributes(attributes.over(Attributes.none()));
        // What is wrong with the rest is said before anybody types a password.
        user.build();
        return noPassword
                ? user.build()
                : user.passwordHash(password.hash(terminal)).build();
    }
}
