package dev.signet.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.config.YamlNode.Entries;
import dev.signet.app.config.YamlNode.Items;
import dev.signet.app.config.YamlNode.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private final Faults faults = new Faults("signet.yaml");

    private Optional<Entries> read(String text) {
        return new YamlReader(faults, Environment.of(Map.of("NAME", "value", "TRICK", "a: [b]\n${NAME}"))).read(text);
    }

    private List<String> faults() {
        try {
            faults.throwIfAny();
            return List.of();
        } catch (ConfigException e) {
            return e.faults().stream().map(Fault::toString).toList();
        }
    }

    private static Scalar scalar(Entries entries, String key) {
        return (Scalar) entries.entries().get(key).value();
    }

    @Test
    void every_value_knows_its_line() {
        Entries top = read("a: 1\n\nb:\n  - {c: x}\n  - y\n").orElseThrow();
        assertThat(scalar(top, "a").line()).isEqualTo(1);
        assertThat(top.entries().get("b").keyLine()).isEqualTo(3);
        Items items = (Items) top.entries().get("b").value();
        assertThat(items.items()).extracting(YamlNode::line).containsExactly(4, 5);
        assertThat(faults()).isEmpty();
    }

    @Test
    void json_is_yaml_too() {
        Entries top = read("{\"keys\": [{\"kty\": \"EC\"}]}").orElseThrow();
        assertThat(top.entries()).containsOnlyKeys("keys");
    }

    @Test
    void an_empty_file_is_an_empty_mapping() {
        assertThat(read("").map(Entries::entries)).isEmpty();
        assertThat(read("# only a comment\n").map(Entries::entries)).isEmpty();
        assertThat(read("---\n").orElseThrow().entries()).isEmpty();
    }

    @Nested
    class Refused {
        @Test
        void a_key_given_twice_at_any_depth() {
            read("a: 1\nb: {c: 1, c: 2}\na: 2\n");
            assertThat(faults())
                    .containsExactly(
                            "signet.yaml:2: b.c: given twice, first in line 2",
                            "signet.yaml:3: a: given twice, first in line 1");
        }

        @Test
        void anchors_aliases_and_tags() {
            read("a: &x [1]\nb: *x\nc: !!binary aaaa\n");
            assertThat(faults())
                    .containsExactly(
                            "signet.yaml:1: a: anchors and aliases (& and *) are not used here: write the value out",
                            "signet.yaml:2: b: anchors and aliases (& and *) are not used here: write the value out",
                            "signet.yaml:3: c: tags (!) are not used here: write the plain value");
        }

        @Test
        void half_of_a_surrogate_pair() {
            read("a: \"x\\ud800\"\n\"b\\udc00\": 1\n");
            assertThat(faults())
                    .containsExactly(
                            "signet.yaml:1: a: holds a half of a surrogate pair",
                            "signet.yaml:2: holds a half of a surrogate pair");
        }

        @Test
        void a_second_document() {
            read("a: 1\n---\nb: 2\n");
            assertThat(faults()).containsExactly("signet.yaml:3: expected one YAML document, found a second one");
        }

        @Test
        void what_is_no_mapping() {
            read("- a\n");
            assertThat(faults()).containsExactly("signet.yaml:1: expected keys and values at the top, found a list");
        }

        @Test
        void a_key_that_is_no_text() {
            read("? [a, b]\n: c\nd: e\n");
            assertThat(faults()).containsExactly("signet.yaml:1: a key must be plain text");
        }

        @Test
        void endless_nesting() {
            read("a: " + "[".repeat(10_000));
            assertThat(faults()).hasSize(1);
            assertThat(faults().get(0)).contains("nested more than 32 levels deep");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a: [1", "a: 'x", "\ta: 1", "a: b: c", "a: \"\\q\"", "%", "a: @x", "}", "a: \u0000"})
        void what_is_no_yaml_with_its_line(String text) {
            read("ok: 1\n" + text + "\n");
            assertThat(faults()).hasSize(1);
            assertThat(faults().get(0)).matches("signet\\.yaml(:[234])?: not YAML: .+");
        }
    }

    @Nested
    class EnvironmentVariables {
        @Test
        void their_values_take_the_place_of_references() {
            Entries top = read("a: ${NAME}\nb: \"x-${NAME}-y\"\nc: $${NAME}\nd: $NAME\n")
                    .orElseThrow();
            assertThat(scalar(top, "a").value()).isEqualTo("value");
            assertThat(scalar(top, "b").value()).isEqualTo("x-value-y");
            assertThat(scalar(top, "c").value()).isEqualTo("${NAME}");
            assertThat(scalar(top, "d").value()).isEqualTo("$NAME");
            assertThat(faults()).isEmpty();
        }

        @Test
        void their_values_bring_no_structure_and_no_further_references() {
            Entries top = read("a: ${TRICK}\n").orElseThrow();
            assertThat(scalar(top, "a").value()).isEqualTo("a: [b]\n${NAME}");
        }

        @Test
        void one_that_is_not_set_is_a_fault() {
            read("x: 1\na: {b: ['${MISSING}']}\nc: ${not a name}\n");
            assertThat(faults())
                    .containsExactly(
                            "signet.yaml:2: a.b[0]: the environment variable MISSING is not set",
                            "signet.yaml:3: c: expected the name of an environment variable inside ${…}");
        }
    }
}
