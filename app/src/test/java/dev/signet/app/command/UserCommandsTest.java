package dev.signet.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import dev.signet.app.console.UserFiles;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about people, on the store of a configuration. */
class UserCommandsTest {

    private static final String CHOSEN = "correct horse battery";

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private String input = "";
    private final Deque<String> typed = new ArrayDeque<>();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("signet.yaml"), """
                issuer: http://localhost:8080
                store: {url: "jdbc:h2:file:./store"}
                resources: [{resource: "https://api.example.com", scopes: [read], default: true}]
                clients:
                  - {client_id: fixed, client_secret: 0123456789abcdef0123456789abcdef, grant_types: [client_credentials]}
                users: [{sub: carol-1, username: carol}]
                """);
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        UserFiles files =
                UserFiles.ofThisProcess(new java.io.ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        Terminal terminal = new Terminal(
                new UserFiles() {
                    @Override
                    public String read(Path file, int most) throws IOException {
                        return files.read(file, most);
                    }

                    @Override
                    public boolean create(Path file, String content) throws IOException {
                        return files.create(file, content);
                    }

                    @Override
                    public Optional<String> ask(String question) {
                        return Optional.ofNullable(typed.poll());
                    }
                },
                new PrintWriter(out),
                new PrintWriter(err),
                OutputStream.nullOutputStream());
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("hash-password")) {
            all.addAll(List.of("--config", folder.resolve("signet.yaml").toString()));
        }
        return SignetCommand.run(terminal, Environment.of(Map.of()), Clock.systemUTC(), all.toArray(String[]::new));
    }

    private void isDone(String... arguments) {
        assertThat(run(arguments)).as(err::toString).isZero();
    }

    private void isRefused(String words, String... arguments) {
        assertThat(run(arguments)).as(err::toString).isEqualTo(1);
        assertThat(err.toString()).contains(words);
        assertThat(out.toString()).isEmpty();
    }

    private JsonObject shown(String user) {
        isDone("user", "show", user, "--json");
        return JsonObject.parse(out.toString().strip());
    }

    private void addAlice() {
        isDone("user", "add", "alice", "--sub", "u-1", "--no-password");
    }

    @Nested
    class Add {
        @Test
        void makes_up_a_subject_and_keeps_what_is_said() {
            typed.addAll(List.of(CHOSEN, CHOSEN));
            isDone(
                    "user",
                    "add",
                    "Alice",
                    "--attribute",
                    "name=Alice O'Neil",
                    "--group",
                    "staff",
                    "--group",
                    "ops",
                    "--role",
                    "buyer",
                    "--entitlement",
                    "gold",
                    "--attribute-json",
                    "email_verified=true");
            String subject = out.toString().strip();
            assertThat(subject).hasSize(36);
            JsonObject alice = shown("alice");
            assertThat(alice.requireString("sub")).isEqualTo(subject);
            assertThat(alice.findBoolean("has_password")).hasValue(true);
            assertThat(alice.requireObject("attributes").toJson())
                    .isEqualTo("{\"name\":\"Alice O'Neil\",\"email_verified\":true,\"groups\":[\"staff\",\"ops\"],"
                            + "\"roles\":[\"buyer\"],\"entitlements\":[\"gold\"]}");
            assertThat(shown(subject)).isEqualTo(alice);
        }

        @Test
        void takes_the_password_from_the_standard_input() {
            input = CHOSEN + "\nnot of it\n";
            isDone("user", "add", "alice", "--password-file", "-");
            assertThat(shown("alice").findBoolean("has_password")).hasValue(true);
        }

        @Test
        void refuses_two_passwords_that_differ() {
            typed.addAll(List.of(CHOSEN, CHOSEN + "!"));
            isRefused("the two passwords differ", "user", "add", "alice");
            isRefused("there is no user", "user", "show", "alice");
        }

        @Test
        void refuses_a_short_password_without_repeating_it() {
            input = "hunter2";
            isRefused("at least 15 characters", "user", "add", "alice", "--password-file", "-");
            assertThat(err.toString()).doesNotContain("hunter2");
            isRefused("there is no user", "user", "show", "alice");
        }

        @Test
        void without_anybody_to_type_says_what_to_do() {
            assertThat(run("user", "add", "alice")).isEqualTo(2);
            assertThat(err.toString()).contains("--password-file");
        }

        @Test
        void refuses_a_username_or_subject_that_is_taken() {
            addAlice();
            isRefused("already", "user", "add", "ALICE", "--sub", "u-2", "--no-password");
            isRefused("already", "user", "add", "bob", "--sub", "u-1", "--no-password");
            isRefused("in the configuration file", "user", "add", "Carol", "--no-password");
            isRefused("in the configuration file", "user", "add", "bob", "--sub", "carol-1", "--no-password");
            isRefused("there is no user", "user", "show", "bob");
        }

        @ParameterizedTest
        @ValueSource(strings = {"fixed", "stored"})
        @Requirement({"D-12", "9068-5-02"})
        void refuses_a_subject_that_is_a_client(String client) {
            isDone("client", "create", "stored", "--secret");
            isRefused("is the client_id of a client", "user", "add", "bob", "--sub", client, "--no-password");
            isDone("user", "add", "bob", "--sub", client + "2", "--no-password");
        }

        @Test
        @Requirement({"D-12", "9068-5-02"})
        void makes_the_subject_no_name_for_a_client() {
            addAlice();
            isRefused("is the sub of a user in the store", "client", "create", "u-1", "--secret");
            isDone("client", "create", "u-2", "--secret");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "x\u0007"})
        void takes_no_username_that_can_not_be_one(String username) {
            assertThat(run("user", "add", username, "--no-password")).isEqualTo(2);
            assertThat(err.toString()).contains("USERNAME: expected");
        }
    }

    @Nested
    class List_ {
        @Test
        void tells_where_each_one_stands() {
            addAlice();
            isDone("user", "list");
            assertThat(out.toString().lines())
                    .containsExactly(
                            "carol-1  enabled  in the configuration  username carol  no password",
                            "u-1  enabled  in the store  username alice  no password");
            isDone("user", "list", "--json");
            assertThat(out.toString()).contains("\"in\":\"store\"").doesNotContain("password_hash");
        }
    }

    @Nested
    class Change {
        @Test
        void replaces_what_is_named_and_leaves_the_rest() {
            isDone(
                    "user",
                    "add",
                    "alice",
                    "--sub",
                    "u-1",
                    "--no-password",
                    "--attribute",
                    "name=A",
                    "--group",
                    "staff");
            isDone("user", "set", "alice", "--attribute", "email=a@example.com", "--group", "ops", "--remove", "name");
            assertThat(shown("u-1").requireObject("attributes").toJson())
                    .isEqualTo("{\"groups\":[\"ops\"],\"email\":\"a@example.com\"}");
            isDone("user", "set", "u-1", "--username", "alicia");
            assertThat(shown("alicia").requireString("sub")).isEqualTo("u-1");
            isRefused("there is no user", "user", "show", "alice");
        }

        @ParameterizedTest
        @ValueSource(strings = {"name", "name=", "name={", "name=1,\"other\":2", "name=1}", "=1"})
        void takes_one_value_in_json_and_nothing_else(String attribute) {
            addAlice();
            assertThat(run("user", "set", "alice", "--attribute-json", attribute))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("expected NAME=");
            assertThat(shown("u-1").findObject("attributes")).isEmpty();
            isDone("user", "set", "alice", "--attribute-json", "name=[1, {\"other\": 2}]");
            assertThat(shown("u-1").requireObject("attributes").toJson()).isEqualTo("{\"name\":[1,{\"other\":2}]}");
        }

        @Test
        void gives_no_username_that_another_has() {
            addAlice();
            isDone("user", "add", "bob", "--sub", "u-2", "--no-password");
            isRefused("that of another", "user", "set", "bob", "--username", "alice");
            isRefused("in the configuration file", "user", "set", "bob", "--username", "carol");
            assertThat(shown("u-2").requireString("username")).isEqualTo("bob");
        }

        @Test
        void disables_and_enables() {
            addAlice();
            isDone("user", "disable", "alice");
            assertThat(shown("u-1").findBoolean("enabled")).hasValue(false);
            isDone("user", "enable", "u-1");
            assertThat(shown("u-1").findBoolean("enabled")).hasValue(true);
        }

        @Test
        void sets_a_password() {
            addAlice();
            input = CHOSEN;
            isDone("user", "set-password", "alice", "--password-file", "-");
            assertThat(shown("u-1").findBoolean("has_password")).hasValue(true);
        }

        @Test
        void removes_when_it_is_meant() {
            addAlice();
            assertThat(run("user", "remove", "alice")).isEqualTo(2);
            assertThat(shown("u-1").requireString("username")).isEqualTo("alice");
            isDone("user", "remove", "alice", "--yes");
            isRefused("there is no user", "user", "show", "u-1");
        }

        @Test
        void leaves_the_users_of_the_configuration_file_to_it() {
            input = CHOSEN;
            Stream.of(
                            List.of("user", "disable", "carol"),
                            List.of("user", "enable", "carol-1"),
                            List.of("user", "set", "carol", "--group", "a"),
                            List.of("user", "set-password", "carol", "--password-file", "-"),
                            List.of("user", "remove", "carol", "--yes"))
                    .forEach(command -> isRefused("is in the configuration file", command.toArray(String[]::new)));
        }
    }

    @Nested
    class Hash_password {
        @Test
        void prints_what_the_configuration_file_takes() throws IOException {
            input = CHOSEN;
            isDone("user", "hash-password", "--password-file", "-");
            String hash = out.toString().strip();
            assertThat(hash).startsWith("$argon2id$");
            Path file = folder.resolve("signet.yaml");
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("username: carol", "username: carol, password_hash: \"" + hash + "\""));
            assertThat(shown("carol").findBoolean("has_password")).hasValue(true);
            Files.writeString(file, Files.readString(file).replace("$argon2id$", "$argon2i$"));
            isRefused("users[0].password_hash: expected an Argon2id hash", "user", "show", "carol");
            assertThat(err.toString()).doesNotContain("argon2i$");
        }
    }

    @Nested
    class Consents {
        @Test
        void are_none_at_first() {
            addAlice();
            isDone("user", "consents", "alice");
            assertThat(out.toString()).contains("no client was let do anything");
            isRefused("let the client fixed do nothing", "user", "consents", "alice", "--revoke", "fixed");
        }
    }
}
