package dev.signet.app.command;

import dev.signet.app.config.DurationOption;
import dev.signet.app.console.Terminal;
import dev.signet.app.console.TimeWords;
import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.store.StoredSigningKey;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes a new signing key, which takes over after a while. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a new signing key for each algorithm in use.",
            "It is published at once and signs later, when everybody who checks tokens knows it; the old one stays published "
                    + "until its last token has expired. Running servers take it up by themselves."
        })
final class KeysRotateCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--ahead",
            paramLabel = "TIME",
            converter = DurationOption.class,
            defaultValue = "10m",
            description = "how long it is published before it signs (default: ${DEFAULT-VALUE})")
    private Duration ahead = SigningKeys.PUBLISHED_AHEAD;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;
    private final StoreAccess stores;
    private final Clock clock;

    KeysRotateCommand(Terminal terminal, StoreAccess stores, Clock clock) {
        this.terminal = terminal;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (ahead.compareTo(SigningKeys.LONGEST_AHEAD) > 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--ahead': expected " + SigningKeys.LONGEST_AHEAD.toDays()
                            + " days at most");
        }
        try (KeyAccess access = KeyAccess.open(stores, config, clock)) {
            for (StoredSigningKey next : access.rotate(ahead)) {
                terminal.print(
                        next.key().keyId() + "  " + next.key().algorithm().joseName() + "  published, signs from "
                                + TimeWords.of(next.activeFrom(), clock.instant()));
            }
        }
        return ExitCode.OK.number();
    }
}
