package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.token;
import static dev.signet.resourceserver.Fixture.validator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9068 §2.2.3.1, §4: what the API decides by besides scope. */
class AuthoritiesTest {

    private static final String CHALLENGE = "Bearer realm=\"orders\", error=\"insufficient_scope\","
            + " error_description=\"The request needs more privileges than the access token has\"";

    private final AccessTokenValidator validator =
            validator().realm("orders").withoutResourceMetadata().build();

    private AccessTokenOutcome outcome(String claim, Object value) {
        return validator.validateToken(token(claims().put(claim, value)));
    }

    private static JsonObject scim(String value) {
        return JsonObject.builder()
                .put("value", value)
                .put("display", "admin")
                .put("$ref", "https://as.example.com/Groups/" + value)
                .build();
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of("strings", List.of("clerk", "auditor")),
                Arguments.of("SCIM objects", List.of(scim("clerk"), scim("auditor"))),
                Arguments.of("both", List.of("clerk", scim("auditor"))));
    }

    @Nested
    @DisplayName("RFC 9068 §4: groups, roles, entitlements")
    class Required {

        static Stream<Arguments> shapes() {
            return AuthoritiesTest.shapes();
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("shapes")
        @Requirement("9068-4-17")
        void are_read_in_either_shape(String shape, List<?> value) {
            assertThat(accepted(outcome("groups", value)).groups()).containsExactly("clerk", "auditor");
            accepted(outcome("groups", value).requireAnyGroup("clerk"));
            accepted(outcome("roles", value).requireAnyRole("nobody", "auditor"));
            accepted(outcome("entitlements", value).requireAnyEntitlement("auditor"));
            assertThat(accepted(outcome("roles", value)).roles()).hasSize(2);
            assertThat(accepted(outcome("entitlements", value)).entitlements()).hasSize(2);
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("shapes")
        @Requirement("9068-4-17")
        void that_are_not_there_are_answered_403(String shape, List<?> value) {
            assertForbidden(outcome("groups", value).requireAnyGroup("boss"), RefusalReason.TOKEN_GROUP_MISSING);
            assertForbidden(outcome("roles", value).requireAnyRole("boss", "owner"), RefusalReason.TOKEN_ROLE_MISSING);
            assertForbidden(
                    outcome("entitlements", value).requireAnyEntitlement("boss"),
                    RefusalReason.TOKEN_ENTITLEMENT_MISSING);
        }

        @Test
        @Requirement("9068-4-17")
        void of_one_kind_are_not_those_of_another() {
            AccessTokenOutcome grouped = outcome("groups", List.of("boss"));

            accepted(grouped.requireAnyGroup("boss"));
            assertForbidden(grouped.requireAnyRole("boss"), RefusalReason.TOKEN_ROLE_MISSING);
            assertForbidden(grouped.requireAnyEntitlement("boss"), RefusalReason.TOKEN_ENTITLEMENT_MISSING);
        }

        @Test
        @Requirement("9068-4-17")
        void are_compared_letter_by_letter_and_not_by_their_display_name() {
            AccessTokenOutcome clerk = outcome("roles", List.of(scim("clerk")));

            for (String other : List.of("Clerk", "cler", "clerk ", "admin", "")) {
                assertForbidden(clerk.requireAnyRole(other), RefusalReason.TOKEN_ROLE_MISSING);
            }
        }

        static Stream<Object> unreadable() {
            return Stream.of(
                    "boss",
                    true,
                    7L,
                    JsonNull.NULL,
                    scim("boss"),
                    List.of(),
                    List.of(List.of("boss")),
                    List.of(7L, true, JsonNull.NULL),
                    List.of(JsonObject.builder().put("display", "boss").build()),
                    List.of(JsonObject.builder().put("value", List.of("boss")).build()));
        }

        @ParameterizedTest
        @MethodSource("unreadable")
        @Requirement("9068-4-17")
        void give_nobody_anything_in_another_shape(Object value) {
            AccessTokenOutcome outcome = outcome("roles", value);

            assertThat(accepted(outcome).roles()).isEmpty();
            assertForbidden(outcome.requireAnyRole("boss"), RefusalReason.TOKEN_ROLE_MISSING);
        }

        @Test
        @Requirement("9068-4-17")
        void are_not_there_in_a_token_without_the_claim() {
            AccessTokenOutcome plain = validator.validateToken(token());

            assertThat(accepted(plain).groups()).isEmpty();
            assertForbidden(plain.requireAnyGroup("clerk"), RefusalReason.TOKEN_GROUP_MISSING);
        }

        @Test
        @Requirement({"6750-3-03", "6750-3.1-01"})
        void tell_the_sender_neither_what_was_needed_nor_what_there_was() {
            Refused refused =
                    (Refused) outcome("roles", List.of("secret\"role")).requireAnyRole("boss");

            assertThat(refused.wwwAuthenticate()).isEqualTo(CHALLENGE);
            assertThat(refused.toString()).doesNotContain("secret").doesNotContain("boss");
        }

        @Test
        void must_be_named() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> validator.validateToken(token()).requireAnyRole());
        }

        private void assertForbidden(AccessTokenOutcome outcome, RefusalReason reason) {
            assertThat(outcome).isInstanceOf(Refused.class);
            Refused refused = (Refused) outcome;
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.wwwAuthenticate()).isEqualTo(CHALLENGE);
        }
    }

    @Nested
    @DisplayName("Several requirements")
    class Several {

        @Test
        @Requirement({"9068-4-17", "6750-3.1-01"})
        void are_all_asked_for_and_the_first_refusal_stays() {
            AccessTokenOutcome clerk = outcome("roles", List.of("clerk"));

            accepted(clerk.requireScope("orders.read").requireAnyRole("clerk"));
            Refused refused = (Refused) clerk.requireScope("admin").requireAnyRole("boss");
            assertThat(refused.reason()).isEqualTo(RefusalReason.TOKEN_SCOPE_INSUFFICIENT);
            assertThat(refused.wwwAuthenticate()).endsWith("scope=\"admin\"");
            assertThat(refused.requireAnyGroup("a").requireAnyEntitlement("b").requireScope("c"))
                    .isSameAs(refused);
        }

        @Test
        void are_not_asked_of_a_refused_token() {
            AccessTokenOutcome refused = validator.validate(List.of());

            assertThat(refused.requireAnyGroup("a").requireAnyRole("b").requireAnyEntitlement("c"))
                    .isSameAs(refused);
        }
    }
}
