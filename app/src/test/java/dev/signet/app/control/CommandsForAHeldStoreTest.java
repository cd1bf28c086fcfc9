package dev.signet.app.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.app.console.Terminal;
import dev.signet.app.console.UserFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of the socket, in one process. */
class CommandsForAHeldStoreTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path store = Path.of("signet.mv.db");
    private ControlSocket socket = new ControlSocket(Path.of("socket"));

    @BeforeEach
    void place() throws IOException {
        store = Files.createFile(folder.resolve("signet.mv.db"));
        socket = ControlSocket.of(store);
    }

    private Terminal terminal(String input) {
        return new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                OutputStream.nullOutputStream());
    }

    private int run(CommandRunner runner, String input, String... arguments) throws IOException {
        try (CommandListener listener = CommandListener.start(socket, runner);
                StoreHolder holder = StoreHolder.find(socket).orElseThrow()) {
            return holder.run(terminal(input), List.of(arguments));
        }
    }

    private static String read(Terminal terminal, String name, int most) {
        try {
            return terminal.files().read(Path.of(name), most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Timeout(60)
    void are_not_waited_for_when_the_server_stops() throws IOException {
        CommandListener listener = CommandListener.start(socket, (terminal, arguments) -> 0);
        try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(socket.path()));
                StoreHolder other = StoreHolder.find(socket).orElseThrow()) {
            // Callers are taken in their order.
            assertThat(other.run(terminal(""), List.of())).isZero();
            listener.close();
            assertThat(silent.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void are_neither_taken_nor_given_in_a_folder_that_somebody_else_made() throws IOException {
        CommandRunner nothing = (terminal, arguments) -> 0;
        Path made = Files.createDirectory(
                folder.resolve("signet.control"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assumeTrue(Files.getAttribute(store, "unix:uid").equals(0), "only root can give files away");
        try (CommandListener listener = CommandListener.start(socket, nothing)) {
            assertThat(StoreHolder.find(socket)).isPresent();
            Files.setAttribute(made, "unix:uid", 1);
            assertThat(StoreHolder.find(socket)).isEmpty();
            Files.setAttribute(store, "unix:uid", 1);
            assertThat(StoreHolder.find(socket)).isPresent();
            Files.delete(store);
            assertThat(StoreHolder.find(socket))
                    .as("of a store that is not there")
                    .isEmpty();
        }
        Files.createFile(store);
        assertThatThrownBy(() -> CommandListener.start(socket, nothing))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to somebody else");
        assertThat(made).isEmptyDirectory();
    }

    @Test
    void runs_over_there_and_prints_here() throws IOException {
        int exit = run(
                (terminal, arguments) -> {
                    terminal.print("got " + arguments);
                    terminal.complain("länger \u2026 \"so\"");
                    return 7;
                },
                "",
                "client",
                "list");
        assertThat(exit).isEqualTo(7);
        assertThat(out.toString().lines()).containsExactly("got [client, list]");
        assertThat(err.toString().lines()).containsExactly("länger \u2026 \"so\"");
    }

    @Test
    void asks_whoever_is_there() throws IOException {
        CommandRunner asking = (terminal, arguments) -> {
            try {
                terminal.print("typed " + terminal.files().ask("Password").orElse("nothing"));
                return 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        assertThat(run(asking, "")).isZero();
        UserFiles nobody = UserFiles.ofThisProcess(new ByteArrayInputStream(new byte[0]));
        UserFiles somebody = new UserFiles() {
            @Override
            public String read(Path file, int most) throws IOException {
                return nobody.read(file, most);
            }

            @Override
            public boolean create(Path file, String content) throws IOException {
                return nobody.create(file, content);
            }

            @Override
            public Optional<String> ask(String question) {
                return Optional.of(question + "!");
            }
        };
        try (CommandListener listener = CommandListener.start(socket, asking);
                StoreHolder holder = StoreHolder.find(socket).orElseThrow()) {
            Terminal terminal =
                    new Terminal(somebody, new PrintWriter(out), new PrintWriter(err), OutputStream.nullOutputStream());
            assertThat(holder.run(terminal, List.of("user", "add"))).isZero();
        }
        assertThat(out.toString().lines()).containsExactly("typed nothing", "typed Password!");
    }

    @Test
    void prints_a_text_of_any_length() throws IOException {
        // More than one message can hold, with what has to be escaped and what takes two characters.
        String long_ = "\"\u0001\uD83D\uDD11x".repeat(700_000);
        int exit = run(
                (terminal, arguments) -> {
                    terminal.print(long_);
                    return 0;
                },
                "");
        assertThat(exit).isZero();
        assertThat(out.toString().equals(long_ + System.lineSeparator())).isTrue();
    }

    @Test
    void reads_here_the_standard_input_and_what_the_arguments_name() throws IOException {
        Path file = Files.writeString(folder.resolve("entry.yaml"), "issuer: x\nlänger");
        String option = "--jwks=" + Files.writeString(folder.resolve("set.json"), "{}");
        run(
                (terminal, arguments) -> {
                    terminal.print(read(terminal, "-", 3));
                    terminal.print(read(terminal, arguments.get(0), 1_000_000));
                    terminal.print(read(terminal, arguments.get(1).substring("--jwks=".length()), 10));
                    return 0;
                },
                "abcdef",
                file.toString(),
                option);
        assertThat(out.toString().lines()).containsExactly("abc", "issuer: x", "länger", "{}");
    }

    @Test
    void makes_here_what_the_arguments_name_for_its_owner_alone_and_nothing_twice() throws IOException {
        Path file = folder.resolve("key.pem");
        CommandRunner writes = (terminal, arguments) -> {
            try {
                return terminal.files().create(Path.of(arguments.get(1)), "secret") ? 0 : 1;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        assertThat(run(writes, "", "--out", file.toString())).isZero();
        assertThat(file).hasContent("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(run(writes, "", "--out", file.toString())).isEqualTo(1);
    }

    @Test
    void touches_no_file_that_was_not_named_whatever_the_server_asks() throws IOException {
        Path private_ = Files.writeString(folder.resolve("private"), "secret");
        Path other = folder.resolve("made");
        int exit = run(
                (terminal, arguments) -> {
                    try {
                        terminal.files().read(private_, 10);
                        return 1;
                    } catch (IOException refused) {
                        terminal.print("not read");
                    }
                    try {
                        terminal.files().create(other, "x");
                        return 2;
                    } catch (IOException refused) {
                        return 0;
                    }
                },
                "",
                "client",
                "list");
        assertThat(exit).isZero();
        assertThat(other).doesNotExist();
    }

    @Test
    void tells_a_file_that_is_missing_from_one_that_was_read() throws IOException {
        int exit = run(
                (terminal, arguments) -> {
                    try {
                        terminal.files().read(Path.of(arguments.get(0)), 10);
                        return 0;
                    } catch (IOException missing) {
                        return 2;
                    }
                },
                "",
                folder.resolve("missing").toString());
        assertThat(exit).isEqualTo(2);
    }

    @Test
    void is_taken_by_nobody_where_no_server_runs() throws IOException {
        assertThat(StoreHolder.find(socket)).isEmpty();
        Files.createDirectory(folder.resolve("signet.control"));
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket.path()))
                .close();
        assertThat(socket.path()).as("what a killed server leaves").exists();
        assertThat(StoreHolder.find(socket)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("signet.control"))))
                .isNotEqualTo("rwx------");
        assertThatThrownBy(() -> CommandListener.start(socket, (terminal, arguments) -> 0))
                .as("a folder that others may read")
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 700");
    }

    @Test
    void is_taken_anew_after_a_server_was_killed() throws IOException {
        Files.createDirectory(
                folder.resolve("signet.control"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket.path()))
                .close();
        assertThat(run((terminal, arguments) -> 3, "")).isEqualTo(3);
        assertThat(socket.path()).as("after an orderly end").doesNotExist();
    }

    @Test
    void lies_in_a_folder_for_its_owner_alone() throws IOException {
        CommandListener.start(socket, (terminal, arguments) -> 0).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("signet.control"))))
                .isEqualTo("rwx------");
    }

    @Test
    void ends_with_the_server_and_says_so() throws IOException {
        CountDownLatch begun = new CountDownLatch(1);
        try (CommandListener listener = CommandListener.start(socket, (terminal, arguments) -> {
            begun.countDown();
            throw new IllegalStateException("as if it were killed");
        })) {
            try (StoreHolder holder = StoreHolder.find(socket).orElseThrow()) {
                assertThatThrownBy(() -> holder.run(terminal(""), List.of("keys", "list")))
                        .isInstanceOf(IOException.class);
            }
            assertThat(begun.getCount()).isZero();
            try (StoreHolder next = StoreHolder.find(socket).orElseThrow()) {
                assertThatThrownBy(() -> next.run(terminal(""), List.of("keys", "list")))
                        .as("the next command reaches the runner as well")
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void is_no_way_in_for_garbage() throws IOException {
        try (CommandListener listener = CommandListener.start(socket, (terminal, arguments) -> 0)) {
            for (String garbage : List.of("\n", "[]\n", "{\"arguments\":7}\n", "GET / HTTP/1.1\r\n\r\n", "{")) {
                try (var channel = socket.connect().orElseThrow()) {
                    channel.write(java.nio.ByteBuffer.wrap(garbage.getBytes(StandardCharsets.UTF_8)));
                    channel.shutdownOutput();
                    assertThat(channel.read(java.nio.ByteBuffer.allocate(10)))
                            .as(garbage)
                            .isEqualTo(-1);
                }
            }
            try (StoreHolder holder = StoreHolder.find(socket).orElseThrow()) {
                assertThat(holder.run(terminal(""), List.of())).isZero();
            }
        }
    }
}
