package dev.signet.app.command;

import dev.signet.app.config.SigningSettings;
import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.encryption.DecryptionKeys;
import dev.signet.authorizationserver.store.KeyState;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyUse;
import dev.signet.jwt.key.PrivateJwk;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The keys of one use in the store of a configuration, for a command that looks at or changes them. */
final class KeyAccess implements AutoCloseable {

    private final OpenStore store;
    private final KeyUse use;
    private final Clock clock;

    private KeyAccess(OpenStore store, KeyUse use, Clock clock) {
        this.store = store;
        this.use = use;
        this.clock = clock;
    }

    static KeyAccess open(StoreAccess stores, ConfigOption config, KeyUse use, Clock clock) {
        OpenStore store = stores.open(config);
        if (use == KeyUse.SIGNATURE && store.settings().signing().fromFiles()) {
            store.close();
            throw new CommandFailure(
                    ExitCode.REFUSED, "the signing keys are the files under signing.keys: change them there");
        }
        return new KeyAccess(store, use, clock);
    }

    /** How the keys stand. */
    List<? extends KeyState<?>> states() {
        return use == KeyUse.SIGNATURE
                ? KeyState.of(
                        store.stores().signingKeys().keys(),
                        store.settings().signing().algorithms().stream()
                                .map(JwsAlgorithm::joseName)
                                .toList(),
                        clock.instant())
                : KeyState.of(
                        store.stores().decryptionKeys().keys(),
                        store.settings().decryptionAlgorithms(),
                        clock.instant());
    }

    List<? extends StoredKey<? extends PrivateJwk>> rotate(Duration ahead) {
        return use == KeyUse.SIGNATURE ? rotateSigning(ahead) : rotateDecryption(ahead);
    }

    private List<? extends StoredKey<? extends PrivateJwk>> rotateSigning(Duration ahead) {
        SigningSettings signing = store.settings().signing();
        return SigningKeys.builder(store.stores().signingKeys())
                .algorithm(signing.algorithm())
                .resourceAlgorithms(signing.resourceAlgorithms())
                .cryptoProvider(signing.crypto().provider())
                .clock(clock)
                .build()
                .rotate(ahead);
    }

    private List<? extends StoredKey<? extends PrivateJwk>> rotateDecryption(Duration ahead) {
        List<String> algorithms = store.settings().decryptionAlgorithms();
        if (algorithms.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "nothing is encrypted to this server: there are no decryption.algorithms");
        }
        return DecryptionKeys.builder(store.stores().decryptionKeys())
                .algorithms(algorithms)
                .cryptoProvider(store.settings().signing().crypto().provider())
                .clock(clock)
                .build()
                .rotate(ahead);
    }

    @Override
    public void close() {
        store.close();
    }
}
