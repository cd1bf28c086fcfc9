package dev.signet.app.command;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.config.Settings;
import dev.signet.app.server.ServerStores;
import dev.signet.authorizationserver.accesstoken.SigningKeyState;
import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.store.StoredSigningKey;
import dev.signet.storejdbc.JdbcStores;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The signing keys in the store of a configuration, for a command that looks at or changes them. */
final class KeyAccess implements AutoCloseable {

    private final Settings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final JdbcStores stores;

    private KeyAccess(Settings settings, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.stores =
                ServerStores.open(settings.store(), settings.signing().crypto().provider(), clock, random);
    }

    static KeyAccess open(ConfigOption config, Environment environment, Clock clock) {
        ConfigFile file = config.parse(environment);
        Settings settings = file.read(file.cryptoChoice()::select, clock);
        if (settings.signing().fromFiles()) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "the signing keys are the files under signing.keys: change them there");
        }
        return new KeyAccess(settings, clock, new SecureRandom());
    }

    /** How the keys stand. */
    List<SigningKeyState> states() {
        return SigningKeyState.of(
                stores.signingKeys().keys(), settings.signing().algorithms(), clock.instant());
    }

    List<StoredSigningKey> rotate(Duration ahead) {
        SigningKeys keys = SigningKeys.builder(stores.signingKeys())
                .algorithm(settings.signing().algorithm())
                .resourceAlgorithms(settings.signing().resourceAlgorithms())
                .cryptoProvider(settings.signing().crypto().provider())
                .clock(clock)
                .random(random)
                .build();
        return keys.rotate(ahead);
    }

    @Override
    public void close() {
        stores.close();
    }
}
