package dev.signet.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.config.Environment;
import dev.signet.app.console.Terminal;
import dev.signet.app.login.Browser;
import dev.signet.app.login.CodeFlowServer;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** RFC 8252 §7.3. */
class LoginCommandTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final CodeFlowServer server = new CodeFlowServer();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final HttpClient following =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final HttpClient staying = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        server.close();
    }

    private Terminal terminal() {
        return new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                OutputStream.nullOutputStream());
    }

    private int run(String... options) {
        String[] all = Stream.concat(
                        Stream.of("login", "--issuer", server.issuer(), "--client-id", "cli", "--no-browser"),
                        Stream.of(options))
                .toArray(String[]::new);
        return SignetCommand.run(terminal(), Environment.of(Map.of()), Clock.systemUTC(), all);
    }

    private CompletableFuture<Integer> begin(String... options) {
        return CompletableFuture.supplyAsync(() -> run(options));
    }

    /** The address that the person is told to open. */
    private URI told() {
        return Awaitility.await()
                .atMost(LONG)
                .until(
                        () -> err.toString()
                                .lines()
                                .filter(line -> line.startsWith("http"))
                                .findFirst(),
                        line -> line.isPresent())
                .map(URI::create)
                .orElseThrow();
    }

    private HttpResponse<String> get(HttpClient browser, String address) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static SigningKey key(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    private static String file(Path folder, SigningKey key) throws IOException {
        return Files.writeString(folder.resolve("key.jwk"), key.toPrivateJwk().toJson())
                .toString();
    }

    private String redirectUri() {
        return FormParameters.parse(told().getRawQuery()).require("redirect_uri");
    }

    @Nested
    class Somebody_who_approves {

        @Test
        void gets_a_token_on_the_standard_output_and_nothing_else() throws Exception {
            CompletableFuture<Integer> login =
                    begin("--scope", "orders.read", "--resource", "https://api.example.com/orders");
            HttpResponse<String> page = get(following, told().toString());

            assertThat(login).succeedsWithin(LONG).isEqualTo(0);
            assertThat(out.toString().lines()).containsExactly("t0ken");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("You can close this window");
            FormParameters asked = FormParameters.parse(told().getRawQuery());
            assertThat(asked.require("client_id")).isEqualTo("cli");
            assertThat(asked.require("scope")).isEqualTo("orders.read");
            assertThat(asked.require("resource")).isEqualTo("https://api.example.com/orders");
            assertThat(asked.require("redirect_uri")).matches("http://127\\.0\\.0\\.1:[0-9]+/callback");
            assertThat(server.exchanged().get(0).require("redirect_uri")).isEqualTo(asked.require("redirect_uri"));
            assertThat(err.toString()).doesNotContain("t0ken", "r3fresh", "c0de");
        }

        @Test
        @Requirement("6749-3.1.2-06")
        void ends_at_a_page_that_has_no_code_in_its_address_and_loads_nothing() throws Exception {
            CompletableFuture<Integer> login = begin();
            HttpResponse<String> away = get(staying, told().toString());
            String arrival = away.headers().firstValue("Location").orElseThrow();
            assertThat(arrival).contains("code=c0de");

            HttpResponse<String> redirect = get(staying, arrival);
            assertThat(redirect.statusCode()).isEqualTo(303);
            String next = redirect.headers().firstValue("Location").orElseThrow();
            assertThat(next).isEqualTo("/received");
            assertThat(redirect.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(redirect.headers().firstValue("Cache-Control")).contains("no-store");

            HttpResponse<String> page =
                    get(staying, URI.create(arrival).resolve(next).toString());
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; style-src 'sha256-");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(page.body()).doesNotContain("<script", "src=", "href=", "c0de");
            assertThat(login).succeedsWithin(LONG).isEqualTo(0);
        }

        @Test
        void gets_the_whole_answer_as_json() throws Exception {
            CompletableFuture<Integer> login = begin("--json", "--scope", "a b");
            get(following, told().toString());

            assertThat(login).succeedsWithin(LONG).isEqualTo(0);
            JsonObject answer = JsonObject.parse(out.toString().strip());
            assertThat(answer.requireString("access_token")).isEqualTo("t0ken");
            assertThat(answer.requireString("refresh_token")).isEqualTo("r3fresh");
            assertThat(answer.requireString("scope")).isEqualTo("a b");
            assertThat(answer.findLong("expires_in").orElseThrow()).isBetween(500L, 600L);
        }

        @Test
        void has_the_token_handed_to_a_command_by_its_environment(@TempDir Path folder) throws Exception {
            Path file = folder.resolve("seen");
            CompletableFuture<Integer> login = begin(
                    "--", "sh", "-c", "printf '%s' \"$SIGNET_ACCESS_TOKEN\" > \"$1\"; exit 7", "sh", file.toString());
            get(following, told().toString());

            assertThat(login).succeedsWithin(LONG).isEqualTo(7);
            assertThat(Files.readString(file)).isEqualTo("t0ken");
            assertThat(out.toString()).isEmpty();
        }

        @Test
        void is_told_if_the_command_is_none() throws Exception {
            CompletableFuture<Integer> login = begin("--", "/nowhere/to/be/found");
            get(following, told().toString());

            assertThat(login).succeedsWithin(LONG).isEqualTo(2);
            assertThat(err.toString())
                    .contains("the command after -- can't be run")
                    .doesNotContain("t0ken");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void has_the_browser_opened_if_there_is_one(boolean there) throws Exception {
            AtomicReference<URI> opened = new AtomicReference<>();
            Browser browser = page -> {
                if (!there) {
                    throw new IOException("no display");
                }
                opened.set(page);
            };
            CommandLine login = new CommandLine(new LoginCommand(terminal(), Clock.systemUTC(), browser));
            CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(
                    () -> login.execute("--issuer", server.issuer(), "--client-id", "cli"));
            URI told = told();
            get(following, told.toString());

            assertThat(ended).succeedsWithin(LONG).isEqualTo(0);
            if (there) {
                assertThat(opened.get()).isEqualTo(told);
            } else {
                assertThat(err.toString()).contains("open the address by hand");
            }
        }
    }

    @Nested
    @Requirement({"6749-4.1.1-01", "9700-4.2-02"})
    class A_response_that_belongs_to_nothing {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "?code=x",
                    "?code=x&state=other",
                    "?error=access_denied",
                    "?state=a&state=b",
                    "?state=%FF"
                })
        void is_answered_and_the_right_one_waited_for(String query) throws Exception {
            CompletableFuture<Integer> login = begin();
            HttpResponse<String> page = get(following, redirectUri() + query);
            assertThat(page.body()).contains("This answer was not expected");
            assertThat(page.uri().getQuery()).isNull();

            get(following, told().toString());
            assertThat(login).succeedsWithin(LONG).isEqualTo(0);
            assertThat(server.exchanged()).hasSize(1);
        }

        @Test
        @Requirement("9700-2.1-01")
        void sends_nobody_to_where_it_says() throws Exception {
            String elsewhere = "redirect_uri=https://evil.example/&return_to=//evil.example/&next=https:evil.example";
            CompletableFuture<Integer> login = begin();
            HttpResponse<String> ignored = get(staying, redirectUri() + "?state=x&" + elsewhere);
            assertThat(ignored.headers().firstValue("Location")).contains("/unexpected");

            server.answers("code=c0de&" + elsewhere);
            String arrival = get(staying, told().toString())
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            assertThat(get(staying, arrival).headers().firstValue("Location")).contains("/received");
            assertThat(login).succeedsWithin(LONG).isEqualTo(0);
        }

        @Test
        void is_no_post_and_no_other_path() throws Exception {
            CompletableFuture<Integer> login = begin();
            HttpResponse<String> posted = staying.send(
                    HttpRequest.newBuilder(URI.create(redirectUri()))
                            .POST(HttpRequest.BodyPublishers.ofString("code=x"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(posted.statusCode()).isEqualTo(405);
            assertThat(get(staying, redirectUri() + "/more").statusCode()).isEqualTo(404);
            get(following, told().toString());
            assertThat(login).succeedsWithin(LONG).isEqualTo(0);
        }
    }

    @Nested
    @Requirement("9126-2-05")
    class The_request {

        private FormParameters completed(String... options) throws Exception {
            CompletableFuture<Integer> login = begin(options);
            get(following, told().toString());
            assertThat(login).succeedsWithin(LONG).isEqualTo(0);
            assertThat(out.toString().lines()).containsExactly("t0ken");
            return server.authorized();
        }

        @Test
        void is_plain_where_nothing_else_is_taken(@TempDir Path folder) throws Exception {
            FormParameters query = completed("--key", file(folder, key(JwsAlgorithm.ES256)));
            assertThat(query.names()).contains("code_challenge").doesNotContain("request", "request_uri");
            assertThat(err.toString()).contains("the request is neither signed nor pushed", "sign in at this address:");
        }

        @Test
        void is_pushed_where_that_is_taken() throws Exception {
            server.offersPushing();
            server.offers("request_parameter_supported", true);
            FormParameters query = completed();

            assertThat(query.names()).containsExactly("client_id", "request_uri");
            assertThat(server.pushed()).hasSize(1);
            assertThat(server.pushed().get(0).require("client_id")).isEqualTo("cli");
            assertThat(err.toString())
                    .contains("the request is pushed")
                    .containsPattern("address within (89|90) seconds:");
        }

        @Test
        @Requirement({"9101-4-07", "9101-10.5-06"})
        void is_signed_with_the_key_where_that_is_taken(@TempDir Path folder) throws Exception {
            SigningKey key = key(JwsAlgorithm.ES256);
            server.offers("request_parameter_supported", true);
            FormParameters query = completed("--key", file(folder, key));

            assertThat(query.names()).containsExactly("client_id", "request");
            assertThat(UnverifiedJwt.parse(query.require("request"))
                            .verify(JwkSet.of(List.of(key.verificationKey())), Set.of(JwsAlgorithm.ES256))
                            .claims()
                            .requireString("aud"))
                    .isEqualTo(server.issuer());
            assertThat(server.exchanged().get(0).require("client_assertion")).isNotEmpty();
            assertThat(err.toString())
                    .contains("the request is signed\n")
                    .doesNotContain(key.toPrivateJwk().requireString("d"));
        }

        @Test
        void is_signed_and_pushed_where_both_are_taken(@TempDir Path folder) throws Exception {
            server.offersPushing();
            server.offers("request_parameter_supported", true);
            server.offers("request_object_signing_alg_values_supported", List.of("ES256"));
            FormParameters query = completed("--key", file(folder, key(JwsAlgorithm.ES256)));

            assertThat(query.names()).containsExactly("client_id", "request_uri");
            assertThat(server.pushed().get(0).names()).contains("request", "client_assertion");
            assertThat(err.toString()).contains("the request is signed and pushed");
        }

        @Test
        void is_not_signed_by_what_the_server_does_not_take(@TempDir Path folder) throws Exception {
            server.offersPushing();
            server.offers("request_parameter_supported", true);
            server.offers("request_object_signing_alg_values_supported", List.of("PS256"));
            completed("--key", file(folder, key(JwsAlgorithm.ES256)));

            assertThat(server.pushed().get(0).names()).doesNotContain("request");
            assertThat(err.toString()).contains("the request is pushed");
        }

        @Test
        void is_plain_if_that_is_wanted_and_not_forbidden(@TempDir Path folder) throws Exception {
            server.offersPushing();
            server.offers("request_parameter_supported", true);
            String file = file(folder, key(JwsAlgorithm.ES256));
            assertThat(completed("--plain", "--key", file).names()).doesNotContain("request", "request_uri");

            server.offers("require_signed_request_object", true);
            assertThat(run("--plain", "--key", file)).isEqualTo(1);
            assertThat(err.toString()).contains("takes signed authorization requests only");
        }

        @Test
        @Requirement("9101-10.5-05")
        void is_none_where_it_has_to_be_signed_and_there_is_no_key_that_fits(@TempDir Path folder) throws Exception {
            server.offers("require_signed_request_object", true);
            assertThat(run()).isEqualTo(1);
            assertThat(err.toString()).contains("takes signed authorization requests only", "Sign the request");

            server.offers("request_object_signing_alg_values_supported", List.of("PS256"));
            assertThat(run("--key", file(folder, key(JwsAlgorithm.ES256)))).isEqualTo(1);
            assertThat(err.toString())
                    .contains("no request objects signed by ES256")
                    .doesNotContain("sign in at");
        }

        @Test
        void has_no_key_that_is_none(@TempDir Path folder) throws Exception {
            Path file = folder.resolve("key");
            assertThat(run("--key", file.toString())).isEqualTo(2);
            assertThat(err.toString()).contains("the file cannot be read");
            Files.writeString(file, "s3cret");
            assertThat(run("--key", file.toString())).isEqualTo(1);
            Files.writeString(
                    file, key(JwsAlgorithm.ES256).verificationKey().toJwk().toJson());
            assertThat(run("--key", file.toString())).isEqualTo(2);
            assertThat(err.toString())
                    .contains("--key: the JWK has no private members")
                    .doesNotContain("s3cret");
        }
    }

    @Nested
    class No_token {

        @ParameterizedTest
        @CsvSource({
            "error=access_denied&error_description=no%0Athanks, signet: the server answered access_denied: no?thanks, said no",
            "error=invalid_scope, signet: the server answered invalid_scope, Ask for scopes",
            "other=x, signet: it has neither a code nor an error, Begin anew",
            "code=wrong, 400 invalid_grant, begin anew"
        })
        void is_had_from_a_server_that_refuses(String answer, String detail, String advice) throws Exception {
            server.answers(answer);
            CompletableFuture<Integer> login = begin();
            HttpResponse<String> page = get(following, told().toString());

            assertThat(login).succeedsWithin(LONG).isEqualTo(1);
            assertThat(err.toString()).contains(detail, advice);
            assertThat(out.toString()).isEmpty();
            assertThat(page.body()).contains(answer.startsWith("code") ? "close this window" : "Nothing was granted");
        }

        @Test
        @Requirement({"9207-2.4-02", "D-23"})
        void is_asked_for_after_a_mix_up() throws Exception {
            CompletableFuture<Integer> login = begin();
            String state = FormParameters.parse(told().getRawQuery()).require("state");
            get(following, redirectUri() + "?code=c0de&iss=https://other.example&state=" + state);

            assertThat(login).succeedsWithin(LONG).isEqualTo(1);
            assertThat(err.toString()).contains("its iss is not the server that was asked");
            assertThat(server.exchanged()).isEmpty();
        }

        @Test
        @Requirement({"9700-2.1-02", "D-27"})
        void is_asked_for_at_a_server_without_pkce_unless_told_so() throws Exception {
            server.doesNotSayThatItHasPkce();
            assertThat(run()).isEqualTo(1);
            assertThat(err.toString()).contains("S256").doesNotContain("sign in at");

            CompletableFuture<Integer> login = begin("--allow-unadvertised-pkce");
            get(following, told().toString());
            assertThat(login).succeedsWithin(LONG).isEqualTo(0);
        }

        @Test
        void is_had_if_nobody_comes_back() {
            assertThat(run("--timeout", "0s")).isEqualTo(1);
            assertThat(err.toString()).contains("nobody came back");
        }

        @Test
        void is_had_from_a_server_that_is_not_there() {
            server.close();
            assertThat(run()).isEqualTo(1);
            assertThat(err.toString()).contains("oauth-authorization-server", "Ask again later");
        }
    }

    @Nested
    class A_wrong_command_line {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "--issuer x --client-id a|--issuer: issuer must",
                    "--issuer https://as.example --client-id=|--client-id: ",
                    "--issuer https://as.example|Missing required option: '--client-id=ID'",
                    "--issuer https://as.example --client-id a --json -- env|--json is of no use with a command",
                    "--issuer https://as.example --client-id a --port 65536|--port: expected 0 to 65535",
                    "--issuer https://as.example --client-id a --timeout soon|expected a time"
                })
        void is_told(String options, String fault) {
            List<String> arguments = new ArrayList<>(List.of("login"));
            arguments.addAll(List.of(options.split(" ")));
            assertThat(SignetCommand.run(
                            terminal(), Environment.of(Map.of()), Clock.systemUTC(), arguments.toArray(new String[0])))
                    .isEqualTo(2);
            assertThat(err.toString()).startsWith("signet: ").contains(fault);
        }

        @ParameterizedTest
        @CsvSource({"--scope,a\"b,--scope: scope is malformed", "--resource,x,--resource: resource must"})
        void is_told_before_anybody_is_sent_away(String option, String value, String fault) {
            assertThat(run(option, value)).isEqualTo(2);
            assertThat(err.toString()).contains(fault).doesNotContain("sign in at");
        }

        @Test
        void a_port_that_is_taken_is_told() throws IOException {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                assertThat(run("--port", String.valueOf(taken.getLocalPort()))).isEqualTo(4);
            }
        }
    }
}
