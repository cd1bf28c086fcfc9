package dev.signet.app.command;

import dev.signet.app.console.Terminal;
import dev.signet.app.console.TimeWords;
import dev.signet.authorizationserver.accesstoken.SigningKeyState;
import dev.signet.jwt.key.SigningKey;
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
        description = "Lists the keys that access tokens are, were and will be signed with.")
final class KeysListCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

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
        try (KeyAccess access = KeyAccess.open(stores, config, clock)) {
            Instant now = clock.instant();
            List<SigningKeyState> keys = access.states();
            keys.forEach(key -> terminal.print(line(key, now)));
            if (keys.isEmpty()) {
                terminal.print("no key yet: the first start of the server makes one");
            }
        }
        return ExitCode.OK.number();
    }

    private static String line(SigningKeyState state, Instant now) {
        String activeFrom = TimeWords.of(state.key().activeFrom(), now);
        Optional<String> until = state.publishedUntil().map(time -> TimeWords.of(time, now));
        String words = switch (state.phase()) {
            case PLANNED -> "not published yet, signs from " + activeFrom;
            case PUBLISHED -> "published, signs from " + activeFrom;
            case SIGNING -> "signs since " + activeFrom;
            case SUCCEEDED ->
                "published " + until.map(time -> "until " + time).orElse("for a while") + ", signed from " + activeFrom;
            case RETIRED -> "no longer published since " + until.orElse("");
        };
        SigningKey key = state.key().key();
        return key.keyId() + "  " + key.algorithm().joseName() + "  " + words;
    }
}
