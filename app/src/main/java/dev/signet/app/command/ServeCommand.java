package dev.signet.app.command;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.config.Settings;
import dev.signet.app.console.Terminal;
import dev.signet.app.control.CommandListener;
import dev.signet.app.control.ControlSocket;
import dev.signet.app.crypto.SelectedCrypto;
import dev.signet.app.listener.HttpListener;
import dev.signet.app.log.JsonLog;
import dev.signet.app.server.DataFolder;
import dev.signet.app.server.RunningServer;
import dev.signet.app.server.ServerStores;
import dev.signet.storejdbc.JdbcStores;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the authorization server until the process is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the authorization server.",
            "Without a configuration file it lives in the folder ./signet-data, which is made at the first start with a "
                    + "configuration, an embedded store, a signing key and a first client.",
            "SIGTERM and Ctrl-C let the requests under way end and stop it."
        })
final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Option(names = "--config", paramLabel = "FILE", description = "the configuration file (YAML)")
    private Optional<Path> config = Optional.empty();

    private final Terminal terminal;
    private final Environment environment;
    private final Clock clock;

    ServeCommand(Terminal terminal, Environment environment, Clock clock) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path file = config.orElseGet(() -> DataFolder.in(Path.of("signet-data")).config());
        ConfigFile parsed = ConfigFile.parse(file, environment);
        CompletableFuture<SelectedCrypto> crypto =
                CompletableFuture.supplyAsync(() -> parsed.cryptoChoice().select());
        CompletableFuture<Void> listening = CompletableFuture.runAsync(HttpListener::prepare);
        SecureRandom random = new SecureRandom();
        Settings settings = FittingSettings.read(parsed, () -> join(crypto), clock, random);
        JsonLog.start(terminal.log(), settings.site().logLevel());
        JdbcStores stores =
                ServerStores.open(settings.store(), settings.signing().crypto().provider(), clock, random);
        listening.join();
        RunningServer server = start(parsed, settings, stores, random);
        Optional<CommandListener> commands = listenForCommands(new OpenStore(settings, stores, false));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            commands.ifPresent(CommandListener::close);
                            stop(server);
                        },
                        "stop"));
        if (config.isEmpty()) {
            // Not before the server listens: a secret that is made in a start that fails would never be shown.
            DataFolder.registerBootstrap(
                            stores.clients(), settings.parties().resources().scope(), random)
                    .ifPresent(secret -> introduce(secret, server));
        }
        announce(settings, server);
        new CountDownLatch(1).await(); // until the process is told to stop
        return ExitCode.OK.number();
    }

    private RunningServer start(ConfigFile parsed, Settings settings, JdbcStores stores, SecureRandom random) {
        try {
            return RunningServer.start(settings, stores, clock, random);
        } catch (IllegalArgumentException e) {
            // What fits by itself may still contradict the store, such as a client in it.
            throw parsed.fault(String.valueOf(e.getMessage()));
        }
    }

    private void announce(Settings settings, RunningServer server) {
        LOG.atInfo()
                .addKeyValue("event", "started")
                .addKeyValue("issuer", settings.site().issuer())
                .addKeyValue("listen", settings.site().listen())
                .addKeyValue("port", server.port())
                .addKeyValue("tls", settings.site().listen().tls().isPresent())
                .addKeyValue("store", settings.store().isEmbedded() ? "h2" : "postgresql")
                .addKeyValue("crypto", settings.signing().crypto().name())
                .log("ready");
        terminal.print("ready: " + settings.site().issuer());
    }

    private void introduce(String secret, RunningServer server) {
        terminal.print("A first client was registered. Its secret is shown this once:");
        terminal.print("  client_id:     " + DataFolder.BOOTSTRAP);
        terminal.print("  client_secret: " + secret);
        terminal.print("Get a token with it:");
        terminal.print("  curl -s -u " + DataFolder.BOOTSTRAP + ":" + secret + " -d grant_type=client_credentials "
                + server.tokenEndpoint());
    }

    /** An embedded store is in the hands of this process alone, so commands for it are run here. */
    private Optional<CommandListener> listenForCommands(OpenStore store) {
        Optional<ControlSocket> socket = store.settings().store().embeddedFile().map(ControlSocket::of);
        try {
            return socket.isEmpty()
                    ? Optional.empty()
                    : Optional.of(CommandListener.start(socket.get(), SignetCommand.onHeldStore(store, clock)));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
            LOG.atWarn()
                    .addKeyValue("event", "commands-not-taken")
                    .setCause(e)
                    .log("commands for the store can't be taken while the server runs");
            return Optional.empty();
        }
    }

    private static void stop(RunningServer server) {
        LOG.atInfo().addKeyValue("event", "stopping").log("finishing the requests under way");
        server.close();
        LOG.atInfo().addKeyValue("event", "stopped").log("stopped");
    }

    private static SelectedCrypto join(CompletableFuture<SelectedCrypto> crypto) {
        try {
            return crypto.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
