package dev.signet.systemtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.core.ClientId;
import dev.signet.core.http.FormParameters;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.systemtests.peer.PeopleServer;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** {@code signet login} as a process, which opens the browser of this machine: here one that writes down what it is to show. */
@EnabledOnOs(LINUX)
class LoginProcessTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static PeopleServer server;

    @BeforeAll
    static void startServer(@TempDir Path store) {
        server = PeopleServer.start(store);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void installBrowser() throws IOException {
        Path browser = folder.resolve("xdg-open");
        Files.writeString(browser, """
                #!/bin/sh
                printf '%s\\n' "$@" > "$OPENED.part"
                mv "$OPENED.part" "$OPENED"
                """);
        Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
    }

    private Process login(String... options) throws IOException {
        return loginAs(PeopleServer.PUBLIC, options);
    }

    private Process loginAs(ClientId client, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.signet.app.Signet",
                "login",
                "--issuer",
                server.issuer().value(),
                "--client-id",
                client.value(),
                "--scope",
                "orders.read"));
        command.addAll(List.of(options));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        process.environment().merge("PATH", "", (path, none) -> folder + File.pathSeparator + path);
        process.environment().put("OPENED", folder.resolve("opened").toString());
        return process.start();
    }

    /** What somebody does in a browser who was sent to an address. */
    private interface Visit {
        Page to(UserAgent browser, URI address) throws Exception;
    }

    /** Goes where the browser was told to go. */
    private Page walk(Visit visit) throws Exception {
        Path opened = folder.resolve("opened");
        Awaitility.await().atMost(LONG).until(() -> Files.exists(opened));
        List<String> arguments = Files.readAllLines(opened);
        assertThat(arguments).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("err"))).contains(arguments.get(0));
        assertThat(FormParameters.parse(URI.create(arguments.get(0)).getRawQuery())
                        .names())
                .as("pushed")
                .containsExactly("client_id", "request_uri");
        return visit.to(new UserAgent(), URI.create(arguments.get(0)));
    }

    private int end(Process login) throws InterruptedException {
        assertThat(login.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return login.exitValue();
    }

    private void assertAlices(String token) {
        assertThat(server.validate(token))
                .isInstanceOfSatisfying(
                        Valid.class,
                        valid -> assertThat(valid.token().subject()).isEqualTo(PeopleServer.ALICE));
    }

    @Test
    void prints_a_token_that_an_api_takes_and_nothing_else() throws Exception {
        Process login = login();
        Page page = walk(PeopleServer::approve);

        assertThat(page.html()).contains("You can close this window");
        assertThat(page.uri().toString()).matches("http://127\\.0\\.0\\.1:[0-9]+/received");
        assertThat(end(login)).isZero();
        List<String> printed = Files.readAllLines(folder.resolve("out"));
        assertThat(printed).hasSize(1);
        assertAlices(printed.get(0));
        assertThat(Files.readString(folder.resolve("err"))).doesNotContain(printed.get(0));
    }

    @Test
    @Requirement({"9126-2-05", "9101-10.5-06"})
    void signs_and_pushes_its_request_with_a_key() throws Exception {
        Path key = Files.writeString(
                folder.resolve("key.jwk"), FixedKeys.client().toPrivateJwk().toJson());
        Process login = loginAs(PeopleServer.WITH_KEY, "--key", key.toString());
        walk(PeopleServer::approve);

        assertThat(end(login)).isZero();
        assertThat(Files.readAllLines(folder.resolve("err"))).contains("the request is signed and pushed");
        assertAlices(Files.readString(folder.resolve("out")).strip());
    }

    @Test
    void gives_a_token_to_a_command_that_an_api_takes() throws Exception {
        Process login = login("--", "sh", "-c", "printf '%s' \"$SIGNET_ACCESS_TOKEN\"; exit 3");
        walk(PeopleServer::approve);

        assertThat(end(login)).isEqualTo(3);
        assertAlices(Files.readString(folder.resolve("out")));
    }

    @Test
    void ends_with_1_and_advice_when_the_person_says_no() throws Exception {
        Process login = login();
        Page page = walk(PeopleServer::leave);

        assertThat(page.html()).contains("Nothing was granted");
        assertThat(end(login)).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("out"))).isEmpty();
        assertThat(Files.readString(folder.resolve("err")))
                .contains("access_denied", "Nothing is wrong if the user said no");
    }

    /** By SIGTERM, which ends it as Ctrl-C does: a build that runs in the background has SIGINT ignored. */
    @Test
    void ends_quietly_when_it_is_told_to() throws Exception {
        Process login = login();
        Awaitility.await().atMost(LONG).until(() -> Files.exists(folder.resolve("opened")));
        assertThat(new ProcessBuilder("kill", "-TERM", String.valueOf(login.pid()))
                        .start()
                        .waitFor())
                .isZero();

        assertThat(end(login)).isEqualTo(143);
        assertThat(Files.readString(folder.resolve("out"))).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("err"))).hasSize(3).contains("the request is pushed");
    }
}
