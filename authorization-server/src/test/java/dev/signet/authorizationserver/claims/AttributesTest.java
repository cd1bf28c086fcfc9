package dev.signet.authorizationserver.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AttributesTest {

    private static JsonObject object(String name, Object value) {
        return JsonObject.builder().put(name, value).build();
    }

    /** Arrays within each other. */
    private static Object nested(int depth) {
        Object value = "x";
        for (int level = 0; level < depth; level++) {
            value = List.of(value);
        }
        return value;
    }

    private static String ofLength(int length) {
        return "x".repeat(length - 2);
    }

    @Nested
    class Configured {

        @Test
        void have_names_and_values_within_the_limits() {
            for (JsonObject fit : List.of(
                    object("n".repeat(Attributes.LONGEST_NAME), true),
                    object("text", ofLength(Attributes.LONGEST_VALUE)),
                    object("deep", nested(Attributes.DEEPEST_VALUE)))) {
                assertThat(Attributes.of(fit).toJson()).isEqualTo(fit);
            }
        }

        @Test
        void are_refused_beyond_them_with_all_that_is_wrong() {
            assertThatThrownBy(() -> Attributes.of(JsonObject.builder()
                            .put("", "x")
                            .put("n".repeat(Attributes.LONGEST_NAME + 1), "x")
                            .put("text", ofLength(Attributes.LONGEST_VALUE + 1))
                            .put("deep", nested(Attributes.DEEPEST_VALUE + 1))
                            .put("nothing", JsonNull.NULL)
                            .build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("attributes: a name must have 1 to 256 characters, a name must have")
                    .hasMessageContainingAll("text must have a value of at most", "deep must have", "nothing must have")
                    .hasMessageNotContaining("xxx");
        }

        @Test
        void are_not_many() {
            JsonObject.Builder many = JsonObject.builder();
            for (int each = 0; each < Attributes.MOST; each++) {
                many.put("attribute" + each, each);
            }
            assertThat(Attributes.of(many.build()).toJson().size()).isEqualTo(Attributes.MOST);
            many.put("another", 0);
            assertThatThrownBy(() -> Attributes.of(many.build())).hasMessage("attributes: there are more than 64");
        }
    }

    @Nested
    class Asserted {

        @Test
        void are_those_named_that_are_there() {
            Attributes attributes = Attributes.among(
                    JsonObject.builder()
                            .put("mail", "ann@example.com")
                            .put("secret", "x")
                            .put("nothing", JsonNull.NULL)
                            .build(),
                    Set.of("mail", "nothing", "absent"));
            assertThat(attributes.toJson()).isEqualTo(object("mail", "ann@example.com"));
        }

        @Test
        void are_null_beyond_the_limits() {
            for (Object unfit : List.of(ofLength(Attributes.LONGEST_VALUE + 1), nested(Attributes.DEEPEST_VALUE + 1))) {
                assertThat(Attributes.among(object("mail", unfit), Set.of("mail"))
                                .find("mail"))
                        .contains(JsonNull.NULL);
            }
        }
    }

    @Test
    void are_not_shown() {
        assertThat(Attributes.of(object("mail", "ann@example.com"))).hasToString("Attributes [mail]");
        assertThat(Attributes.none().isEmpty()).isTrue();
    }
}
