package dev.signet.app.command;

import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.resourceowner.Consent;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups the commands about people, of which the short ones are methods here. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Adds people who sign in here, and changes what is known about them.",
            "Those in the configuration file come first, and are changed there; the store has the others. A change is in "
                    + "force with the next request, on all nodes."
        })
final class UserCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;

    UserCommand(Terminal terminal, StoreAccess stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    /** What somebody signs in with. */
    static Username username(String argument, CommandSpec spec) {
        return Username.find(argument)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "USERNAME: expected 1 to 128 visible characters, none of them a space"));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the users.")
    int list(
            @Mixin ConfigOption config,
            @Option(names = "--json", description = "print JSON, for programs") boolean json) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            PartyList<UserAccount> all = new PartyList<>(parties.configuredUsers(), parties.storedUsers());
            if (json) {
                all.printJson(terminal, "users", "user", UserCommand::shown);
            } else {
                all.print(terminal, UserCommand::line, "there is no user");
            }
        }
        return ExitCode.OK.number();
    }

    private static String line(UserAccount user, String place) {
        return Printable.text(user.subject()) + "  "
                + (user.account().isEnabled() ? "enabled" : "disabled") + "  in the " + place
                + user.username().map(name -> "  username " + name).orElse("")
                + (user.passwordHash().isPresent() ? "" : "  no password");
    }

    /** Without the hash of the password, of which it is only said whether there is one. */
    private static JsonObject shown(UserAccount user) {
        return user.toJson().toBuilder()
                .remove("password_hash")
                .put("has_password", user.passwordHash().isPresent())
                .build();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows what is known about a user, without the password.")
    int show(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "USER", description = "the sub or username") String user,
            @Option(names = "--json", description = "print JSON on one line, for programs") boolean json) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            JsonObject known = shown(parties.requireUser(user));
            terminal.print(json ? known.toJson() : Printable.indented(known, ""));
        }
        return ExitCode.OK.number();
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description =
                    "Ends the sessions of a user and lets nobody sign in as one until enabled again; tokens that speak "
                            + "for the user are not active meanwhile.")
    int disable(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "USER", description = "the sub or username") String user) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            String subject = change(
                    parties,
                    user,
                    "disabled",
                    before -> before.toBuilder().enabled(false).build());
            parties.sessions().endAll(subject);
        }
        return ExitCode.OK.number();
    }

    @Command(name = "enable", mixinStandardHelpOptions = true, description = "Lets a user in again who was disabled.")
    int enable(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "USER", description = "the sub or username") String user) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            change(
                    parties,
                    user,
                    "enabled",
                    before -> before.toBuilder().enabled(true).build());
        }
        return ExitCode.OK.number();
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a user for good, with sessions and what was consented to.")
    int remove(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "USER", description = "the sub or username") String user,
            @Option(names = "--yes", description = "yes, it is meant") boolean yes) {
        if (!yes) {
            throw new ParameterException(
                    spec.commandLine(), "say --yes to remove it; `user disable` can be taken back");
        }
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            String subject = parties.requireStoredUser(user).subject();
            if (!parties.accounts().remove(subject)) {
                throw PartyAccess.noUser(user);
            }
            parties.sessions().endAll(subject);
            parties.consents().of(subject).forEach(consent -> parties.revokeConsent(subject, consent.clientId()));
            ChangeLog.user("user-removed", subject);
            terminal.complain("removed: " + Printable.text(subject));
        }
        return ExitCode.OK.number();
    }

    @Command(
            name = "consents",
            mixinStandardHelpOptions = true,
            description = "Lists which clients a user lets do what, or takes that back.")
    int consents(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "USER", description = "the sub or username") String user,
            @Option(
                            names = "--revoke",
                            paramLabel = "CLIENT_ID",
                            description = "the client that is to be asked for again")
                    Optional<String> revoked) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            String subject = parties.requireUser(user).subject();
            if (revoked.isPresent()) {
                ClientId clientId = ClientOptions.clientId(revoked.get(), spec);
                if (!parties.revokeConsent(subject, clientId)) {
                    throw PartyAccess.refused("the user " + user + " let the client " + clientId + " do nothing");
                }
                ChangeLog.user("consent-revoked", subject);
                terminal.complain("revoked: " + clientId);
            } else {
                List<Consent> consents = parties.consents().of(subject);
                consents.forEach(consent -> terminal.print(line(consent)));
                if (consents.isEmpty()) {
                    terminal.print("no client was let do anything");
                }
            }
        }
        return ExitCode.OK.number();
    }

    private static String line(Consent consent) {
        return consent.clientId() + "  "
                + consent.scopes().entrySet().stream()
                        .map(each -> (each.getKey() + " " + each.getValue()).strip())
                        .collect(Collectors.joining("  "));
    }

    /** The subject of the user who was changed. */
    private String change(PartyAccess parties, String user, String what, UnaryOperator<UserAccount> change) {
        String subject = parties.requireStoredUser(user).subject();
        parties.changeUser(subject, change);
        ChangeLog.user("user-" + what, subject);
        terminal.complain(what + ": " + Printable.text(subject));
        return subject;
    }
}
