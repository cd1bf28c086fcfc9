package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** {@code code-flow.mjs}: {@code openid-client}, which Alice approves. */
final class CodeFlowScript {

    private CodeFlowScript() {}

    /** Has it get two access tokens of Alice's, with that input. */
    static void run(JavaScript script, PeopleServer server, UserAgent browser, Map<String, Object> input)
            throws Exception {
        Process node = script.start("code-flow.mjs", JSONObjectUtils.toJSONString(input));
        Page page = PeopleServer.approve(browser, address(script));
        if (input.get("responseMode").equals("form_post")) {
            page = browser.send(page, Map.of());
        }
        node.getOutputStream().write((page.response() + "\n").getBytes(StandardCharsets.UTF_8));
        node.getOutputStream().close();

        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = script.said();
        assertThat(lines).last().isEqualTo("done");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("token "))
                .hasSize(2)
                .allSatisfy(line -> server.assertAlices(line.substring("token ".length())));
    }

    private static URI address(JavaScript script) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> script.said().stream()
                                .filter(line -> line.startsWith("open "))
                                .map(line -> URI.create(line.substring("open ".length())))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
