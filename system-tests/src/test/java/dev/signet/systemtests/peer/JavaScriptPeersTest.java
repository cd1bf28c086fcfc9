package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.testkit.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code openid-client}, {@code oauth4webapi} and {@code jose}, the libraries most JavaScript programs use, against our server.
 */
@Tag("peer")
class JavaScriptPeersTest {

    private static final int CHECKS = 20;

    @Test
    @Requirement({"OIDC-9-01", "OIDC-9-02", "7523-2.1-01", "8707-2-02", "9068-2.1-06", "7521-4.2-05"})
    void clients_and_validators_agree_with_us(@TempDir Path folder) throws Exception {
        JavaScript peers = JavaScript.install(folder);

        try (PeerServer server = PeerServer.start(folder, "ES256")) {
            Process node = peers.start("peers.mjs", input(server));
            node.getOutputStream().close();
            assertThat(node.waitFor(120, TimeUnit.SECONDS)).isTrue();
            List<String> lines = peers.said();

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
}
