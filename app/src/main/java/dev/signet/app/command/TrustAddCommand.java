package dev.signet.app.command;

import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.console.UserFiles;
import dev.signet.app.log.ChangeLog;
import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a trust to the store. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Trusts an issuer.",
            "The file says what its JWTs count for, in the words of an entry of trusted_issuers in the configuration file, as "
                    + "YAML or JSON."
        })
final class TrustAddCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "FILE", description = "the file with the trust; - reads it from the standard input")
    private Path file = UserFiles.STANDARD_INPUT;

    @Option(names = "--replace", description = "let it take the place of the trust in that issuer, if there is one")
    private boolean replace;

    private final Terminal terminal;
    private final StoreAccess stores;

    TrustAddCommand(Terminal terminal, StoreAccess stores) {
        this.terminal = terminal;
        this.stores = stores;
    }

    @Override
    public Integer call() {
        try (PartyAccess parties = PartyAccess.open(stores, config)) {
            TrustedIssuer trust = parties.registrations().trust(file.toString(), CommandInput.text(terminal, file));
            parties.requireNotConfigured(trust.issuer());
            parties.requireNoClient(trust);
            boolean added = PartyAccess.kept(() -> put(parties.trusts(), trust));
            ChangeLog.trust(added ? "trust-added" : "trust-replaced", trust.issuer());
            terminal.print((added ? "trusted: " : "replaced: ") + Printable.text(trust.issuer()));
        }
        return ExitCode.OK.number();
    }

    /** False if it took the place of another. */
    private boolean put(TrustStore trusts, TrustedIssuer trust) {
        if (trusts.put(trust)) {
            return true;
        }
        if (!replace) {
            throw PartyAccess.refused(
                    "there is a trust in " + trust.issuer() + " already: say --replace to replace it");
        }
        if (trusts.change(trust.issuer(), any -> trust).isEmpty()) {
            throw PartyAccess.refused("somebody removed the trust in " + trust.issuer() + " just now");
        }
        return false;
    }
}
