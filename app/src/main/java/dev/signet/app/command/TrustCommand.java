package dev.signet.app.command;

import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.trust.IssuerKeys;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.jwt.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Groups the commands about trusts, of which the short ones are methods here. */
@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Says whose JWTs count, and for what.",
            "What the configuration file says comes first, and is changed there; the store has the others. A change is in "
                    + "force with the next request, on all nodes."
        })
final class TrustCommand implements Runnable {

    private static final String ISSUER = "the iss of its JWTs";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;

    TrustCommand(Terminal terminal, StoreAccess stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the issuers that are trusted.")
    int list(
            @Mixin ConfigOption config,
            @Option(names = "--json", description = "print JSON, for programs") boolean json) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            PartyList<TrustedIssuer> all = new PartyList<>(parties.configuredTrusts(), parties.storedTrusts());
            if (json) {
                all.printJson(terminal, "trusted_issuers", "trust", TrustedIssuer::toJson);
            } else {
                all.print(terminal, TrustCommand::line, "nobody is trusted");
            }
        }
        return ExitCode.OK.number();
    }

    private static String line(TrustedIssuer trust, String place) {
        String keys = trust.issuerKeys().map(TrustCommand::words).orElse("");
        String scope = trust.scope().map(most -> "  scope " + most).orElse("");
        return Printable.text(trust.issuer()) + "  " + (trust.isEnabled() ? "enabled" : "disabled") + "  in the "
                + place + "  " + Printable.text(keys) + Printable.text(scope);
    }

    private static String words(IssuerKeys keys) {
        if (keys instanceof IssuerKeys.PublishedAt there) {
            return "jwks_uri " + there.jwksUri();
        }
        return keys instanceof IssuerKeys.Known ? "jwks" : "discovery";
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a trust in the words of the configuration file, as `trust add` takes it.")
    int show(
            @Mixin ConfigOption config,
            @Parameters(paramLabel = "ISSUER", description = ISSUER) String issuer,
            @Option(names = "--json", description = "print JSON on one line, for programs") boolean json) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            JsonObject trust = parties.requireTrust(issuer).toJson();
            terminal.print(json ? trust.toJson() : Printable.indented(trust, ""));
        }
        return ExitCode.OK.number();
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Lets the JWTs of an issuer no longer count, until it is enabled again.")
    int disable(@Mixin ConfigOption config, @Parameters(paramLabel = "ISSUER", description = ISSUER) String issuer) {
        return enable(config, issuer, false);
    }

    @Command(name = "enable", mixinStandardHelpOptions = true, description = "Lets the JWTs of an issuer count again.")
    int enable(@Mixin ConfigOption config, @Parameters(paramLabel = "ISSUER", description = ISSUER) String issuer) {
        return enable(config, issuer, true);
    }

    private int enable(ConfigOption config, String issuer, boolean enabled) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            parties.requireNotConfigured(issuer);
            if (parties.trusts()
                    .change(issuer, trust -> trust.toBuilder().enabled(enabled).build())
                    .isEmpty()) {
                throw PartyAccess.noTrust(issuer);
            }
            ChangeLog.trust(enabled ? "trust-enabled" : "trust-disabled", issuer);
            terminal.print((enabled ? "enabled: " : "disabled: ") + Printable.text(issuer));
        }
        return ExitCode.OK.number();
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description =
                    "Removes the trust in an issuer from the store. `trust show` before it is how to get it back.")
    int remove(@Mixin ConfigOption config, @Parameters(paramLabel = "ISSUER", description = ISSUER) String issuer) {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            parties.requireNotConfigured(issuer);
            if (!parties.trusts().remove(issuer)) {
                throw PartyAccess.noTrust(issuer);
            }
            ChangeLog.trust("trust-removed", issuer);
            terminal.print("removed: " + Printable.text(issuer));
        }
        return ExitCode.OK.number();
    }
}
