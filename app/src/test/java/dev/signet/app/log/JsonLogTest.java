package dev.signet.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class JsonLogTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Logger ours = LoggerFactory.getLogger("dev.signet.app.Something");
    private final Logger library = LoggerFactory.getLogger("com.example.Library");

    private List<JsonObject> lines() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(JsonObject::parse)
                .toList();
    }

    @Test
    void an_event_is_one_line_of_json() {
        JsonLog.start(out, LogLevel.INFO);
        ours.atInfo()
                .addKeyValue("client", "c1")
                .addKeyValue("count", 5)
                .addKeyValue("ok", true)
                .log("token issued");
        JsonObject line = lines().get(0);
        assertThat(Instant.parse(line.requireString("time"))).isAfter(Instant.EPOCH);
        assertThat(line.requireString("level")).isEqualTo("INFO");
        assertThat(line.requireString("logger")).isEqualTo("dev.signet.app.Something");
        assertThat(line.requireString("message")).isEqualTo("token issued");
        assertThat(line.requireString("client")).isEqualTo("c1");
        assertThat(line.findLong("count")).contains(5L);
        assertThat(line.findBoolean("ok")).contains(true);
    }

    @Test
    void nobody_can_forge_a_line_or_a_member() {
        JsonLog.start(out, LogLevel.INFO);
        String evil = "x\"}\n{\"level\":\"ERROR\",\u2028\u0085\r\u0000\ud800";
        ours.atInfo()
                .addKeyValue("client", evil)
                .addKeyValue("level", "FORGED")
                .addKeyValue("message", "FORGED")
                .log("about " + evil);
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0).requireString("level")).isEqualTo("INFO");
        assertThat(lines().get(0).requireString("client")).isEqualTo(evil.replace('\ud800', '\ufffd'));
    }

    @Test
    void what_ends_lines_or_turns_writing_is_not_there_as_it_is() {
        JsonLog.start(out, LogLevel.INFO);
        String evil = "a\u2028b\u2029c\u202ed\u2066e\u0085f\ufeff";
        ours.atInfo().addKeyValue("client", evil).log(evil);
        assertThat(out.toString(StandardCharsets.UTF_8).strip())
                .matches("\\p{Print}+")
                .contains("\\u2028b");
        assertThat(lines().get(0).requireString("client")).isEqualTo(evil);
    }

    @Test
    void a_long_value_is_cut() {
        JsonLog.start(out, LogLevel.INFO);
        ours.info("x".repeat(100_000));
        assertThat(out.size()).isLessThan(3_000);
    }

    @Test
    void an_exception_shows_where_but_not_the_words_of_libraries() {
        JsonLog.start(out, LogLevel.INFO);
        Exception thrown =
                new IllegalArgumentException("password=hunter2", new IllegalStateException("assertion eyJhbGciOi"));
        ours.atError().setCause(thrown).log("failed");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("hunter2")
                .doesNotContain("eyJ");
        JsonObject exception = lines().get(0).requireObject("exception");
        assertThat(exception.requireString("type")).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(exception.findStrings("at").orElseThrow().get(0)).startsWith("dev.signet.app.log.JsonLogTest");
        assertThat(exception.requireObject("cause").requireString("type")).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void the_level_is_for_our_own_loggers_and_libraries_stay_quiet() {
        JsonLog.start(out, LogLevel.DEBUG);
        ours.debug("shown");
        library.info("not shown");
        library.warn("shown");
        LoggerFactory.getLogger("org.eclipse.jetty.Something").warn("not shown");
        assertThat(lines()).extracting(line -> line.requireString("message")).containsExactly("shown", "shown");
        out.reset();
        JsonLog.start(out, LogLevel.ERROR);
        ours.warn("not shown");
        library.warn("not shown");
        ours.error("shown");
        assertThat(lines()).hasSize(1);
    }
}
