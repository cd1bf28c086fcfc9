package dev.signet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.outbound.OutboundHttp;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void every_step_goes_as_expected_and_shows_its_messages() throws Exception {
        try (Demo demo = Demo.start(Clock.systemUTC(), new SecureRandom(), lines::add)) {
            assertThat(demo.run()).isTrue();
            demo.printCommands();
        }
        assertThat(lines.stream().filter(line -> line.contains("-> as expected")))
                .hasSize(8);
        assertThat(lines)
                .noneMatch(line -> line.contains("NOT"))
                .contains("  POST /token HTTP/1.1", "  HTTP/1.1 200", "  HTTP/1.1 401", "  HTTP/1.1 400")
                .anyMatch(line -> line.contains("typ  at+jwt"))
                .anyMatch(line -> line.contains("WWW-Authenticate: Bearer "))
                .anyMatch(line -> line.startsWith("  curl -s "));
    }

    @Test
    void a_step_that_goes_wrong_is_told() {
        Conversation talk = new Conversation(OutboundHttp.builder().build(), Clock.systemUTC(), lines::add);
        talk.expect("one", true);
        assertThat(talk.wentAsExpected()).isTrue();
        talk.expect("two", false);
        talk.expect("three", true);
        assertThat(talk.wentAsExpected()).isFalse();
        assertThat(lines).contains("  -> NOT AS EXPECTED: two");
    }
}
