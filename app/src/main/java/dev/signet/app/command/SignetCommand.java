package dev.signet.app.command;

import dev.signet.app.config.ConfigException;
import dev.signet.app.config.Environment;
import dev.signet.app.console.Printable;
import dev.signet.app.console.Terminal;
import dev.signet.app.control.CommandRunner;
import dev.signet.app.control.StoreHolder;
import dev.signet.app.listener.ListenException;
import dev.signet.app.log.JsonLog;
import dev.signet.app.log.LogLevel;
import dev.signet.app.login.Browser;
import dev.signet.app.server.StartException;
import dev.signet.authorizationserver.store.StoreException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program as its command line sees it; the work is in the subcommands. */
@Command(
        name = "signet",
        mixinStandardHelpOptions = true,
        versionProvider = SignetCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "OAuth 2.0 with signed JWTs.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done, or the answer is yes",
            " 1:the answer is no: faults in the configuration, a refused token or sign-in, a demo step gone wrong",
            " 2:the command line is wrong",
            " 3:the store cannot be used",
            " 4:the address cannot be listened on",
            "70:something unforeseen"
        })
public final class SignetCommand implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SignetCommand.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private SignetCommand() {}

    /** Runs the command that the arguments name, and returns the exit code of the process. */
    public static int run(Terminal terminal, Environment environment, Clock clock, String... arguments) {
        // Before any library has something to say; a server then goes by its configuration.
        JsonLog.start(terminal.log(), LogLevel.WARN);
        StoreAccess store = new ConfiguredStore(environment, clock);
        CommandLine line = new CommandLine(new SignetCommand());
        line.addSubcommand(new ServeCommand(terminal, environment, clock));
        line.addSubcommand(new CheckCommand(terminal, environment, clock));
        addStoreCommands(line, terminal, store, clock);
        line.addSubcommand(new CommandLine(new TokenCommand()).addSubcommand(new TokenInspectCommand(terminal, clock)));
        Browser browser = Browser.of(System.getProperty("os.name", ""));
        line.addSubcommand(new LoginCommand(terminal, clock, browser));
        line.addSubcommand(new DemoCommand(terminal, clock, browser));
        return execute(line, terminal, List.of(arguments));
    }

    /** Runs commands on a store that this process holds. */
    static CommandRunner onHeldStore(OpenStore store, Clock clock) {
        return (terminal, arguments) -> {
            CommandLine line = new CommandLine(new SignetCommand());
            addStoreCommands(line, terminal, new HeldStore(store), clock);
            int exit = execute(line, terminal, arguments);
            LOG.atInfo()
                    .addKeyValue("event", "command")
                    .addKeyValue(
                            "command",
                            Optional.ofNullable(line.getParseResult())
                                    .map(parsed -> parsed.asCommandLineList())
                                    .map(names -> names.get(names.size() - 1)
                                            .getCommandSpec()
                                            .qualifiedName())
                                    .orElse(""))
                    .addKeyValue("exit", exit)
                    .log("a command was run on the store");
            return exit;
        };
    }

    /** Runs one of the commands that were added; it is said here what has to be said after that, for all of them to hear it. */
    private static int execute(CommandLine line, Terminal terminal, List<String> arguments) {
        line.setExpandAtFiles(false);
        line.registerConverter(Path.class, SignetCommand::file);
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setParameterExceptionHandler((wrong, given) -> complain(terminal, wrong));
        line.setExecutionExceptionHandler((thrown, command, parsed) ->
                thrown instanceof StoreHeld held ? runThere(held, terminal, arguments) : complain(terminal, thrown));
        return line.execute(arguments.toArray(new String[0]));
    }

    private static void addStoreCommands(CommandLine line, Terminal terminal, StoreAccess stores, Clock clock) {
        line.addSubcommand(new ExplainCommand(terminal, stores, clock));
        line.addSubcommand(new CommandLine(new KeysCommand())
                .addSubcommand(new KeysListCommand(terminal, stores, clock))
                .addSubcommand(new KeysRotateCommand(terminal, stores, clock)));
        line.addSubcommand(new CommandLine(new TrustCommand(terminal, stores))
                .addSubcommand(new TrustAddCommand(terminal, stores))
                .addSubcommand(new TrustTestCommand(terminal, stores, clock)));
        line.addSubcommand(new CommandLine(new ClientCommand(terminal, stores))
                .addSubcommand(new ClientCreateCommand(terminal, stores, clock))
                .addSubcommand(new ClientKeysCommand(terminal, stores)));
        line.addSubcommand(new RegistrationTokenCommand(terminal, stores, clock));
        line.addSubcommand(new CommandLine(new UserCommand(terminal, stores))
                .addSubcommand(new UserAddCommand(terminal, stores))
                .addSubcommand(new UserSetCommand(terminal, stores))
                .addSubcommand(new UserSetPasswordCommand(terminal, stores))
                .addSubcommand(new UserHashPasswordCommand(terminal)));
    }

    /** Runs a command in the server that holds the store it works on. */
    private static int runThere(StoreHeld held, Terminal terminal, List<String> arguments) {
        try (StoreHolder holder = held.holder()) {
            return holder.run(terminal, arguments);
        } catch (IOException broken) {
            return complain(terminal, new CommandFailure(ExitCode.STORE, "the server that holds the store broke off"));
        }
    }

    private static Path file(String name) {
        try {
            if (!name.isEmpty()) {
                return Path.of(name);
            }
        } catch (InvalidPathException none) {
            // Such as a letter that the system's encoding lacks; its words hold the value.
        }
        throw new TypeConversionException("expected the name of a file");
    }

    /** Without a subcommand there is nothing to do but to say what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int complain(Terminal terminal, ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        terminal.complain("signet: " + reason(wrong));
        terminal.complain("try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    /** An argument that fits nowhere is not repeated: it may be a token. */
    private static String reason(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(wrong.getMessage());
        }
        String first = unmatched.getUnmatched().stream().findFirst().orElse("");
        if (!first.startsWith("-")) {
            List<String> known =
                    List.copyOf(wrong.getCommandLine().getSubcommands().keySet());
            return known.isEmpty()
                    ? "one argument too many"
                    : "unknown command: expected one of " + String.join(", ", known);
        }
        String suggestions = String.join(", ", unmatched.getSuggestions());
        return "unknown option " + Printable.text(first.replaceFirst("=.*", ""))
                + (suggestions.isEmpty() ? "" : ": did you mean " + suggestions + "?");
    }

    private static int complain(Terminal terminal, Exception thrown) {
        if (thrown instanceof CommandFailure failure) {
            terminal.complain("signet: " + failure.getMessage());
            return failure.exitCode().number();
        }
        if (thrown instanceof ConfigException config) {
            config.faults().forEach(fault -> terminal.complain(fault.toString()));
            terminal.complain(
                    config.faults().size() == 1 ? "1 fault" : config.faults().size() + " faults");
            return ExitCode.REFUSED.number();
        }
        if (thrown instanceof ListenException) {
            terminal.complain("signet: " + thrown.getMessage());
            return ExitCode.ADDRESS.number();
        }
        if (thrown instanceof StartException || thrown instanceof StoreException) {
            terminal.complain("signet: " + thrown.getMessage());
            return ExitCode.STORE.number();
        }
        StackTraceElement[] at = thrown.getStackTrace();
        terminal.complain("signet: something unforeseen failed: "
                + thrown.getClass().getName() + (at.length == 0 ? "" : " at " + at[0]));
        return ExitCode.INTERNAL.number();
    }

    /** The version that the jar was built as. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = SignetCommand.class.getPackage().getImplementationVersion();
            return new String[] {"signet " + (version == null ? "(from classes)" : version)};
        }
    }
}
