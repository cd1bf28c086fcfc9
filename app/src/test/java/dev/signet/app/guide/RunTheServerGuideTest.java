package dev.signet.app.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.signet.app.command.ExitCode;
import dev.signet.app.command.SignetCommand;
import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import dev.signet.app.listener.TlsPair;
import dev.signet.app.server.RunningServer;
import dev.signet.app.server.TestServer;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.http.BasicCredentials;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestJwt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows works: its configurations are free of faults, its commands are understood, its table is complete. */
class RunTheServerGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guides", "run-the-server.md");
    private static final Pattern SNIPPET = Pattern.compile("```(yaml|sh|json)\n(.*?)```", Pattern.DOTALL);
    private static final String SHOP_SECRET = "s".repeat(32);
    private static final String API_SECRET = "a".repeat(32);
    private static final Environment ENVIRONMENT = Environment.of(Map.of(
            "SHOP_SECRET",
            SHOP_SECRET,
            "API_SECRET",
            API_SECRET,
            "DB_PASSWORD",
            "secret",
            "PAIRWISE_KEY",
            "A".repeat(42) + "E=",
            "SIGNET_KEY",
            "A".repeat(42) + "E="));

    @TempDir
    Path folder;

    private static Stream<String> snippets(String language) throws Exception {
        return SNIPPET.matcher(Files.readString(GUIDE))
                .results()
                .filter(match -> match.group(1).equals(language))
                .map((MatchResult match) -> match.group(2));
    }

    private int run(StringWriter said, String... arguments) {
        PrintWriter writer = new PrintWriter(said);
        return SignetCommand.run(
                new Terminal(InputStream.nullInputStream(), writer, writer, OutputStream.nullOutputStream()),
                ENVIRONMENT,
                Clock.systemUTC(),
                arguments);
    }

    @TestFactory
    Stream<DynamicTest> configurations_have_no_fault() throws Exception {
        TlsPair pair = TlsPair.generate(folder, "EC");
        Files.writeString(folder.resolve("chain.pem"), pair.certificate());
        Files.writeString(folder.resolve("key.pem"), pair.key());
        List<String> snippets = snippets("yaml").toList();
        assertThat(snippets).hasSize(11);
        return snippets.stream()
                .map(yaml -> DynamicTest.dynamicTest(yaml.lines().findFirst().orElse(""), () -> {
                    Path file = Files.writeString(folder.resolve("signet.yaml"), yaml);
                    StringWriter said = new StringWriter();
                    assertThat(run(said, "check", "--config", file.toString()))
                            .as(said.toString())
                            .isEqualTo(ExitCode.OK.number());
                }));
    }

    /** With {@code --help} at its end a command is understood or not, and nothing happens. */
    @TestFactory
    Stream<DynamicTest> commands_are_understood() throws Exception {
        return snippets("sh")
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("curl "))
                .map(line -> DynamicTest.dynamicTest(line, () -> {
                    assertThat(line).startsWith("./signet ");
                    String[] arguments =
                            (line.replaceFirst("^\\./signet ", "").replaceFirst(" < .*", "") + " --help").split(" ");
                    StringWriter said = new StringWriter();
                    assertThat(run(said, arguments)).as(said.toString()).isZero();
                    Arrays.stream(arguments)
                            .filter(argument -> argument.startsWith("--"))
                            .forEach(option -> assertThat(said.toString()).contains(option));
                }));
    }

    @Test
    @Requirement({"7662-2-01", "7009-2-01"})
    void the_curl_lines_show_a_token_before_and_after_it_is_revoked() throws Exception {
        List<String> lines = snippets("sh")
                .flatMap(String::lines)
                .filter(line -> line.startsWith("curl "))
                .toList();
        assertThat(lines).hasSize(4);
        assumeTrue(isThere("curl"), "there is no curl");
        String yaml = snippets("yaml")
                .findFirst()
                .orElseThrow()
                .replace("${SHOP_SECRET}", SHOP_SECRET)
                .replace("${API_SECRET}", API_SECRET)
                .replace("port: 8080", "port: 0");
        try (RunningServer server = TestServer.startFrom(Files.writeString(folder.resolve("signet.yaml"), yaml))) {
            String token =
                    JsonObject.parse(bash(lines.get(0), server.port(), "")).requireString("access_token");
            assertThat(JsonObject.parse(bash(lines.get(1), server.port(), token))
                            .findBoolean("active"))
                    .hasValue(true);
            assertThat(bash(lines.get(2), server.port(), token)).isEmpty();
            assertThat(bash(lines.get(3), server.port(), token)).isEqualTo("{\"active\":false}");
        }
    }

    @Test
    @Requirement({"9068-2.2.2-01", "9068-2.2.3.1-01", "9068-2.2.3.1-02", "9068-6-03", "9068-6-04"})
    void the_claims_are_those_shown_and_no_more() throws Exception {
        JsonObject shown = JsonObject.parse(snippets("json").findFirst().orElseThrow());
        SigningKey idp = FixedKeys.issuer();
        String yaml = snippets("yaml")
                .filter(snippet -> snippet.contains("subject: pairwise"))
                .findFirst()
                .orElseThrow()
                .replace("${SHOP_SECRET}", SHOP_SECRET)
                .replace("${PAIRWISE_KEY}", "A".repeat(42) + "E=")
                .replace("port: 8080", "port: 0")
                .replace(
                        "jwks_uri: https://idp.example.com/jwks",
                        "jwks: " + FixedKeys.publicKeys(idp).toJson());
        try (RunningServer server = TestServer.startFrom(Files.writeString(folder.resolve("signet.yaml"), yaml))) {
            JsonObject orders = claims(server, idp, "orders.read");
            assertThat(orders.names())
                    .containsAll(shown.names())
                    .hasSize(Set.of("iss", "sub", "aud", "client_id", "scope", "iat", "exp", "jti")
                                    .size()
                            + shown.size()
                            - 1);
            shown.names().forEach(name -> assertThat(orders.find(name)).isEqualTo(shown.find(name)));
            assertThat(orders.findLong("exp").orElseThrow()
                            - orders.findLong("iat").orElseThrow())
                    .isEqualTo(300);
            JsonObject partner = claims(server, idp, "partner.read");
            assertThat(partner.findStrings("roles")).contains(List.of("staff", "e9e3"));
            assertThat(partner.requireString("sub")).matches("[A-Za-z0-9_-]{43}");
            assertThat(partner.has("email")).isFalse();
        }
    }

    /** The claims of the token that the guide's client gets for the guide's assertion. */
    private static JsonObject claims(RunningServer server, SigningKey idp, String scope) throws Exception {
        byte[] octets = new byte[16];
        new SecureRandom().nextBytes(octets);
        JsonObject assertion = AssertionGrant.claims(
                "https://idp.example.com",
                "ann@example.com",
                Issuer.of("https://as.example.com"),
                JwtId.of(octets),
                Clock.systemUTC().instant(),
                Duration.ofMinutes(10));
        JsonObject guides = JsonObject.builder()
                .put("value", "e9e3")
                .put("display", "Tour Guides")
                .build();
        String form = FormParameters.encode(List.of(
                Map.entry("grant_type", AssertionGrant.GRANT_TYPE),
                Map.entry("scope", scope),
                Map.entry(
                        "assertion",
                        TestJwt.of(assertion, idp)
                                .withClaim("mail", "ann@example.com")
                                .withClaim("groups", List.of("staff", guides))
                                .withClaim("phone", "not named")
                                .compact())));
        JsonObject answer = TestServer.json(
                TestServer.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/token"))
                        .header("Authorization", BasicCredentials.encode(new ClientId("shop"), SHOP_SECRET))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))));
        String payload = answer.requireString("access_token").split("\\.")[1];
        return JsonObject.parse(Base64.getUrlDecoder().decode(payload));
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        }
    }

    private static String bash(String line, int port, String token) throws Exception {
        ProcessBuilder shell =
                new ProcessBuilder("bash", "-c", line.replace("http://localhost:8080", "http://127.0.0.1:" + port));
        shell.environment().putAll(Map.of("SHOP_SECRET", SHOP_SECRET, "API_SECRET", API_SECRET, "TOKEN", token));
        shell.environment()
                .keySet()
                .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        Process process = shell.start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return answer;
    }

    @Test
    void every_key_and_exit_code_is_named() throws Exception {
        String guide = Files.readString(GUIDE);
        Path file = Files.writeString(
                folder.resolve("signet.yaml"), "x: 1\nclients: [{y: 1}]\ntrusted_issuers: [{z: 1}]\n");
        StringWriter said = new StringWriter();
        run(said, "check", "--config", file.toString());
        said.toString()
                .lines()
                .filter(line -> line.contains("unknown key: expected one of "))
                .flatMap(line -> Arrays.stream(
                        line.replaceFirst(".*expected one of ", "").split(", ")))
                .forEach(key -> assertThat(guide).containsPattern("\\b" + key + "\\b"));
        Arrays.stream(ExitCode.values())
                .forEach(code -> assertThat(guide).containsPattern("\\b" + code.number() + " [a-z]"));
    }
}
