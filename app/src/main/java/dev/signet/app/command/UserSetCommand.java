package dev.signet.app.command;

import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes what is known about somebody in the store. */
@Command(
        name = "set",
        mixinStandardHelpOptions = true,
        description = {
            "Changes what is known about a user.",
            "An attribute that is given takes the place of the one of that name; the others stay."
        })
final class UserSetCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private AttributeOptions attributes = new AttributeOptions();

    @Parameters(paramLabel = "USER", description = "the sub or username")
    private String user = "";

    @Option(names = "--username", paramLabel = "USERNAME", description = "what the user signs in with from now on")
    private Optional<String> username = Optional.empty();

    @Option(names = "--remove", paramLabel = "NAME", description = "an attribute that is not known any more")
    private List<String> removed = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;

    UserSetCommand(Terminal terminal, StoreAccess stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        Optional<Username> name = username.map(text -> UserCommand.username(text, spec));
        if (name.isEmpty() && removed.isEmpty() && attributes.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "say what shall change");
        }
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            String subject = parties.requireStoredUser(user).subject();
            name.ifPresent(parties::requireUsernameNotConfigured);
            parties.changeUser(subject, before -> changed(before, name));
            ChangeLog.user("user-changed", subject);
            terminal.complain("changed: " + Printable.text(subject));
        }
        return ExitCode.OK.number();
    }

    private UserAccount changed(UserAccount before, Optional<Username> name) {
        JsonObject.Builder left = before.account().attributes().toJson().toBuilder();
        removed.forEach(left::remove);
        UserAccount.Builder changed = before.toBuilder().attributes(attributes.over(Attributes.of(left.build())));
        name.ifPresent(changed::username);
        return changed.build();
    }
}
