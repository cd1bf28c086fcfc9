package dev.signet.app.control;

import dev.signet.app.console.Terminal;
import dev.signet.app.console.UserFiles;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The running server that holds a store, as a command reaches it. */
public final class StoreHolder implements AutoCloseable {

    private final Messages messages;

    private StoreHolder(SocketChannel channel) {
        this.messages = new Messages(channel);
    }

    /** The server that takes commands there; empty if none does. */
    public static Optional<StoreHolder> find(ControlSocket socket) {
        return socket.connect().map(StoreHolder::new);
    }

    /**
     * Has a command run by it, with this terminal.
     *
     * @return the exit code
     * @throws IOException if it broke off
     */
    public int run(Terminal terminal, List<String> arguments) throws IOException {
        messages.send(JsonObject.builder().put("arguments", arguments).build());
        Set<Path> named = named(arguments);
        try {
            while (true) {
                JsonObject message = messages.receive()
                        .orElseThrow(() -> new IOException("the server ended before the command did"));
                Optional<Long> exit = message.findLong("exit");
                if (exit.isPresent()) {
                    return exit.get().intValue();
                }
                message.findString("out").ifPresent(text -> print(terminal.out(), text));
                message.findString("err").ifPresent(text -> print(terminal.err(), text));
                Optional<JsonObject> answer = answer(message, terminal.files(), named);
                if (answer.isPresent()) {
                    messages.send(answer.get());
                }
            }
        } catch (JsonException e) {
            throw new IOException("the server sent what is no message", e);
        }
    }

    /** The files that the arguments may name. No others are touched, whatever the server asks for. */
    private static Set<Path> named(List<String> arguments) {
        return Stream.concat(
                        Stream.of(UserFiles.STANDARD_INPUT),
                        arguments.stream()
                                .map(argument -> argument.replaceFirst("^--[^=]*=", ""))
                                .flatMap(argument -> path(argument).stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<JsonObject> answer(JsonObject message, UserFiles files, Set<Path> named) {
        JsonObject.Builder answer = JsonObject.builder();
        try {
            Optional<Path> read =
                    message.findString("read").flatMap(StoreHolder::path).filter(named::contains);
            if (read.isPresent()) {
                int most = message.findLong("most").orElse(0L).intValue();
                answer.put("text", files.read(read.get(), most));
            }
            Optional<Path> create =
                    message.findString("create").flatMap(StoreHolder::path).filter(named::contains);
            if (create.isPresent()) {
                answer.put("created", files.create(create.get(), message.requireString("text")));
            }
            Optional<String> question = message.findString("ask");
            if (question.isPresent()) {
                files.ask(question.get()).ifPresent(typed -> answer.put("typed", typed));
            }
            return message.has("read") || message.has("create") || question.isPresent()
                    ? Optional.of(answer.build())
                    : Optional.empty();
        } catch (IOException cannot) {
            return Optional.of(answer.build());
        }
    }

    /** What is no name of a file here, such as a letter that the system's encoding lacks, is none that was named. */
    private static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException none) {
            return Optional.empty();
        }
    }

    private static void print(PrintWriter to, String text) {
        to.print(text);
        to.flush();
    }

    @Override
    public void close() throws IOException {
        messages.close();
    }
}
