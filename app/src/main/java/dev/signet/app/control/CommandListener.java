package dev.signet.app.control;

import dev.signet.app.console.Terminal;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes commands for the store that this process holds, until it is closed. Thread-safe. */
public final class CommandListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandListener.class);

    private static final long SECONDS_TO_END = 5;

    private final ControlSocket socket;
    private final ServerSocketChannel channel;
    private final CommandRunner runner;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "command");
        thread.setDaemon(true);
        return thread;
    });

    /** Callers that have not said yet what they want. */
    private final Set<SocketChannel> silent = ConcurrentHashMap.newKeySet();

    private CommandListener(ControlSocket socket, ServerSocketChannel channel, CommandRunner runner) {
        this.socket = socket;
        this.channel = channel;
        this.runner = runner;
    }

    /**
     * Listens.
     *
     * @throws IOException if that can't be done, such as at a path that is too long for a socket
     */
    public static CommandListener start(ControlSocket socket, CommandRunner runner) throws IOException {
        CommandListener listener = new CommandListener(socket, socket.listen(), runner);
        listener.threads.execute(listener::accept);
        return listener;
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel caller = channel.accept();
                silent.add(caller);
                threads.execute(() -> serve(caller));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue("event", "commands-not-taken")
                        .setCause(e)
                        .log("commands for the store are no longer taken; restart to take them again");
                return;
            }
        }
    }

    private void serve(SocketChannel caller) {
        try (Messages messages = new Messages(caller)) {
            Optional<JsonObject> command = messages.receive();
            silent.remove(caller);
            if (command.isEmpty()) {
                return;
            }
            List<String> arguments = command.get().findStrings("arguments").orElse(List.of());
            Terminal terminal = new Terminal(
                    new CallersFiles(messages),
                    new PrintWriter(new CallersWriter(messages, "out")),
                    new PrintWriter(new CallersWriter(messages, "err")),
                    OutputStream.nullOutputStream());
            int exit = runner.run(terminal, arguments);
            terminal.out().flush();
            terminal.err().flush();
            messages.send(JsonObject.builder().put("exit", exit).build());
        } catch (IOException | UncheckedIOException | JsonException gone) {
            LOG.atInfo()
                    .addKeyValue("event", "command-abandoned")
                    .log("whoever gave a command did not wait for its end");
        } finally {
            silent.remove(caller);
        }
    }

    /** Takes no more commands, and lets those end that run; who has given none is not waited for. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(socket.path());
            threads.shutdown();
            for (SocketChannel caller : silent) {
                caller.close();
            }
            threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the socket for commands was not removed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
