package dev.signet.app.command;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the configuration file. */
final class ConfigOption {

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the configuration file (YAML)")
    private Path file = Path.of("signet.yaml");

    ConfigFile parse(Environment environment) {
        return ConfigFile.parse(file, environment);
    }

    Path file() {
        return file;
    }
}
