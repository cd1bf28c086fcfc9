package dev.signet.app.command;

import dev.signet.app.config.Environment;
import dev.signet.app.console.TimeWords;
import dev.signet.authorizationserver.store.StoredSigningKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the signing keys. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the keys that access tokens are, were and will be signed with.")
final class KeysListCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    private final Terminal terminal;
    private final Environment environment;
    private final Clock clock;

    KeysListCommand(Terminal terminal, Environment environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        try (KeyAccess access = KeyAccess.open(config, environment, clock)) {
            Instant now = clock.instant();
            List<StoredSigningKey> keys = access.store().keys().stream()
                    .sorted(Comparator.comparing(StoredSigningKey::activeFrom))
                    .toList();
            keys.forEach(key -> terminal.print(line(key, keys, now)));
            if (keys.isEmpty()) {
                terminal.print("no key yet: the first start of the server makes one");
            }
        }
        return ExitCode.OK.number();
    }

    private static String line(StoredSigningKey key, List<StoredSigningKey> all, Instant now) {
        String state;
        if (key.activeFrom().isAfter(now)) {
            state = "published, signs from " + TimeWords.of(key.activeFrom(), now);
        } else if (isSucceeded(key, all, now)) {
            state = "published, signed from " + TimeWords.of(key.activeFrom(), now);
        } else {
            state = "signs since " + TimeWords.of(key.activeFrom(), now);
        }
        return key.key().keyId() + "  " + key.key().algorithm().joseName() + "  " + state;
    }

    private static boolean isSucceeded(StoredSigningKey key, List<StoredSigningKey> all, Instant now) {
        return all.stream()
                .anyMatch(other -> other.key().algorithm() == key.key().algorithm()
                        && !other.activeFrom().isAfter(now)
                        && other.activeFrom().isAfter(key.activeFrom()));
    }
}
