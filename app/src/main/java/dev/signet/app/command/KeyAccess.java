package dev.signet.app.command;

import dev.signet.app.config.SigningSettings;
import dev.signet.authorizationserver.accesstoken.SigningKeyState;
import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.store.StoredSigningKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The signing keys in the store of a configuration, for a command that looks at or changes them. */
final class KeyAccess implements AutoCloseable {

    private final OpenStore store;
    private final Clock clock;

    private KeyAccess(OpenStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    static KeyAccess open(StoreAccess stores, ConfigOption config, Clock clock) {
        OpenStore store = stores.open(config);
        if (store.settings().signing().fromFiles()) {
            store.close();
            throw new CommandFailure(
                    ExitCode.REFUSED, "the signing keys are the files under signing.keys: change them there");
        }
        return new KeyAccess(store, clock);
    }

    /** How the keys stand. */
    List<SigningKeyState> states() {
        return SigningKeyState.of(
                store.stores().signingKeys().keys(), store.settings().signing().algorithms(), clock.instant());
    }

    List<StoredSigningKey> rotate(Duration ahead) {
        SigningSettings signing = store.settings().signing();
        SigningKeys keys = SigningKeys.builder(store.stores().signingKeys())
                .algorithm(signing.algorithm())
                .resourceAlgorithms(signing.resourceAlgorithms())
                .cryptoProvider(signing.crypto().provider())
                .clock(clock)
                .build();
        return keys.rotate(ahead);
    }

    @Override
    public void close() {
        store.close();
    }
}
