package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spring Security's OAuth2 client gets its tokens from our server. As it comes it makes its assertions out for the token
 * endpoint, which needs a setting, here or there.
 */
@Tag("peer")
class SpringClientTest {

    private static final int CHECKS = 6;

    @Test
    @Requirement({"OIDC-9-01", "OIDC-9-02", "7523-2.1-01", "7523b-4-05", "7523b-6-01"})
    void agrees_with_us(@TempDir Path folder) throws Exception {
        try (PeerServer server = PeerServer.start(folder, "ES256");
                SpringProgram client = SpringProgram.start(folder, "spring-oauth", "ClientProgram")) {
            client.process().getOutputStream().write(input(server).getBytes(StandardCharsets.UTF_8));
            client.process().getOutputStream().close();
            assertThat(client.process().waitFor(120, TimeUnit.SECONDS)).isTrue();

            List<String> checks = client.said().stream()
                    .filter(line -> line.startsWith("ok ") || line.startsWith("failed "))
                    .toList();
            assertThat(checks).filteredOn(line -> !line.startsWith("ok ")).isEmpty();
            assertThat(checks).as("%s", client.said()).hasSize(CHECKS);
        }
    }

    private static String input(PeerServer server) {
        return JSONObjectUtils.toJSONString(Map.of(
                "issuer", server.issuer(),
                "tokenEndpoint", server.tokenEndpoint().toString(),
                "clientId", PeerServer.KEY_CLIENT,
                "legacyClientId", PeerServer.LEGACY_CLIENT,
                "clientKey", server.clientKey.toJSONObject(),
                "secretClientId", PeerServer.MAC_CLIENT,
                "secret", PeerServer.MAC_SECRET,
                "trustedIssuer", PeerServer.TRUSTED_ISSUER,
                "trustedKey", server.issuerKey.toJSONObject(),
                "subject", PeerServer.SUBJECT));
    }
}
