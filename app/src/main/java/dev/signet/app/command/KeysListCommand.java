package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.console.TimeWords;
import dev.signet.authorizationserver.store.KeyState;
import dev.signet.jwt.key.KeyUse;
import dev.signet.jwt.key.PrivateJwk;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the signing keys. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists the keys that access tokens are, were and will be signed with, or those that senders encrypt to.")
final class KeysListCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private KeyUseOption use = new KeyUseOption();

    private final Terminal terminal;
    private final StoreAccess stores;
    private final Clock clock;

    KeysListCommand(Terminal terminal, StoreAccess stores, Clock clock) {
        this.terminal = terminal;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        try (KeyAccess access = KeyAccess.open(stores, config, use.use(), clock)) {
            Instant now = clock.instant();
            List<? extends KeyState<?>> keys = access.states();
            keys.forEach(key -> terminal.print(line(key, now)));
            if (keys.isEmpty()) {
                terminal.print("no key yet: the first start of the server makes one");
            }
        }
        return ExitCode.OK.number();
    }

    private static String line(KeyState<?> state, Instant now) {
        PrivateJwk key = state.key().key();
        return key.keyId() + "  " + key.algorithmName() + "  "
                + (key.use() == KeyUse.SIGNATURE ? signing(state, now) : encryptedTo(state, now));
    }

    private static String signing(KeyState<?> state, Instant now) {
        String activeFrom = TimeWords.of(state.key().activeFrom(), now);
        Optional<String> until = state.keptUntil().map(time -> TimeWords.of(time, now));
        return switch (state.phase()) {
            case PLANNED -> "not published yet, signs from " + activeFrom;
            case PUBLISHED -> "published, signs from " + activeFrom;
            case ACTIVE -> "signs since " + activeFrom;
            case SUCCEEDED ->
                "published " + until.map(time -> "until " + time).orElse("for a while") + ", signed from " + activeFrom;
            case RETIRED -> "no longer published since " + until.orElse("");
        };
    }

    private static String encryptedTo(KeyState<?> state, Instant now) {
        String publishedAt = TimeWords.of(state.key().publishedAt(), now);
        String activeFrom = TimeWords.of(state.key().activeFrom(), now);
        Optional<String> until = state.keptUntil().map(time -> TimeWords.of(time, now));
        return switch (state.phase()) {
            case PLANNED -> "published from " + publishedAt + ", the only one from " + activeFrom;
            case PUBLISHED -> "published, the only one from " + activeFrom;
            case ACTIVE -> "encrypted to since " + activeFrom;
            case SUCCEEDED ->
                "decrypts " + until.map(time -> "until " + time).orElse("for a while") + ", encrypted to from "
                        + activeFrom;
            case RETIRED -> "decrypts no longer since " + until.orElse("");
        };
    }
}
