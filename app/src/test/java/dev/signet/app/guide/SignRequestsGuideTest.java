package dev.signet.app.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.password.Password;
import dev.signet.app.password.PasswordHash;
import dev.signet.app.server.RunningServer;
import dev.signet.app.server.TestServer;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.http.FormParameters;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide shows works: its request is pushed to a server with its configuration, and answered once. */
class SignRequestsGuideTest {

    private static final Path GUIDE = Path.of("..", "docs", "guides", "sign-requests.md");
    private static final Pattern SNIPPET = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("-d ([a-z_]+)=(\\S+)");
    private static final String CALLBACK = "https://shop.example.com/callback";
    private static final String PASSWORD = "correct horse battery";
    private static final Issuer ISSUER = Issuer.of("http://localhost:8080");

    @TempDir
    Path folder;

    private static List<String> snippets(String language) throws Exception {
        return SNIPPET.matcher(Files.readString(GUIDE))
                .results()
                .filter(match -> match.group(1).equals(language))
                .map((MatchResult match) -> match.group(2))
                .toList();
    }

    private RunningServer start() throws Exception {
        String yaml = String.join("\n", snippets("yaml"))
                .replace("port: 8080", "port: 0")
                .replace(
                        "${ALICE_PASSWORD_HASH}",
                        PasswordHash.of(Password.ofNew(PASSWORD), new SecureRandom())
                                .toText());
        return TestServer.startFrom(Files.writeString(folder.resolve("signet.yaml"), yaml));
    }

    private static String requestObject() throws Exception {
        JsonObject claims = JsonObject.parse(snippets("json").get(0)).toBuilder()
                .put("exp", Clock.systemUTC().instant().getEpochSecond() + 300)
                .build();
        return JwtSigner.of(FixedKeys.client(), RequestObject.TYPE).sign(claims);
    }

    private static String assertion() {
        return JwtSigner.of(FixedKeys.client(), ClientAssertion.TYPE)
                .sign(ClientAssertion.claims(
                        new ClientId("shop"),
                        ISSUER,
                        JwtId.drawnFrom(new SecureRandom()::nextBytes),
                        Clock.systemUTC().instant(),
                        Duration.ofSeconds(60)));
    }

    /** Its command. */
    private static HttpResponse<String> push(int port, String requestObject) throws Exception {
        String form = FormParameters.encode(FIELD.matcher(snippets("sh").get(0))
                .results()
                .map(field -> Map.entry(
                        field.group(1),
                        field.group(2).replace("$ASSERTION", assertion()).replace("$REQUEST", requestObject)))
                .toList());
        return TestServer.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/par"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static URI authorize(int port, String query) {
        return URI.create("http://127.0.0.1:" + port + "/authorize?" + query);
    }

    @Test
    @Requirement({"9126-4-03", "D-18", "9101-10.5-01", "9126-6-01"})
    void its_request_is_pushed_looked_at_and_answered_once() throws Exception {
        try (RunningServer server = start()) {
            int port = server.port();
            String object = requestObject();
            HttpResponse<String> pushed = push(port, object);
            assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
            JsonObject answer = TestServer.json(pushed);
            assertThat(answer.findLong("expires_in")).hasValue(90L);
            assertThat(snippets("").get(0)).contains("client_id=shop&request_uri=");
            URI address = authorize(
                    port,
                    FormParameters.encode(List.of(
                            Map.entry("client_id", "shop"),
                            Map.entry("request_uri", answer.requireString("request_uri")))));
            assertThat(new UserAgent(CALLBACK).open(address).asksFor("username"))
                    .isTrue();
            UserAgent browser = new UserAgent(CALLBACK);
            browser.open(address);
            Page asked = browser.send(
                    browser.open(address), Map.of("username", "alice", "password", PASSWORD, "login", "1"));
            assertThat(asked.html()).contains("The Corner Shop", "shop");
            Page done = browser.send(asked, Map.of("approve", "1"));
            assertThat(FormParameters.parse(done.response()).require("code")).isNotEmpty();
            assertThat(FormParameters.parse(done.response()).require("state")).isEqualTo("af0ifjsldkj");
            Page again = browser.open(address);
            assertThat(again.status()).isEqualTo(400);
            assertThat(again.html()).contains("invalid_request_uri");
        }
    }

    @Test
    void what_it_says_is_refused_is_refused() throws Exception {
        try (RunningServer server = start()) {
            int port = server.port();
            String object = requestObject();
            UserAgent browser = new UserAgent(CALLBACK);
            for (String query : List.of("client_id=shop&request=" + object, "client_id=shop&response_type=code")) {
                Page page = browser.open(authorize(port, query));
                assertThat(page.status()).isEqualTo(400);
                assertThat(page.html()).contains("invalid_request");
            }
            HttpResponse<String> tampered = push(port, object.substring(0, object.length() - 4) + "AAAA");
            assertThat(tampered.statusCode()).isEqualTo(400);
            assertThat(TestServer.json(tampered).requireString("error")).isEqualTo("invalid_request_object");
        }
    }

    @Test
    void it_lists_every_switch_of_the_server_and_of_a_client() throws Exception {
        String guide = Files.readString(GUIDE);
        Path config = Path.of("src", "main", "java", "dev", "signet", "app", "config", "RequestsReader.java");
        assertThat(Pattern.compile("\\((?:top, )?\"([a-z_]+)\"")
                        .matcher(Files.readString(config))
                        .results()
                        .map(match -> match.group(1)))
                .hasSizeGreaterThan(7)
                .allMatch(guide::contains);
        Path members = Path.of(
                "..",
                "authorization-server",
                "src",
                "main",
                "java",
                "dev",
                "signet",
                "authorizationserver",
                "registry",
                "RequestObjectMetadata.java");
        assertThat(Pattern.compile("String [A-Z_]+ = \"([a-z_]+)\"")
                        .matcher(Files.readString(members))
                        .results()
                        .map(match -> match.group(1)))
                .hasSizeGreaterThan(11)
                .allMatch(guide::contains);
    }
}
