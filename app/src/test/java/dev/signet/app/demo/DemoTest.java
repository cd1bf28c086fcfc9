package dev.signet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.app.listener.ListenException;
import dev.signet.outbound.OutboundHttp;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void every_step_goes_as_expected_and_shows_its_messages() throws Exception {
        try (Demo demo = Demo.start(Clock.systemUTC(), new SecureRandom(), lines::add)) {
            assertThat(demo.run()).isTrue();
            demo.printCommands();
        }
        assertThat(lines.stream().filter(line -> line.contains("-> as expected")))
                .hasSize(18);
        assertThat(lines)
                .noneMatch(line -> line.contains("NOT"))
                .contains("  POST /token HTTP/1.1", "  HTTP/1.1 200", "  HTTP/1.1 401", "  HTTP/1.1 400")
                .anyMatch(line -> line.contains("typ  at+jwt"))
                .anyMatch(line -> line.contains("typ  oauth-authz-req+jwt"))
                .contains("  POST /par HTTP/1.1", "  HTTP/1.1 201")
                .anyMatch(line -> line.contains("WWW-Authenticate: Bearer "))
                .anyMatch(line -> line.startsWith("  curl -s "));
    }

    @Test
    void a_start_that_fails_late_leaves_nothing_behind(@TempDir Path parent) throws Exception {
        Path folder = Files.createDirectory(parent.resolve("demo"));
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            free = socket.getLocalPort();
        }
        SecureRandom random = new SecureRandom();
        DemoParties parties = new DemoParties(Clock.systemUTC(), random);
        try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
            DemoStage.Place place = new DemoStage.Place(folder, free, taken.getLocalPort());
            assertThatThrownBy(() -> DemoStage.build(place, parties, Clock.systemUTC(), random))
                    .isInstanceOf(ListenException.class);
        }
        assertThat(folder).doesNotExist();
        new ServerSocket(free, 1, loopback).close(); // the server is gone, too
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
