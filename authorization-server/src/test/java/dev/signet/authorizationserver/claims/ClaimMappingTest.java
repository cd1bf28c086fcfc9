package dev.signet.authorizationserver.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.Requirement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimMappingTest {

    private static Attributes attribute(Object value) {
        return Attributes.of(JsonObject.builder().put("x", value).build());
    }

    private static MappedClaims map(String claim, Object value) {
        return ClaimMapping.builder()
                .claim(claim, ClaimSource.subjectAttribute("x"))
                .build()
                .map(attribute(value), Attributes.none());
    }

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of("email", "ann@example.com", true),
                Arguments.of("email_verified", false, "false"),
                Arguments.of("phone_number_verified", true, 1),
                Arguments.of("updated_at", 1_700_000_000L, "2026-11-21"),
                Arguments.of("updated_at", new BigDecimal("1.5"), List.of(1L)),
                Arguments.of(
                        "address", JsonObject.builder().put("country", "CH").build(), "CH"),
                Arguments.of("given_name", "Ann", List.of("Ann")));
    }

    @ParameterizedTest
    @MethodSource("types")
    @Requirement("9068-2.2.2-01")
    void registered_claims_have_their_registered_type(String claim, Object right, Object wrong) {
        assertThat(map(claim, right).claims().find(claim)).contains(right);
        assertThat(map(claim, right).leftOut()).isEmpty();
        assertThat(map(claim, wrong).claims().has(claim)).isFalse();
        assertThat(map(claim, wrong).leftOut()).containsExactly(claim);
    }

    @Test
    @Requirement("9068-2.2.2-02")
    void other_claims_have_any_value() {
        for (Object value : List.of("x", 5L, true, List.of("x", 5L), JsonObject.empty())) {
            assertThat(map("https://example.com/x", value).claims().find("https://example.com/x"))
                    .contains(value);
            assertThat(map("team", value).claims().find("team")).contains(value);
        }
    }

    /** Whatever an issuer asserts gives claims that can be read again, or is named as left out. */
    @Test
    void any_value_is_mapped_whole_or_not_at_all() {
        Random random = new Random(9068);
        List<String> names = List.of("groups", "roles", "email", "email_verified", "updated_at", "address", "team");
        for (int round = 0; round < 5_000; round++) {
            Object value = randomValue(random, 0);
            Attributes attributes =
                    Attributes.among(JsonObject.builder().put("x", value).build(), List.of("x", "absent"));
            for (AuthorityShape shape : AuthorityShape.values()) {
                ClaimMapping.Builder mapping = ClaimMapping.builder().authorityShape(shape);
                names.forEach(name -> mapping.claim(name, ClaimSource.subjectAttribute("x")));
                MappedClaims mapped = mapping.build().map(attributes, Attributes.none());
                assertThat(JsonObject.parse(mapped.claims().toBytes(), JsonLimits.JWT))
                        .isEqualTo(mapped.claims());
                List<String> accounted = new ArrayList<>(mapped.leftOut());
                accounted.addAll(mapped.claims().names());
                if (value == JsonNull.NULL) {
                    assertThat(accounted).isEmpty();
                } else {
                    assertThat(accounted).containsExactlyInAnyOrderElementsOf(names);
                    assertThat(mapped.claims().find("team").orElse(value)).isEqualTo(value);
                }
            }
        }
    }

    @Test
    void what_would_be_too_much_to_read_is_left_out_whole() {
        assertThat(groups(748).leftOut()).isEmpty();
        MappedClaims beyond = groups(750);
        assertThat(beyond.leftOut()).containsExactly("groups");
        assertThat(beyond.claims())
                .isEqualTo(JsonObject.builder().put("x", 1).put("z", 1).build());

        BigDecimal written = new BigDecimal("1".repeat(61) + "e5");
        assertThat(written.toString()).hasSizeGreaterThan(JsonLimits.JWT.maxNumberLength());
        assertThat(map("team", written).leftOut()).containsExactly("team");
    }

    @Test
    void what_would_be_too_long_together_is_left_out_from_where_it_is() {
        ClaimMapping.Builder mapping = ClaimMapping.builder();
        for (int claim = 1; claim <= 8; claim++) {
            mapping.claim("c" + claim, ClaimSource.subjectAttribute("x"));
        }
        MappedClaims mapped = mapping.build().map(attribute("x".repeat(4_000)), Attributes.none());
        assertThat(mapped.leftOut()).containsExactly("c7", "c8");
        assertThat(mapped.claims().names()).containsExactly("c1", "c2", "c3", "c4", "c5", "c6");
    }

    /** So many groups, between two other claims. */
    private static MappedClaims groups(int count) {
        return ClaimMapping.builder()
                .claim("x", ClaimSource.fixed(1))
                .claim("groups", ClaimSource.subjectAttribute("x"))
                .claim("z", ClaimSource.fixed(1))
                .build()
                .map(attribute(Collections.nCopies(count, "a")), Attributes.none());
    }

    private static Object randomValue(Random random, int depth) {
        int kind = random.nextInt(depth > 10 ? 6 : 8);
        return switch (kind) {
            case 0 -> JsonNull.NULL;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> BigDecimal.valueOf(random.nextLong(), 1 + random.nextInt(30));
            case 4 -> "x".repeat(random.nextInt(3));
            case 5 -> random.nextInt(20) == 0 ? "x".repeat(5_000) : "text";
            case 6 ->
                Stream.generate(() -> randomValue(random, depth + 1))
                        .limit(random.nextInt(4))
                        .toList();
            default ->
                JsonObject.builder()
                        .put("value", randomValue(random, depth + 1))
                        .put(random.nextBoolean() ? "display" : "other", randomValue(random, depth + 1))
                        .build();
        };
    }

    @Test
    void names_every_fault_at_once() {
        assertThatThrownBy(() -> ClaimMapping.builder()
                        .claim("", ClaimSource.fixed(1))
                        .claim("line\nbreak", ClaimSource.fixed(1))
                        .claim("team", ClaimSource.fixed(1))
                        .claim("team", ClaimSource.fixed(2))
                        .claim("email", ClaimSource.fixed(List.of("x")))
                        .claim("roles", ClaimSource.fixed(5))
                        .claim("sub", ClaimSource.clientAttribute("x"))
                        .claim("act", ClaimSource.subjectAttribute("x"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("claims: claim team is given twice"
                        + "; the name of a claim must have 1 to 256 characters, none a control character"
                        + "; the name of a claim must have 1 to 256 characters, none a control character"
                        + "; claim email can't have that value; claim roles can't have that value"
                        + "; claim act is reserved for the server itself; claim sub is reserved for the server itself");
    }

    @Test
    void sources_have_names_and_values_that_fit() {
        assertThatThrownBy(() -> ClaimSource.subjectAttribute("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClaimSource.clientAttribute("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClaimSource.fixed(JsonNull.NULL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClaimSource.fixed(new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClaimSource.fixed("x".repeat(Attributes.LONGEST_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ClaimMapping.builder()
                        .claim("updated_at", ClaimSource.fixed(5))
                        .build()
                        .map(Attributes.none(), Attributes.none())
                        .claims()
                        .findLong("updated_at"))
                .hasValue(5L);
    }

    @Test
    void nothing_is_mapped_unless_configured() {
        MappedClaims nothing = ClaimMapping.none().map(attribute("x"), attribute("x"));
        assertThat(nothing.claims()).isEqualTo(JsonObject.empty());
        assertThat(nothing.leftOut()).isEmpty();
    }
}
