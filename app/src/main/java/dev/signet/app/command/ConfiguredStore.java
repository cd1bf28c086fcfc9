package dev.signet.app.command;

import dev.signet.app.config.Environment;
import dev.signet.app.config.Settings;
import dev.signet.app.control.ControlSocket;
import dev.signet.app.control.StoreHolder;
import dev.signet.app.server.ServerStores;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;

/** The stores that a configuration file names, unless a running server holds them. */
final class ConfiguredStore implements StoreAccess {

    private final Environment environment;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ConfiguredStore(Environment environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public OpenStore open(ConfigOption config) {
        return open(config.read(environment, clock, random));
    }

    @Override
    public OpenStore openExisting(ConfigOption config) {
        Settings settings = config.read(environment, clock, random);
        settings.store().embeddedFile().filter(store -> !Files.exists(store)).ifPresent(missing -> {
            throw new CommandFailure(ExitCode.STORE, "the store " + missing + " is not there: start the server first");
        });
        return open(settings);
    }

    private OpenStore open(Settings settings) {
        settings.store()
                .embeddedFile()
                .map(ControlSocket::of)
                .flatMap(StoreHolder::find)
                .ifPresent(holder -> {
                    throw new StoreHeld(holder);
                });
        return new OpenStore(
                settings,
                ServerStores.open(settings.store(), settings.signing().crypto().provider(), clock, random),
                true);
    }
}
