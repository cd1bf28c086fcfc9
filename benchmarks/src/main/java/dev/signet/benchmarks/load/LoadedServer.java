package dev.signet.benchmarks.load;

import dev.signet.core.Issuer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code signet serve} in a process of its own, with the options of the launcher. */
final class LoadedServer implements AutoCloseable {

    private final Process process;
    private final String issuer;

    private LoadedServer(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /**
     * Starts it and waits until it says that it is ready.
     *
     * @param store its store, as the configuration has it
     * @param parties whom it knows, as the configuration has them
     */
    static LoadedServer start(Path folder, String store, String parties) throws IOException {
        int port = freePort();
        String issuer = "http://127.0.0.1:" + port;
        Path config = Files.writeString(folder.resolve("signet.yaml"), """
                issuer: %s
                listen: {host: 127.0.0.1, port: %d}
                store: %s
                signing: {algorithm: ES256}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true, token_lifetime: 10m}
                %s""".formatted(issuer, port, store, parties));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:+UseSerialGC",
                        "-Xms16m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.signet.app.Signet",
                        "serve",
                        "--config",
                        config.toString()))
                .directory(folder.toFile())
                .redirectError(folder.resolve("server.log").toFile())
                .start();
        LoadedServer server = new LoadedServer(process, issuer);
        server.awaitReady(folder);
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(Path folder) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ready: ")) {
                return;
            }
        }
        throw new IOException("the server did not start:\n" + Files.readString(folder.resolve("server.log")));
    }

    Issuer issuer() {
        return Issuer.of(issuer);
    }

    String url(String path) {
        return issuer + path;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
