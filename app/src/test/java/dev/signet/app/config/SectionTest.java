package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {

    private final Faults faults = new Faults("f");

    private Section section(String yaml) {
        return Section.top(
                new YamlReader(faults, Environment.of(Map.of())).read(yaml).orElseThrow(), faults);
    }

    private List<String> faults() {
        try {
            faults.throwIfAny();
            return List.of();
        } catch (ConfigException e) {
            return e.faults().stream().map(Fault::toString).toList();
        }
    }

    @Test
    void right_values_are_read() {
        Section section = section("t: x\nn: 5\nf: true\nd: 1h30m\nl: [a, b]\none: a\nm: {k: v}\ns: [{k: v}, {k: w}]\n");
        assertThat(section.text("t")).contains("x");
        assertThat(section.integer("n", 1, 9)).contains(5);
        assertThat(section.flag("f")).contains(true);
        assertThat(section.duration("d")).contains(Duration.ofMinutes(90));
        assertThat(section.values("l", "text", text -> text)).contains(List.of("a", "b"));
        assertThat(section.values("one", "text", text -> text)).contains(List.of("a"));
        assertThat(section.section("m").flatMap(m -> m.text("k"))).contains("v");
        assertThat(section.sections("s")).hasSize(2);
        assertThat(section.text("absent")).isEmpty();
        section.done();
        assertThat(faults()).isEmpty();
    }

    @Test
    void every_wrong_value_is_told_and_reading_goes_on() {
        Section section = section("t: [x]\nn: 15\nf: yes\nd: 10\nl: [a, {b: c}]\nm: text\ns: {k: v}\ne:\nx: 1\n");
        section.text("t");
        section.integer("n", 1, 9);
        section.flag("f");
        section.duration("d");
        assertThat(section.values("l", "text", text -> text)).contains(List.of("a"));
        section.section("m");
        section.sections("s");
        section.text("e");
        section.required("r", "something", text -> text);
        section.done();
        assertThat(faults())
                .containsExactly(
                        "f:1: t: expected text, found a list",
                        "f:1: r: is missing: expected something",
                        "f:2: n: expected a whole number from 1 to 9",
                        "f:3: f: expected true or false",
                        "f:4: d: expected a time such as 30s, 10m or 1h",
                        "f:5: l[1]: expected text, found a mapping",
                        "f:6: m: expected a mapping, found a single value",
                        "f:7: s: expected a list, found a mapping",
                        "f:8: e: expected text, found nothing",
                        "f:9: x: unknown key: expected one of t, n, f, d, l, m, s, e, r");
    }

    @ParameterizedTest
    @CsvSource({"30s,30", "10m,600", "1h,3600", "2d,172800", "1d2h3m4s,93784", "0s,0"})
    void times(String text, long seconds) {
        assertThat(DurationText.parse(text)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "m", "10 m", "-5s", "5s1m", "1.5h", "10M", "99999999999s", "PT5S", ""})
    void what_is_no_time(String text) {
        Section section = section("d: '" + text + "'\n");
        assertThat(section.duration("d")).isEmpty();
        assertThat(faults()).hasSize(1);
    }
}
