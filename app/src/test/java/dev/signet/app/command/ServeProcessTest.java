package dev.signet.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.Signet;
import dev.signet.app.server.DataFolder;
import dev.signet.app.server.TestServer;
import dev.signet.jwt.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as the operating system sees it: started, asked, told to stop. */
class ServeProcessTest {

    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process signet(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Signet.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(
                        folder.resolve("err-" + processes.size() + ".txt").toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String log(int process) throws IOException {
        return Files.readString(folder.resolve("err-" + process + ".txt"));
    }

    /** What it says until it is ready. */
    private static List<String> untilReady(Process process) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith("ready: ")) {
                return lines;
            }
        }
        throw new AssertionError("it ended before it was ready: " + lines);
    }

    private static String secretIn(List<String> said) {
        return said.stream()
                .filter(line -> line.contains("client_secret: "))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .findFirst()
                .orElseThrow();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Puts the server without configuration on a port that is free. */
    private int choosePort() throws IOException {
        int port = freePort();
        Path config = folder.resolve("signet-data/signet.yaml");
        Files.writeString(config, Files.readString(config).replace("8080", String.valueOf(port)));
        return port;
    }

    @Test
    void without_configuration_it_makes_its_folder_once_and_introduces_a_client_once() throws Exception {
        DataFolder.in(folder.resolve("signet-data"));
        int port = choosePort();

        Process first = signet("serve");
        List<String> said = untilReady(first);
        String secret = secretIn(said);
        assertThat(said)
                .anyMatch(line -> line.contains("curl -s -u bootstrap:" + secret
                        + " -d grant_type=client_credentials http://localhost:" + port + "/token"));
        HttpResponse<String> token = TestServer.requestTokenWithSecret(port, "bootstrap", secret);
        assertThat(token.statusCode()).isEqualTo(200);

        Process second = signet("serve");
        assertThat(exitCode(second)).isEqualTo(3);
        assertThat(log(1).lines())
                .hasSize(1)
                .first()
                .asString()
                .matches("signet: the store file .*signet\\.mv\\.db is open in another process; .*");

        Process keys = signet("keys", "list", "--config", "signet-data/signet.yaml");
        assertThat(new String(keys.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .as("told by the server, which holds the store")
                .contains("ES256  signs since ");
        assertThat(exitCode(keys)).isZero();

        // No file of the caller can have that name where its letters are those of ASCII.
        Process show = signet("trust", "show", "https://caf\u00e9.example", "--config", "signet-data/signet.yaml");
        assertThat(exitCode(show)).isEqualTo(1);
        assertThat(log(3).lines()).hasSize(1).first().asString().startsWith("signet: nothing is known of a trust in ");

        first.destroy();
        assertThat(exitCode(first)).isEqualTo(143);
        assertThat(log(0).lines().map(JsonObject::parse))
                .extracting(line -> line.findString("event").orElse(""))
                .containsExactly(
                        "signing-key-published",
                        "started",
                        "token-issued",
                        "command",
                        "command",
                        "stopping",
                        "stopped");
        assertThat(log(0)).doesNotContain(secret);

        Process again = signet("serve");
        assertThat(untilReady(again)).containsExactly("ready: http://localhost:" + port);
        assertThat(TestServer.requestTokenWithSecret(port, "bootstrap", secret).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_first_start_that_could_not_listen_leaves_the_introduction_to_the_next() throws Exception {
        DataFolder.in(folder.resolve("signet-data"));
        int port = choosePort();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(taken.getLocalPort()).isEqualTo(port);
            assertThat(exitCode(signet("serve"))).isEqualTo(4);
        }

        Process second = signet("serve");
        String secret = secretIn(untilReady(second));
        assertThat(TestServer.requestTokenWithSecret(port, "bootstrap", secret).statusCode())
                .isEqualTo(200);
    }

    @Test
    void sigterm_lets_a_request_under_way_end() throws Exception {
        TestServer setup = new TestServer(folder);
        int port = freePort();
        Path config = setup.config();
        Files.writeString(config, Files.readString(config).replace("port: 0", "port: " + port));
        Process server = signet("serve", "--config", config.toString());
        untilReady(server);
        String body = TestServer.form(setup.clientAssertion());
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String head = "POST /token HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                    + "\r\n\r\n";
            socket.getOutputStream().write((head + body.substring(0, 100)).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            TestServer.get(port, "/health/live"); // answered after the server has seen the half request before it
            server.destroy();
            awaitStopping();
            socket.getOutputStream().write(body.substring(100).getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("access_token");
        }
        assertThat(exitCode(server)).isEqualTo(143);
    }

    private void awaitStopping() {
        Awaitility.await().until(() -> log(0).contains("\"stopping\""));
    }
}
