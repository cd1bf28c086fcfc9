package dev.signet.app.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.command.SignetCommand;
import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import dev.signet.app.server.RunningServer;
import dev.signet.app.server.TestServer;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows works: its commands are run in its order, on its configuration. */
class RegisterClientsGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guides", "register-clients.md");
    private static final Pattern SNIPPET = Pattern.compile("```(yaml|sh|json|)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path folder;

    private static List<String> snippets(String language) throws Exception {
        return SNIPPET.matcher(Files.readString(GUIDE))
                .results()
                .filter(match -> match.group(1).equals(language))
                .map((MatchResult match) -> match.group(2))
                .toList();
    }

    /** The words of a command after the program's name; files are in the folder of the test. */
    private String[] arguments(String command) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command).results().skip(1).forEach(word -> {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(
                    text.matches("[a-z0-9-]+\\.(yaml|json|jwt|key)")
                            ? folder.resolve(text).toString()
                            : text);
        });
        return words.toArray(String[]::new);
    }

    private String run(int expected, String command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = SignetCommand.run(
                new Terminal(
                        InputStream.nullInputStream(),
                        new PrintWriter(out),
                        new PrintWriter(err),
                        OutputStream.nullOutputStream()),
                Environment.of(Map.of()),
                Clock.systemUTC(),
                arguments(command));
        assertThat(exit).as(command + "\n" + err).isEqualTo(expected);
        return out.toString();
    }

    @Test
    void its_commands_do_what_it_says() throws Exception {
        List<String> yaml = snippets("yaml");
        Files.writeString(folder.resolve("signet.yaml"), yaml.get(0) + yaml.get(1));
        Files.writeString(folder.resolve("ci.yaml"), yaml.get(2));
        Files.writeString(folder.resolve("orders-api.json"), snippets("json").get(0));
        Files.writeString(
                folder.resolve("billing-jwks.json"),
                FixedKeys.publicKeys(FixedKeys.client()).toJson());
        Files.writeString(folder.resolve("job.jwt"), "no JWT of that issuer");
        Map<String, String> printed = new LinkedHashMap<>();
        for (String command : snippets("sh").stream().flatMap(String::lines).toList()) {
            // The guide can't hold a JWT that is still good.
            printed.put(command, run(command.contains("trust test") ? 1 : 0, command));
        }
        assertThat(printed).hasSize(23);
        assertThat(Files.readString(folder.resolve("reporter-2.key"))).contains("\"d\":");
        assertThat(clients()).containsExactly("billing", "orders-api", "reporter", "shipping");
        assertThat(run(0, "signet trust list --config signet.yaml")).startsWith("nobody is trusted");
        assertThat(printed.get("./signet registration-token list --config signet.yaml"))
                .contains("crew", "for 5 clients");
        assertThat(run(0, "signet registration-token list --config signet.yaml"))
                .startsWith("there is no registration token");
        assertThat(printed.entrySet())
                .filteredOn(each -> each.getKey().contains("trust test"))
                .allMatch(each -> each.getValue().contains("FAILED       form"));
    }

    private Stream<String> clients() {
        return JsonObject.parse(
                        run(0, "signet client list --json --config signet.yaml").strip())
                .findObjects("clients")
                .orElseThrow()
                .stream()
                .map(client -> client.requireObject("client").requireString("client_id"));
    }

    /** A request as the guide shows one, with that token instead of its own. */
    private static HttpRequest.Builder shown(int port, String snippet, String token) {
        String[] parts = snippet.split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        String[] start = head.get(0).split(" ");
        HttpRequest.Builder request = HttpRequest.newBuilder(at(port, start[1]))
                .method(start[0], HttpRequest.BodyPublishers.ofString(parts[1]));
        head.stream()
                .skip(1)
                .map(line -> line.split(": ", 2))
                .forEach(header ->
                        request.header(header[0], header[0].equals("Authorization") ? "Bearer " + token : header[1]));
        return request;
    }

    private static URI at(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Test
    @Requirement({"7591-1-01", "7591-3.2.1-01", "7592-1-01", "7592-2.1-01", "7592-2.2-01", "7592-2.3-01"})
    void its_request_registers_a_client_that_manages_its_registration() throws Exception {
        List<String> yaml = snippets("yaml");
        Path config = folder.resolve("signet.yaml");
        Files.writeString(config, yaml.get(0).replace("port: 8080", "port: 0") + yaml.get(1));
        String create = snippets("sh").stream()
                .flatMap(String::lines)
                .filter(command -> command.contains("registration-token create"))
                .findFirst()
                .orElseThrow();
        String snippet = snippets("").get(0);
        try (RunningServer server = TestServer.startFrom(config)) {
            int port = server.port();
            assertThat(TestServer.send(shown(port, snippet, "guessed")).statusCode())
                    .isEqualTo(401);
            HttpResponse<String> registered =
                    TestServer.send(shown(port, snippet, run(0, create).strip()));
            assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
            JsonObject answer = TestServer.json(registered);
            assertThat(answer.names()).contains("client_secret", "client_id");
            URI registration = at(
                    port,
                    URI.create(answer.requireString("registration_client_uri")).getPath());
            String token = answer.requireString("registration_access_token");

            JsonObject read = managed(registration, "GET", token, "");
            assertThat(read.requireString("client_name")).isEqualTo("The shop");
            assertThat(read.has("client_secret")).as("told once").isFalse();
            assertThat(run(0, "signet client list --config signet.yaml"))
                    .contains(answer.requireString("client_id"), "crew");

            JsonObject asked = JsonObject.parse(snippet.split("\n\n", 2)[1].strip()).toBuilder()
                    .put("client_id", answer.requireString("client_id"))
                    .put("client_name", "The corner shop")
                    .build();
            JsonObject replaced = managed(registration, "PUT", token, asked.toJson());
            assertThat(replaced.requireString("client_name")).isEqualTo("The corner shop");
            String next = replaced.requireString("registration_access_token");
            assertThat(manage(registration, "GET", token, "").statusCode()).isEqualTo(401);

            assertThat(manage(registration, "DELETE", next, "").statusCode()).isEqualTo(204);
            assertThat(manage(registration, "GET", next, "").statusCode()).isEqualTo(401);
        }
    }

    private static JsonObject managed(URI registration, String method, String token, String body) throws Exception {
        HttpResponse<String> answer = manage(registration, method, token, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.json(answer);
    }

    private static HttpResponse<String> manage(URI registration, String method, String token, String body)
            throws Exception {
        return TestServer.send(HttpRequest.newBuilder(registration)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void it_names_the_lines_of_the_log() throws Exception {
        String guide = Files.readString(GUIDE);
        Path sources = Path.of("src", "main", "java", "dev", "signet", "app");
        Pattern event =
                Pattern.compile("\"((?:client|trust|registration-token)-(?:[a-z]+-)?[a-z]+ed|client-keys-set)\"");
        for (String file : List.of(
                "command/ClientCreateCommand.java",
                "command/ClientKeysCommand.java",
                "command/RegistrationTokenCommand.java",
                "command/TrustAddCommand.java",
                "command/TrustCommand.java",
                "server/Shadowed.java")) {
            List<String> events = event.matcher(Files.readString(sources.resolve(file)))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(events).as(file).isNotEmpty().allMatch(name -> guide.contains("`" + name + "`"));
        }
    }
}
