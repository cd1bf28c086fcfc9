package dev.signet.app.command;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether a server could be started with a configuration file. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Reads a configuration file and tells every fault in it, without touching the store or the network.")
final class CheckCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    private final Terminal terminal;
    private final Environment environment;
    private final Clock clock;

    CheckCommand(Terminal terminal, Environment environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ConfigFile parsed = config.parse(environment);
        FittingSettings.read(parsed, parsed.cryptoChoice()::select, clock, new SecureRandom());
        terminal.print(config.file() + ": no fault found");
        return ExitCode.OK.number();
    }
}
