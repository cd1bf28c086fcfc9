package dev.signet.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import dev.signet.app.server.RunningServer;
import dev.signet.app.server.TestServer;
import dev.signet.jwt.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Clock clock = Clock.systemUTC();

    private int explain(String input, String... more) {
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                OutputStream.nullOutputStream());
        List<String> arguments = new ArrayList<>(
                List.of("explain", "--config", folder.resolve("signet.yaml").toString()));
        arguments.addAll(List.of(more));
        return SignetCommand.run(terminal, Environment.of(Map.of()), clock, arguments.toArray(String[]::new));
    }

    /** A server that has run and stopped, so that its store is there. */
    private TestServer stopped() throws IOException {
        TestServer setup = new TestServer(folder);
        setup.start().close();
        return setup;
    }

    private String tokenFrom(TestServer setup) throws Exception {
        try (RunningServer server = setup.start()) {
            return TestServer.json(TestServer.requestTokenWithSecret(server.port()))
                    .requireString("access_token");
        }
    }

    /** How many rows each table of the store has. */
    private Map<String, Integer> rows() throws SQLException {
        Map<String, Integer> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + folder.resolve("signet") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                        "sa",
                        "");
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'public'")) {
                while (found.next()) {
                    tables.add(found.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM \"" + table + "\"")) {
                    count.next();
                    rows.put(table, count.getInt(1));
                }
            }
        }
        return rows;
    }

    @Test
    void a_client_may_be_named_beside_its_assertion() throws Exception {
        TestServer setup = stopped();
        assertThat(explain(setup.clientAssertion(), "--client-id", "reporter"))
                .as(err::toString)
                .isZero();
        assertThat(explain(setup.clientAssertion(), "--client-id", "nobody")).isEqualTo(ExitCode.REFUSED.number());
        assertThat(out.toString()).contains("client-unknown");
        assertThat(explain(setup.clientAssertion(), "--client-id", "reporter", "--as", "access-token"))
                .isEqualTo(ExitCode.USAGE.number());
        out.getBuffer().setLength(0);
        assertThat(explain(setup.clientAssertion(), "--client-id", "reporter", "--as", "request-object"))
                .isEqualTo(ExitCode.REFUSED.number());
        assertThat(out.toString())
                .startsWith("Checks of request objects")
                .containsPattern("FAILED +type")
                .containsPattern("not reached +parameters");
        assertThat(explain(setup.clientAssertion(), "--client-id", "\u0007")).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void a_good_assertion_is_accepted_and_not_used_up() throws Exception {
        TestServer setup = stopped();
        String assertion = setup.clientAssertion();
        Map<String, Integer> before = rows();
        assertThat(before).hasSizeGreaterThan(3);
        assertThat(explain(assertion + "\n")).as(err::toString).isZero();
        assertThat(out.toString())
                .startsWith("Checks of client assertions")
                .containsPattern("ok +signature +the signature or MAC is right")
                .containsPattern("not reached +single-use")
                .contains("the server accepts it")
                .doesNotContain(assertion, "FAILED");
        assertThat(rows()).isEqualTo(before);
        try (RunningServer server = setup.start()) {
            assertThat(TestServer.requestToken(server.port(), TestServer.form(assertion))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_token_is_explained_by_the_keys_and_the_time_of_the_server() throws Exception {
        TestServer setup = new TestServer(folder);
        Path token = Files.writeString(folder.resolve("token.txt"), "Bearer " + tokenFrom(setup));
        assertThat(explain("", token.toString())).as(err::toString).isZero();
        assertThat(out.toString()).startsWith("Checks of access tokens").containsPattern("ok +revocation");
        out.getBuffer().setLength(0);
        clock = Clock.offset(clock, Duration.ofMinutes(11));
        assertThat(explain("", token.toString())).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("FAILED +expiry")
                .contains("jwt-expired: exp has passed")
                .containsPattern("not reached +revocation")
                .contains("the server refuses it: The JWT has expired.")
                .containsPattern("sender: +Make a new one")
                .containsPattern("operator: +Compare the clocks");
    }

    @Test
    void programs_get_json() throws Exception {
        assertThat(explain(stopped().clientAssertion(), "--json", "--as", "access-token"))
                .isEqualTo(1);
        JsonObject json = JsonObject.parse(out.toString().strip());
        assertThat(json.requireString("kind")).isEqualTo("access-token");
        assertThat(json.findBoolean("accepted")).hasValue(false);
        assertThat(out.toString())
                .contains("{\"check\":\"key\",\"verdict\":\"failed\",\"reason\":\"jwt-key-unknown\",\"detail\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "", "a.b.c", "e30.e30.e30"})
    void what_cannot_be_told_is_to_be_named(String garbage) throws Exception {
        stopped();
        assertThat(explain(garbage)).isEqualTo(2);
        assertThat(err.toString()).contains("say it with --as");
        assertThat(explain(garbage, "--as", "grant-assertion")).isEqualTo(1);
        assertThat(explain(garbage, "--as", "client-assertion")).isEqualTo(1);
        assertThat(explain(garbage, "--as", "request-object")).isEqualTo(1);
        assertThat(out.toString()).containsPattern("FAILED +form").doesNotContainPattern("FAILED +grant");
        assertThat(out + err.toString()).doesNotContain("garbage");
    }

    @Test
    void a_kind_that_is_not_known_is_told_with_those_that_are() {
        assertThat(explain("", "--as", "id-token")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--as: expected access-token, client-assertion, grant-assertion or request-object");
    }

    @Test
    void a_store_that_is_not_there_is_not_made() throws Exception {
        TestServer setup = new TestServer(folder);
        setup.config();
        assertThat(explain(setup.clientAssertion())).isEqualTo(3);
        assertThat(err.toString()).contains("is not there: start the server first");
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("signet.yaml"));
    }

    @Test
    void a_file_that_is_not_there_is_told_as_such() {
        assertThat(explain("", folder.resolve("nothing").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("the file cannot be read");
    }
}
