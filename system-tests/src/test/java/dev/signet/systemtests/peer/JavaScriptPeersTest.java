package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code openid-client} and {@code jose}, the libraries most JavaScript programs use, against our server. */
class JavaScriptPeersTest {

    private static final Path SCRIPTS = Path.of("src", "test", "node");
    private static final int CHECKS = 9;

    @Test
    @Requirement({"OIDC-9-01", "OIDC-9-02", "7523-2.1-01", "8707-2-02", "9068-2.1-06"})
    void openid_client_and_jose_agree_with_us(@TempDir Path folder) throws Exception {
        assumeTrue(runs(folder, "node", "--version"), "Node is not installed");
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "peers.mjs")) {
            Files.copy(SCRIPTS.resolve(file), folder.resolve(file));
        }
        assumeTrue(runs(folder, "npm", "ci", "--ignore-scripts"), "npm can't install the JavaScript peers");

        try (PeerServer server = PeerServer.start(folder, "ES256")) {
            Process node = process(folder, "node", "peers.mjs");
            node.getOutputStream().write(input(server).getBytes(StandardCharsets.UTF_8));
            node.getOutputStream().close();
            assertThat(node.waitFor(120, TimeUnit.SECONDS)).isTrue();
            List<String> lines = Files.readAllLines(folder.resolve("node.log"));

            assertThat(lines).filteredOn(line -> !line.startsWith("ok ")).isEmpty();
            assertThat(lines).hasSize(CHECKS);
            assertThat(node.exitValue()).isZero();
        }
    }

    private static String input(PeerServer server) {
        return JSONObjectUtils.toJSONString(Map.of(
                "issuer", server.issuer(),
                "resource", PeerServer.RESOURCE,
                "clientId", PeerServer.KEY_CLIENT,
                "clientKey", server.clientKey.toJSONObject(),
                "secretClientId", PeerServer.MAC_CLIENT,
                "secret", PeerServer.MAC_SECRET,
                "trustedIssuer", PeerServer.TRUSTED_ISSUER,
                "trustedKey", server.issuerKey.toJSONObject(),
                "subject", PeerServer.SUBJECT));
    }

    private static boolean runs(Path folder, String... command) throws InterruptedException {
        try {
            Process process = process(folder, command);
            return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process process(Path folder, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(command[0] + ".log").toFile())
                .start();
    }
}
