package dev.signet.app.command;

import dev.signet.app.config.DurationOption;
import dev.signet.app.console.Terminal;
import dev.signet.app.console.TimeWords;
import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.KeyUse;
import dev.signet.jwt.key.PrivateJwk;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes new keys, which take over after a while. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a new key for each algorithm in use.",
            "A signing key is published at once and signs later, when everybody who checks tokens knows it; the old one stays "
                    + "published until its last token has expired.",
            "A key that senders encrypt to is published when all nodes know it; the old one decrypts for 25 hours after it is "
                    + "published no more. Running servers take up new keys by themselves."
        })
final class KeysRotateCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--ahead",
            paramLabel = "TIME",
            converter = DurationOption.class,
            defaultValue = "10m",
            description = "how long it is until the new key takes over (default: ${DEFAULT-VALUE})")
    private Duration ahead = SigningKeys.PUBLISHED_AHEAD;

    @Mixin
    private KeyUseOption use = new KeyUseOption();

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
        try (KeyAccess access = KeyAccess.open(stores, config, use.use(), clock)) {
            for (StoredKey<? extends PrivateJwk> next : access.rotate(ahead)) {
                terminal.print(next.key().keyId() + "  " + next.key().algorithmName() + "  " + words(next));
            }
        }
        return ExitCode.OK.number();
    }

    private String words(StoredKey<? extends PrivateJwk> next) {
        String activeFrom = TimeWords.of(next.activeFrom(), clock.instant());
        return next.key().use() == KeyUse.SIGNATURE
                ? "published, signs from " + activeFrom
                : "published from " + TimeWords.of(next.publishedAt(), clock.instant()) + ", the only one from "
                        + activeFrom;
    }
}
