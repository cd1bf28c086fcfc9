package dev.signet.jwt.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.jwt.json.JsonException.Kind;
import dev.signet.testkit.Requirement;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {
    private static final JsonLimits SMALL = new JsonLimits(64, 3, 5, 10, 8);

    private static void assertRefused(Kind kind, String json) {
        assertRefused(kind, json.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
    }

    private static void assertRefused(Kind kind, byte[] json, JsonLimits limits) {
        assertThatThrownBy(() -> JsonObject.parse(json, limits))
                .isInstanceOfSatisfying(
                        JsonException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    private static JsonObject parse(String json, JsonLimits limits) {
        return JsonObject.parse(json.getBytes(StandardCharsets.UTF_8), limits);
    }

    @Nested
    class Rfc8259_grammar {
        @Test
        void keeps_members_in_order_with_their_types() {
            JsonObject object = JsonObject.parse(
                    " {\"b\":\"x\\u00e9\\/\",\"a\":-7,\"c\":1.50,\"d\":true,\"e\":null,\"f\":{\"g\":[1,\"2\",[]]}} ");
            assertThat(object.names()).containsExactly("b", "a", "c", "d", "e", "f");
            assertThat(object.findString("b")).contains("xé/");
            assertThat(object.findLong("a")).contains(-7L);
            assertThat(object.findNumber("c")).contains(new BigDecimal("1.50"));
            assertThat(object.findBoolean("d")).contains(true);
            assertThat(object.find("e")).contains(JsonNull.NULL);
            assertThat(object.findObject("f").orElseThrow().find("g")).contains(List.of(1L, "2", List.of()));
            assertThat(object.find("absent")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "[]",
                    "\"a\"",
                    "null",
                    "1",
                    "{",
                    "{}}",
                    "{} {}",
                    "{}x",
                    "{,}",
                    "{\"a\"}",
                    "{\"a\":}",
                    "{\"a\":1,}",
                    "{\"a\":1 \"b\":2}",
                    "{a:1}",
                    "{'a':1}",
                    "{\"a\":[1,]}",
                    "{\"a\":[1 2]}",
                    "{\"a\":[}",
                    "{\"a\":01}",
                    "{\"a\":-}",
                    "{\"a\":+1}",
                    "{\"a\":.5}",
                    "{\"a\":5.}",
                    "{\"a\":1e}",
                    "{\"a\":0x1}",
                    "{\"a\":NaN}",
                    "{\"a\":Infinity}",
                    "{\"a\":tru}",
                    "{\"a\":True}",
                    "{\"a\":\"\n\"}",
                    "{\"a\":\"\\x\"}",
                    "{\"a\":\"\\u12g4\"}",
                    "{\"a\":\"\\u12",
                    "{\"a\":\"\\",
                    "{\"a\":\"b",
                    "{/*c*/}",
                    "{}//",
                    "{\"a\":1}\0"
                })
        void refuses_what_is_no_json_object(String json) {
            assertRefused(Kind.MALFORMED, json);
        }

        @Test
        void reads_integers_beyond_long_exactly() {
            JsonObject object = JsonObject.parse(
                    "{\"a\":9223372036854775807,\"b\":9223372036854775808,\"c\":-9223372036854775808,\"d\":-0,\"e\":1e2}");
            assertThat(object.find("a")).contains(Long.MAX_VALUE);
            assertThat(object.find("b")).contains(new BigDecimal("9223372036854775808"));
            assertThat(object.find("c")).contains(Long.MIN_VALUE);
            assertThat(object.find("d")).contains(0L);
            assertThat(object.find("e")).contains(new BigDecimal("1E+2"));
        }
    }

    @Nested
    @Requirement("8725-3.7-01")
    class Rfc8725_section_3_7_utf8_only {
        private static final String JSON = "{\"a\":\"b\"}";

        @Test
        void accepts_utf8() {
            assertThat(JsonObject.parse("{\"ä\":\"😀\"}".getBytes(StandardCharsets.UTF_8))
                            .findString("ä"))
                    .contains("😀");
        }

        @ParameterizedTest
        @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
        void refuses_other_encodings(String charset) {
            assertRefused(Kind.MALFORMED, JSON.getBytes(Charset.forName(charset)), JsonLimits.JWT);
        }

        @Test
        void refuses_a_byte_order_mark() {
            assertRefused(Kind.MALFORMED, "\uFEFF" + JSON);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"c0af", "c081", "e080af", "eda080", "edbfbf", "f4908080", "ff", "80", "c3", "f09f98", "e9"})
        void refuses_overlong_truncated_and_surrogate_sequences(String hex) {
            byte[] json = HexFormat.of().parseHex("7b2261223a22" + hex + "227d");
            assertRefused(Kind.MALFORMED, json, JsonLimits.JWT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\ud800", "\\udc00", "\\ud800x", "\\udc00\\ud800", "a\\ud83d\\u0041"})
        void refuses_unpaired_surrogates(String escape) {
            assertRefused(Kind.MALFORMED, "{\"a\":\"" + escape + "\"}");
            assertRefused(Kind.MALFORMED, "{\"" + escape + "\":1}");
        }

        @Test
        void accepts_a_pair_of_escaped_surrogates() {
            assertThat(JsonObject.parse("{\"a\":\"\\ud83d\\ude00\"}").findString("a"))
                    .contains("😀");
        }
    }

    @Nested
    @Requirement("8725-3.7-02")
    class Rfc8725_section_3_7_duplicate_members {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"a\":1,\"a\":1}",
                    "{\"a\":1,\"\\u0061\":2}",
                    "{\"b\":{\"a\":1,\"a\":2}}",
                    "{\"b\":[{\"a\":1,\"a\":2}]}"
                })
        void refuses_them_at_every_depth_and_however_written(String json) {
            assertRefused(Kind.DUPLICATE_MEMBER, json);
        }

        @Test
        void refuses_them_among_many() {
            StringBuilder json = new StringBuilder("{");
            for (int member = 0; member < 100; member++) {
                json.append("\"m").append(member).append("\":0,");
            }
            assertThat(JsonObject.parse(json + "\"m100\":0}").size()).isEqualTo(101);
            assertRefused(Kind.DUPLICATE_MEMBER, json + "\"m0\":0}");
            assertRefused(Kind.DUPLICATE_MEMBER, json + "\"m99\":0}");
        }

        @Test
        void accepts_equal_names_in_different_objects() {
            assertThat(JsonObject.parse("{\"a\":{\"a\":1},\"b\":{\"a\":1}}").size())
                    .isEqualTo(2);
        }
    }

    @Nested
    @Requirement("8725-3.7-05")
    class Rfc8725_section_3_7_limits {
        @Test
        void refuses_a_longer_text() {
            assertThat(parse("{" + " ".repeat(62) + "}", SMALL).size()).isZero();
            assertRefused(Kind.LIMIT, ("{" + " ".repeat(63) + "}").getBytes(StandardCharsets.UTF_8), SMALL);
        }

        @Test
        void refuses_deeper_nesting() {
            assertThat(parse("{\"a\":[[]]}", SMALL).size()).isOne();
            assertRefused(Kind.LIMIT, "{\"a\":[[[]]]}".getBytes(StandardCharsets.UTF_8), SMALL);
            assertRefused(Kind.LIMIT, "{\"a\":[[{}]]}".getBytes(StandardCharsets.UTF_8), SMALL);
            assertRefused(Kind.LIMIT, "{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}");
        }

        @Test
        void refuses_more_members_and_elements_together() {
            assertThat(parse("{\"a\":[1,2],\"b\":{\"c\":1}}", SMALL).size()).isEqualTo(2);
            assertRefused(Kind.LIMIT, "{\"a\":[1,2,3],\"b\":{\"c\":1}}".getBytes(StandardCharsets.UTF_8), SMALL);
        }

        @Test
        void refuses_longer_strings_and_names() {
            assertThat(parse("{\"1234567890\":\"1234567890\"}", SMALL).size()).isOne();
            assertRefused(Kind.LIMIT, "{\"a\":\"12345678901\"}".getBytes(StandardCharsets.UTF_8), SMALL);
            assertRefused(Kind.LIMIT, "{\"12345678901\":1}".getBytes(StandardCharsets.UTF_8), SMALL);
        }

        @Test
        void refuses_longer_numbers() {
            assertThat(parse("{\"a\":12345678}", SMALL).size()).isOne();
            assertRefused(Kind.LIMIT, "{\"a\":123456789}".getBytes(StandardCharsets.UTF_8), SMALL);
            assertRefused(Kind.LIMIT, "{\"a\":" + "9".repeat(200_000) + "}");
        }

        @Test
        void holds_absurd_exponents_without_expanding_them() {
            JsonObject object = JsonObject.parse("{\"a\":1e999999999,\"b\":-1e-999999999}");
            assertThat(object).isEqualTo(JsonObject.parse(object.toJson()));
            assertThat(object.toJson()).hasSizeLessThan(60);
            assertRefused(Kind.LIMIT, "{\"a\":1e9999999999}");
        }

        @Test
        void refuses_limits_that_make_no_sense() {
            assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(1, 1, 1, 1, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(10, 65, 1, 1, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(10, 1, 1, 1, 1001));
        }
    }

    @Nested
    class Typed_members {
        private static final JsonObject OBJECT =
                JsonObject.parse("{\"s\":\"x\",\"n\":1,\"l\":[\"a\",\"b\"],\"m\":[\"a\",1],\"o\":[{}],\"z\":null}");

        @Test
        void gives_lists_of_one_type() {
            assertThat(OBJECT.findStrings("l")).contains(List.of("a", "b"));
            assertThat(OBJECT.findObjects("o")).contains(List.of(JsonObject.empty()));
            assertThat(OBJECT.findStrings("absent")).isEmpty();
        }

        @Test
        void never_mistakes_a_wrong_type_for_absence() {
            for (String name : List.of("n", "l", "z")) {
                assertThatThrownBy(() -> OBJECT.findString(name))
                        .isInstanceOf(JsonException.class)
                        .hasMessage(name + " is not a string");
            }
            assertThatThrownBy(() -> OBJECT.findStrings("m")).isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> OBJECT.findObjects("l")).isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> OBJECT.findLong("s")).isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> OBJECT.requireString("absent"))
                    .isInstanceOf(JsonException.class)
                    .hasMessage("absent is missing");
        }

        @Test
        void is_equal_whatever_the_order() {
            assertThat(JsonObject.parse("{\"a\":1,\"b\":[true]}"))
                    .isEqualTo(JsonObject.parse("{\"b\":[true],\"a\":1}"))
                    .hasSameHashCodeAs(JsonObject.parse("{\"b\":[true],\"a\":1}"))
                    .isNotEqualTo(JsonObject.parse("{\"a\":1,\"b\":[false]}"))
                    .isNotEqualTo(JsonObject.parse("{\"a\":1}"));
        }

        @Test
        void shows_names_and_no_values() {
            assertThat(JsonObject.parse("{\"client_secret\":\"s3cr3t\",\"n\":12345}")
                            .toString())
                    .contains("client_secret", "n")
                    .doesNotContain("s3cr3t", "12345");
        }
    }

    @Nested
    class Builder {
        @Test
        void writes_every_type_and_escapes_what_must_be() {
            JsonObject object = JsonObject.builder()
                    .put("s", "\"\\\n\t\r\b\u0000\u001f/é\u2028😀")
                    .put("n", 5)
                    .put("f", new BigDecimal("1.5"))
                    .put("b", true)
                    .put("o", JsonObject.empty())
                    .put("l", Arrays.asList("x", 1, JsonNull.NULL, List.of()))
                    .build();
            assertThat(object.toJson())
                    .isEqualTo(
                            "{\"s\":\"\\\"\\\\\\n\\t\\r\\u0008\\u0000\\u001f/é\u2028😀\",\"n\":5,\"f\":1.5,\"b\":true,"
                                    + "\"o\":{},\"l\":[\"x\",1,null,[]]}");
            assertThat(JsonObject.parse(object.toBytes())).isEqualTo(object);
        }

        @Test
        void replaces_in_place_and_removes() {
            JsonObject object = JsonObject.parse("{\"a\":1,\"b\":2,\"c\":3}");
            assertThat(object.toBuilder().put("a", 9).remove("b").build().toJson())
                    .isEqualTo("{\"a\":9,\"c\":3}");
            assertThat(object.toJson()).isEqualTo("{\"a\":1,\"b\":2,\"c\":3}");
        }

        @Test
        void refuses_null_and_what_json_does_not_have() {
            JsonObject.Builder builder = JsonObject.builder();
            assertThatIllegalArgumentException().isThrownBy(() -> builder.put("a", (String) null));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.put(null, "a"));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.put("a", (Object) 1.5));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.put("a", Arrays.asList("x", null)));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.put("a", "\ud800"));
            assertThat(builder.build().size()).isZero();
        }

        @Test
        void is_not_changed_through_a_list_it_was_given() {
            List<String> list = new java.util.ArrayList<>(List.of("a"));
            JsonObject object = JsonObject.builder().put("l", list).build();
            list.add("b");
            assertThat(object.toJson()).isEqualTo("{\"l\":[\"a\"]}");
        }
    }
}
