package dev.signet.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.config.ConfigFile;
import dev.signet.app.config.Environment;
import dev.signet.app.config.Settings;
import dev.signet.app.console.Terminal;
import dev.signet.app.crypto.CryptoChoice;
import dev.signet.app.server.DataFolder;
import dev.signet.app.server.RunningServer;
import dev.signet.app.server.ServerStores;
import dev.signet.app.server.TestServer;
import dev.signet.core.Scope;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.storejdbc.JdbcStores;
import dev.signet.testkit.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignetCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Clock clock = Clock.systemUTC();
    private String input = "";

    private int run(String... arguments) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                OutputStream.nullOutputStream());
        return SignetCommand.run(terminal, Environment.of(Map.of()), clock, arguments);
    }

    @Nested
    class A_wrong_command_line {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "|signet: a command is missing|try: signet --help",
                    "fly|signet: unknown command: expected one of serve, check, explain, keys, trust, client, registration-token, user, token, login, demo|try: signet --help",
                    "serve --confg x|signet: unknown option --confg: did you mean --config?|try: signet serve --help",
                    "check|signet: Missing required option: '--config=FILE'|try: signet check --help",
                    "keys|signet: a command is missing|try: signet keys --help",
                    "keys rotate --config x --ahead soon|signet: Invalid value for option '--ahead': expected a time such as 30s, 10m or 1h|try: signet keys rotate --help",
                    "keys list --config x --use both|signet: Invalid value for option '--use': expected sig or enc|try: signet keys list --help",
                    "keys rotate --config x --ahead 367d|signet: Invalid value for option '--ahead': expected 366 days at most|try: signet keys rotate --help",
                    "token inspect --issuer x|signet: --issuer and --audience go together|try: signet token inspect --help"
                })
        void is_told_in_two_lines_and_ends_with_2(String line, String first, String second) {
            assertThat(run(line == null ? new String[0] : line.split(" "))).isEqualTo(2);
            assertThat(err.toString().lines()).containsExactly(first, second);
            assertThat(out.toString()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"serve", "check", "keys list"})
        void with_an_empty_name_of_a_file_is_told(String command) {
            assertThat(run((command + " --config=").split(" "))).isEqualTo(2);
            assertThat(err.toString())
                    .startsWith("signet: Invalid value for option '--config': expected the name of a file");
        }

        @Test
        void never_reads_arguments_from_files() throws IOException {
            Path file = Files.writeString(folder.resolve("x"), "a.b.c");
            assertThat(run("token", "inspect", "@" + file)).isEqualTo(2);
            assertThat(err.toString()).contains("the file cannot be read");
        }

        @Test
        void never_repeats_an_argument_that_may_be_a_token() {
            assertThat(run("token", "inspect", "a.b.c", "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"))
                    .isEqualTo(2);
            assertThat(err.toString()).doesNotContain("eyJ").contains("one argument too many");
        }
    }

    @Test
    void help_names_commands_and_exit_codes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("serve")
                .contains("check")
                .contains("demo")
                .contains("Exit codes:")
                .contains("70");
        assertThat(run("--version")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keys", "trust", "client", "token"})
    void help_says_of_each_command_what_it_does_in_a_whole_sentence(String group) {
        assertThat(run((group + " --help").strip().split(" "))).isZero();
        String list = out.toString().split("Commands:\\R")[1].split("\\R\\R")[0];
        assertThat(list.split("\\R(?=  \\S)"))
                .isNotEmpty()
                .allMatch(command -> command.strip().endsWith("."));
    }

    @Nested
    class Check {
        @Test
        void of_a_good_file_ends_with_0_and_leaves_no_trace() throws IOException {
            Path config = new TestServer(folder).config();
            assertThat(run("check", "--config", config.toString())).isZero();
            assertThat(out).hasToString(config + ": no fault found" + System.lineSeparator());
            try (var files = Files.list(folder)) {
                assertThat(files).containsExactly(config);
            }
        }

        @Test
        void of_a_wrong_file_tells_every_fault_and_ends_with_1() throws IOException {
            Path config = Files.writeString(folder.resolve("x.yaml"), "issuer: nothing\nport: 5\n");
            assertThat(run("check", "--config", config.toString())).isEqualTo(1);
            List<String> lines = err.toString().lines().toList();
            assertThat(lines).hasSize(5);
            assertThat(lines.get(0)).startsWith(config + ":1: ");
            assertThat(lines.get(4)).isEqualTo("4 faults");
            assertThat(out.toString()).isEmpty();
        }
    }

    @Nested
    class Serve {
        private static final String ANYBODY_AS = """
                trusted_issuers:
                  - {issuer: "https://ci.example.com", jwks_uri: "https://ci.example.com/jwks", subjects: [a], allow_unauthenticated_client: %s}
                """;

        @Test
        void tells_what_only_the_engine_finds_as_check_does_and_makes_no_store() throws IOException {
            Path config =
                    new TestServer(folder).with(ANYBODY_AS.formatted("shop")).config();
            assertThat(run("check", "--config", config.toString())).isEqualTo(1);
            String told = err.toString();
            assertThat(told).contains("the client_id of unauthenticated clients is that of a registered one");

            err.getBuffer().setLength(0);
            assertThat(run("serve", "--config", config.toString())).isEqualTo(1);
            assertThat(err).hasToString(told);
            try (var files = Files.list(folder)) {
                assertThat(files).containsExactly(config);
            }
        }

        @Test
        void tells_what_only_the_store_shows_and_ends_with_1() throws IOException {
            Path config = new TestServer(folder).config();
            Settings settings =
                    ConfigFile.parse(config, Environment.of(Map.of())).read(CryptoChoice.JDK::select, clock);
            try (JdbcStores stores =
                    ServerStores.open(settings.store(), CryptoProvider.jdk(), clock, new SecureRandom())) {
                DataFolder.registerBootstrap(stores.clients(), Scope.empty(), new SecureRandom());
            }
            new TestServer(folder)
                    .with(ANYBODY_AS.formatted(DataFolder.BOOTSTRAP))
                    .config();
            assertThat(run("serve", "--config", config.toString())).isEqualTo(1);
            assertThat(err.toString())
                    .contains("the client_id of unauthenticated clients is that of a registered one")
                    .endsWith("1 fault" + System.lineSeparator());
        }

        @Test
        void with_a_wrong_file_does_not_start() throws IOException {
            Path config = Files.writeString(folder.resolve("x.yaml"), "issuer: nothing\n");
            assertThat(run("serve", "--config", config.toString())).isEqualTo(1);
            assertThat(err.toString()).contains(config + ":1: issuer: ").contains("3 faults");
        }

        @Test
        void with_a_port_in_use_ends_with_4_and_one_line() throws IOException {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Path config = new TestServer(folder).config();
                Files.writeString(config, Files.readString(config).replace("port: 0", "port: " + taken.getLocalPort()));
                assertThat(run("serve", "--config", config.toString())).isEqualTo(4);
                assertThat(err.toString().lines())
                        .containsExactly("signet: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                                + ": the port is in use, or the address is not one of this machine");
            }
        }

        @Test
        void without_its_database_ends_with_3_and_one_line() throws IOException {
            Path config = new TestServer(folder).config();
            Files.writeString(
                    config,
                    Files.readString(config).replace("jdbc:h2:file:./signet", "jdbc:postgresql://127.0.0.1:1/signet")
                            + "encryption: {key: \"" + "A".repeat(43) + "\"}\n");
            assertThat(run("serve", "--config", config.toString())).isEqualTo(3);
            assertThat(err.toString().lines()).hasSize(1).first().asString().startsWith("signet: the store ");
        }
    }

    @Test
    void a_store_that_fails_in_the_middle_of_a_command_ends_with_3() throws Exception {
        String config = new TestServer(folder).config().toString();
        assertThat(run("keys", "rotate", "--config", config)).isZero();
        String h2 = "jdbc:h2:file:" + folder.resolve("signet") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        try (Connection connection = DriverManager.getConnection(h2, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE signet_signing_key");
        }
        assertThat(run("keys", "list", "--config", config)).isEqualTo(3);
        assertThat(err.toString().lines()).hasSize(1).first().asString().startsWith("signet: the store ");
    }

    @Nested
    class Keys {
        @Test
        void are_made_by_the_first_start_listed_and_rotated() throws IOException {
            TestServer setup = new TestServer(folder);
            String config = setup.config().toString();
            assertThat(run("keys", "list", "--config", config)).isZero();
            assertThat(out.toString()).contains("no key yet");
            setup.start().close();

            out.getBuffer().setLength(0);
            assertThat(run("keys", "rotate", "--config", config, "--ahead", "1h"))
                    .isZero();
            String next = out.toString();
            assertThat(next).contains("ES256  published, signs from ").containsPattern("in (1 hour|59 minutes)");

            out.getBuffer().setLength(0);
            assertThat(run("keys", "list", "--config", config)).isZero();
            assertThat(out.toString().lines()).hasSize(2);
            assertThat(out.toString()).contains("signs since ").contains(next.substring(0, 43));

            out.getBuffer().setLength(0);
            clock = Clock.offset(clock, Duration.ofMinutes(61));
            assertThat(run("keys", "list", "--config", config)).isZero();
            assertThat(out.toString()).contains("published until ").contains("signs since ");

            out.getBuffer().setLength(0);
            clock = Clock.offset(clock, Duration.ofHours(2));
            assertThat(run("keys", "list", "--config", config)).isZero();
            assertThat(out.toString()).contains("no longer published since ").contains("signs since ");
            assertThat(err.toString()).isEmpty();
        }

        @Test
        @Requirement("D-49")
        void are_made_and_rotated_for_each_algorithm_and_named_when_it_is_used_no_more() throws IOException {
            String config = new TestServer(folder)
                    .withResource("signing_algorithm: Ed25519")
                    .config()
                    .toString();
            assertThat(run("keys", "rotate", "--config", config, "--ahead", "0s"))
                    .isZero();
            assertThat(out.toString().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).contains("  ES256  published, signs from "),
                            line -> assertThat(line).contains("  Ed25519  published, signs from "));

            new TestServer(folder).config();
            out.getBuffer().setLength(0);
            assertThat(run("keys", "list", "--config", config)).isZero();
            assertThat(out.toString()).contains("  ES256  signs since ").doesNotContain("Ed25519  signs since");
            assertThat(out.toString()).contains("  Ed25519  published for a while, signed from ");
        }

        @Test
        @Requirement({"9101-6.1-01", "D-41"})
        void that_are_encrypted_to_are_made_by_the_first_start_published_listed_and_rotated() throws Exception {
            TestServer setup = new TestServer(folder);
            Path config = setup.config();
            assertThat(run("keys", "rotate", "--use", "enc", "--config", config.toString()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("there are no decryption.algorithms");
            err.getBuffer().setLength(0);
            Files.writeString(
                    config, Files.readString(config) + "decryption: {algorithms: [ECDH-ES, ECDH-ES+A256KW]}\n");
            try (RunningServer server = TestServer.startFrom(config)) {
                assertThat(TestServer.json(TestServer.get(server.port(), "/jwks"))
                                .findObjects("keys")
                                .orElseThrow())
                        .extracting(jwk -> jwk.requireString("alg"))
                        .containsExactlyInAnyOrder("ES256", "ECDH-ES", "ECDH-ES+A256KW");
            }
            assertThat(run("keys", "list", "--use", "enc", "--config", config.toString()))
                    .isZero();
            assertThat(out.toString())
                    .contains("  ECDH-ES  encrypted to since ")
                    .contains("  ECDH-ES+A256KW  encrypted to since ");

            out.getBuffer().setLength(0);
            assertThat(run("keys", "rotate", "--use", "enc", "--config", config.toString()))
                    .isZero();
            assertThat(out.toString().lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line)
                            .contains("  ECDH-ES")
                            .contains("  published from ")
                            .contains(", the only one from "));

            out.getBuffer().setLength(0);
            clock = Clock.offset(clock, Duration.ofMinutes(11));
            assertThat(run("keys", "list", "--use", "enc", "--config", config.toString()))
                    .isZero();
            assertThat(out.toString())
                    .contains("  ECDH-ES  decrypts until ")
                    .contains("  ECDH-ES  encrypted to since ");
            assertThat(err.toString()).isEmpty();
        }
    }

    @Nested
    class Token_inspect {
        private String token(int port, TestServer setup) throws Exception {
            return TestServer.json(TestServer.requestToken(port, TestServer.form(setup.clientAssertion())))
                    .requireString("access_token");
        }

        private String file(String jwt) throws IOException {
            return Files.writeString(folder.resolve("jwt"), jwt).toString();
        }

        @Test
        void takes_no_token_as_an_argument() {
            assertThat(run("token", "inspect", "eyJhbGciOiJFUzI1NiJ9.e30.c2ln")).isEqualTo(2);
            assertThat(err.toString()).isEqualToIgnoringNewLines("signet: the file cannot be read");
        }

        @Test
        void reads_a_file_or_the_standard_input() throws Exception {
            TestServer setup = new TestServer(folder);
            try (RunningServer server = setup.start()) {
                String token = token(server.port(), setup);
                assertThat(run("token", "inspect", file(token))).isZero();
                String shown = out.toString();
                assertThat(shown)
                        .contains("typ  at+jwt")
                        .contains("client_id  reporter")
                        .contains("Nothing of this was");
                out.getBuffer().setLength(0);
                input = token + "\n";
                assertThat(run("token", "inspect")).isZero();
                assertThat(run("token", "inspect", "-")).isZero();
                assertThat(out.toString()).startsWith(shown.substring(0, shown.indexOf("iat  ")));
            }
        }

        @Test
        void checks_with_keys_from_a_file() throws Exception {
            TestServer setup = new TestServer(folder);
            try (RunningServer server = setup.start()) {
                Path jwks = Files.writeString(
                        folder.resolve("jwks.json"),
                        TestServer.get(server.port(), "/jwks").body());
                String[] arguments = {
                    "token",
                    "inspect",
                    "--issuer",
                    TestServer.ISSUER.value(),
                    "--audience",
                    TestServer.API,
                    "--jwks",
                    jwks.toString(),
                    file(token(server.port(), setup))
                };
                assertThat(run(arguments)).isZero();
                assertThat(out.toString())
                        .containsPattern("ok +signature +the signature or MAC is right")
                        .contains("an API accepts it");
                arguments[5] = "https://other.example.com";
                assertThat(run(arguments)).isEqualTo(1);
                assertThat(out.toString())
                        .containsPattern("FAILED +audience +aud names who checks it")
                        .contains("jwt-audience: aud does not name this receiver")
                        .containsPattern("not reached +expiry")
                        .contains("an API refuses it: ");
            }
        }

        @Test
        void finds_keys_through_the_metadata_of_the_issuer() throws Exception {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            Path config = new TestServer(folder).with("").config();
            String issuer = "http://localhost:" + port;
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replace(TestServer.ISSUER.value(), issuer)
                            .replace("port: 0", "port: " + port));
            try (RunningServer server = TestServer.startFrom(config)) {
                input = TestServer.json(TestServer.requestTokenWithSecret(server.port()))
                        .requireString("access_token");
                assertThat(run("token", "inspect", "--issuer", issuer, "--audience", TestServer.API))
                        .isZero();
            }
            assertThat(run("token", "inspect", "--issuer", issuer, "--audience", TestServer.API))
                    .isEqualTo(1);
            assertThat(out.toString()).containsPattern("FAILED +key ").contains("keys-unavailable: ");
        }

        @Test
        void says_what_is_wrong_with_garbage() throws Exception {
            assertThat(run("token", "inspect", file("garbage"))).isEqualTo(1);
            assertThat(err.toString().lines())
                    .containsExactly("signet: not a JWT: expected three parts joined by dots (or five, when encrypted),"
                            + " found 1");
            Path jwks = Files.writeString(folder.resolve("jwks.json"), "[]");
            assertThat(run(
                            "token",
                            "inspect",
                            "--issuer",
                            "https://a.example",
                            "--audience",
                            "b",
                            "--jwks",
                            jwks.toString(),
                            file("e30.e30.x")))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("jwks.json: not a JWK Set");
        }
    }
}
