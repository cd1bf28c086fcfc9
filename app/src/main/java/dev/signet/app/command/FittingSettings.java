package dev.signet.app.command;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Settings;
import dev.signet.app.crypto.SelectedCrypto;
import dev.signet.app.server.Engine;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Supplier;

/** Settings that an engine was built from once, so that {@code check} and {@code serve} tell the same faults. */
final class FittingSettings {

    private FittingSettings() {}

    /**
     * Reads them; nothing is opened or made.
     *
     * @throws dev.signet.app.config.ConfigException with every fault
     */
    static Settings read(ConfigFile parsed, Supplier<SelectedCrypto> crypto, Clock clock, SecureRandom random) {
        Settings settings = parsed.read(crypto, clock);
        try {
            Engine.tryOut(settings, clock, random);
        } catch (IllegalArgumentException e) {
            throw parsed.fault(String.valueOf(e.getMessage()));
        }
        return settings;
    }
}
