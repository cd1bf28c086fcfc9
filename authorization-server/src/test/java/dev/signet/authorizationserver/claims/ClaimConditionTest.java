package dev.signet.authorizationserver.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimConditionTest {

    private static final JsonObject CLAIMS = JsonObject.parse("""
            {
              "ref": "refs/heads/main", "id": "74", "number": 74, "decimal": 74.0, "protected": true, "nothing": null,
              "groups": ["staff", 7, ["nested"], null], "none": [], "empty": "", "one": {"ref": "refs/heads/main"}
            }""");

    private static boolean isMet(ClaimCondition condition) {
        return condition.isMet(CLAIMS);
    }

    @Nested
    @DisplayName("RFC 7523 §5: what was agreed about further claims")
    class Agreed {

        @Test
        @Requirement("7523-5-02")
        void is_a_value_of_the_same_type() {
            assertThat(isMet(ClaimCondition.equalTo("ref", "refs/heads/main"))).isTrue();
            assertThat(isMet(ClaimCondition.equalTo("number", 74))).isTrue();
            assertThat(isMet(ClaimCondition.equalTo("number", 74L))).isTrue();
            assertThat(isMet(ClaimCondition.equalTo("protected", true))).isTrue();
            assertThat(isMet(ClaimCondition.equalTo("ref", "refs/heads/Main"))).isFalse();
            assertThat(isMet(ClaimCondition.equalTo("ref", "refs/heads/main2"))).isFalse();
            assertThat(isMet(ClaimCondition.equalTo("id", 74))).isFalse();
            assertThat(isMet(ClaimCondition.equalTo("number", "74"))).isFalse();
            assertThat(isMet(ClaimCondition.equalTo("decimal", 74))).isFalse();
            assertThat(isMet(ClaimCondition.equalTo("protected", "true"))).isFalse();
            assertThat(isMet(ClaimCondition.equalTo("protected", false))).isFalse();
            assertThat(isMet(ClaimCondition.equalTo("groups", "staff"))).isFalse();
        }

        @Test
        @Requirement("7523-5-02")
        void is_one_of_some_values() {
            assertThat(isMet(ClaimCondition.oneOf("id", Set.of("73", "74")))).isTrue();
            assertThat(isMet(ClaimCondition.oneOf("number", List.of("74", 74)))).isTrue();
            assertThat(isMet(ClaimCondition.oneOf("id", Set.of("7", "4")))).isFalse();
            assertThat(isMet(ClaimCondition.oneOf("groups", Set.of("staff")))).isFalse();
        }

        @Test
        @Requirement("7523-5-02")
        void is_a_list_with_these_members() {
            assertThat(isMet(ClaimCondition.contains("groups", Set.of("staff"))))
                    .isTrue();
            assertThat(isMet(ClaimCondition.contains("groups", Set.of("staff", 7))))
                    .isTrue();
            assertThat(isMet(ClaimCondition.contains("groups", Set.of("staff", "admins"))))
                    .isFalse();
            assertThat(isMet(ClaimCondition.contains("groups", Set.of("nested"))))
                    .isFalse();
            assertThat(isMet(ClaimCondition.contains("groups", Set.of("7")))).isFalse();
            assertThat(isMet(ClaimCondition.contains("groups", Set.of("st")))).isFalse();
            assertThat(isMet(ClaimCondition.contains("none", Set.of("staff")))).isFalse();
            assertThat(isMet(ClaimCondition.contains("ref", Set.of("refs/heads/main"))))
                    .isFalse();
        }

        @Test
        @Requirement("7523-5-02")
        void is_text_that_begins_so() {
            assertThat(isMet(ClaimCondition.beginsWith("ref", "refs/heads/"))).isTrue();
            assertThat(isMet(ClaimCondition.beginsWith("ref", "refs/heads/main")))
                    .isTrue();
            assertThat(isMet(ClaimCondition.beginsWith("ref", "refs/heads/main/")))
                    .isFalse();
            assertThat(isMet(ClaimCondition.beginsWith("ref", "heads/"))).isFalse();
            assertThat(isMet(ClaimCondition.beginsWith("ref", "Refs/"))).isFalse();
            assertThat(isMet(ClaimCondition.beginsWith("number", "7"))).isFalse();
            assertThat(isMet(ClaimCondition.beginsWith("groups", "staff"))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"missing", "nothing", "empty", "one"})
        void is_met_by_no_claim_that_is_not_there_or_something_else(String claim) {
            assertThat(isMet(ClaimCondition.equalTo(claim, "refs/heads/main"))).isFalse();
            assertThat(isMet(ClaimCondition.oneOf(claim, Set.of("refs/heads/main", "null"))))
                    .isFalse();
            assertThat(isMet(ClaimCondition.contains(claim, Set.of("refs/heads/main"))))
                    .isFalse();
            assertThat(isMet(ClaimCondition.beginsWith(claim, "r"))).isFalse();
        }
    }

    @Nested
    @DisplayName("What can't be agreed")
    class Refused {

        private static void isRefused(Runnable condition, String... faults) {
            assertThatThrownBy(condition::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(faults);
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "aud", "exp", "nbf", "iat", "jti"})
        void is_what_has_rules_of_its_own(String claim) {
            isRefused(() -> ClaimCondition.equalTo(claim, "x"), claim + " has rules of its own");
        }

        @Test
        void is_empty_or_beyond_the_bounds_or_no_plain_value() {
            String value = "text that is not empty, a whole number, or true or false";
            isRefused(() -> ClaimCondition.equalTo("", ""), "must have a name", value);
            isRefused(() -> ClaimCondition.equalTo("x".repeat(257), "x"), "must have a name");
            isRefused(() -> ClaimCondition.beginsWith("ref", ""), value);
            isRefused(() -> ClaimCondition.equalTo("ref", 1.5), value);
            isRefused(() -> ClaimCondition.equalTo("ref", List.of("x")), value);
            isRefused(() -> ClaimCondition.oneOf("ref", Set.of()), "1 to 64 values");
            isRefused(() -> ClaimCondition.contains("ref", Set.of()), "1 to 64 values");
            isRefused(
                    () -> ClaimCondition.oneOf(
                            "ref", IntStream.range(0, 65).boxed().toList()),
                    "1 to 64 values");
            ClaimCondition.oneOf("ref", IntStream.range(0, 64).boxed().toList());
        }
    }

    @Test
    void shows_no_value() {
        assertThat(ClaimCondition.equalTo("ref", "internal-name")).hasToString("ClaimCondition on ref");
    }

    @Nested
    @DisplayName("What is written down")
    class Written {

        @Test
        void is_read_again() {
            for (ClaimCondition condition : List.of(
                    ClaimCondition.equalTo("id", "74"),
                    ClaimCondition.equalTo("number", 74),
                    ClaimCondition.oneOf("ref", List.of("main", "next")),
                    ClaimCondition.contains("groups", List.of("staff", 7)),
                    ClaimCondition.beginsWith("sub", "repo:"))) {
                assertThat(ClaimCondition.fromJson(condition.claim(), condition.toJson())
                                .toJson())
                        .isEqualTo(condition.toJson());
            }
            assertThat(isMet(ClaimCondition.fromJson("id", JsonObject.parse("{\"one_of\":\"74\"}"))))
                    .isTrue();
            assertThat(isMet(ClaimCondition.fromJson("number", JsonObject.parse("{\"equals\":74}"))))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"like\":\"x\"}",
                    "{\"equals\":\"x\",\"one_of\":[\"x\"]}",
                    "{\"equals\":[\"x\"]}",
                    "{\"begins_with\":7}",
                    "{\"contains\":[]}"
                })
        void is_one_word_and_what_it_takes(String condition) {
            assertThatThrownBy(() -> ClaimCondition.fromJson("id", JsonObject.parse(condition)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("condition: ");
        }
    }
}
