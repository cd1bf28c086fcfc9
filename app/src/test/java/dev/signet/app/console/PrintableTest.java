package dev.signet.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @Test
    void what_could_steer_a_terminal_is_written_out() {
        assertThat(Printable.text("a\u001b[31mb\r\n\u009bc\u202ed\u200be\u2028"))
                .isEqualTo("a\\u001b[31mb\\u000d\\u000a\\u009bc\\u202ed\\u200be\\u2028");
        assertThat(Printable.text("naïve 日本 😀 \\ \"")).isEqualTo("naïve 日本 😀 \\ \"");
    }

    @Test
    void json_values_keep_their_shape() {
        JsonObject object = JsonObject.parse(
                "{\"a\":\"x\\u001b\",\"b\":[1,true,null,\"q\\\"q\"],\"c\":{\"d\":1e400},\"e\\n\":2.50}");
        assertThat(Printable.indented(object, "")).isEqualTo("""
                {
                  "a": "x\\u001b",
                  "b": [1,true,null,"q\\"q"],
                  "c": {"d":1E+400},
                  "e\\u000a": 2.50
                }""");
        assertThat(Printable.value("plain")).isEqualTo("plain");
    }

    @ParameterizedTest
    @CsvSource({
        "0,now",
        "1,in 1 second",
        "59,in 59 seconds",
        "60,in 1 minute",
        "90,in 1 minute 30 seconds",
        "3600,in 1 hour",
        "3900,in 1 hour 5 minutes",
        "100000,in 27 hours 46 minutes",
        "172800,in 2 days",
        "-45,45 seconds ago",
        "-259200,3 days ago"
    })
    void distances_in_words(long seconds, String words) {
        Instant now = Instant.parse("2026-11-21T08:00:00Z");
        assertThat(TimeWords.distance(now.plusSeconds(seconds), now)).isEqualTo(words);
    }

    @Test
    void a_time_and_its_distance() {
        Instant now = Instant.parse("2026-11-21T08:00:00Z");
        assertThat(TimeWords.of(now.plus(Duration.ofMinutes(9)), now)).isEqualTo("2026-11-21T08:09:00Z, in 9 minutes");
    }
}
