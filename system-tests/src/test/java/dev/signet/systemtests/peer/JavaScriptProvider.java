package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.core.Issuer;
import dev.signet.systemtests.process.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code oidc-provider} in a process of its own, with JWT access tokens for {@link #RESOURCE}, scope {@code orders.read}. */
final class JavaScriptProvider implements AutoCloseable {

    static final String RESOURCE = "https://api.example.com/orders";

    private final Process process;
    private final Issuer issuer;

    private JavaScriptProvider(Process process, Issuer issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /**
     * Starts it; where that can't be done, the test is skipped.
     *
     * @param folder where its output goes
     * @param algorithm what it signs with
     * @param clients their metadata (RFC 7591), but for what clients of the client credentials grant have in common
     */
    static JavaScriptProvider start(Path folder, String algorithm, List<Map<String, Object>> clients)
            throws IOException, InterruptedException {
        return start(folder, algorithm, clients, false);
    }

    /** As {@link #start(Path, String, List)}, and authorization requests have to be signed and pushed. */
    static JavaScriptProvider demanding(Path folder, String algorithm, List<Map<String, Object>> clients)
            throws IOException, InterruptedException {
        return start(folder, algorithm, clients, true);
    }

    private static JavaScriptProvider start(
            Path folder, String algorithm, List<Map<String, Object>> clients, boolean demanding)
            throws IOException, InterruptedException {
        JavaScript script = JavaScript.install(folder);
        int port = ServerProcess.freePort();
        String issuer = "http://127.0.0.1:" + port;
        Process process = script.start(
                "provider.mjs",
                JSONObjectUtils.toJSONString(Map.of(
                        "issuer", issuer,
                        "port", port,
                        "resource", RESOURCE,
                        "algorithm", algorithm,
                        "clients", clients,
                        "demanding", demanding)));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> script.said().contains("ready"));
        return new JavaScriptProvider(process, Issuer.of(issuer));
    }

    /** What follows after somebody logged in and approved. */
    static Page approve(UserAgent browser, URI away) throws Exception {
        Page page = browser.open(away);
        page = browser.send(page, Map.of("login", "alice", "password", "wonderland"));
        page = browser.send(page, Map.of());
        return page.status() == 200 ? browser.send(page, Map.of()) : page;
    }

    Issuer issuer() {
        return issuer;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
