package dev.signet.app.command;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.config.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigOption {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the configuration file (YAML)")
    private Path file = Path.of("signet.yaml");

    ConfigFile parse(Environment environment) {
        return ConfigFile.parse(file, environment);
    }

    /** The settings in it, tried out. */
    Settings read(Environment environment, Clock clock, SecureRandom random) {
        ConfigFile parsed = parse(environment);
        return FittingSettings.read(parsed, parsed.cryptoChoice()::select, clock, random);
    }

    Path file() {
        return file;
    }
}
