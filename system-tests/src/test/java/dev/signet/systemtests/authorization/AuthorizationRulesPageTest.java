package dev.signet.systemtests.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.rule.AuthorizationRequestRule;
import dev.signet.authorizationserver.rule.AuthorizationRequestRule.Answer;
import dev.signet.authorizationserver.rule.RequestEndpoint;
import dev.signet.systemtests.GeneratedPage;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/authorization-rules.md} shows the rules of authorization requests in the order they are applied. */
class AuthorizationRulesPageTest {

    private static final String OPENING = """
            # The rules of authorization requests

            In the order they are applied: a request that breaks two is refused for the first. What breaks a rule of the first kind
            is shown to the resource owner, since it is not certain who the client is or where; what breaks another is sent
            to the client at its redirect URI, as soon as the resource owner is known (RFC 6749 §4.1.2.1, RFC 9700 §4.11.2).
            Both endpoints apply the same list; a client that pushes its requests has authenticated, and is told all of it
            directly (RFC 9126 §2.3).

            Made by `./verify pages` from `AuthorizationRequestRule`. Not edited by hand.

            | rule | error | told | authorization endpoint | pushed endpoint | from |
            | --- | --- | --- | --- | --- | --- |
            """;

    @Test
    void the_page_lists_every_rule_in_order() {
        String rows = Arrays.stream(AuthorizationRequestRule.values())
                .map(AuthorizationRulesPageTest::row)
                .collect(Collectors.joining());
        new GeneratedPage("docs/authorization-rules.md", OPENING + rows).assertUpToDate();
    }

    private static String row(AuthorizationRequestRule rule) {
        return "| %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        rule.demand(),
                        rule.errors().stream()
                                .map(error -> "`" + error.wireName() + "`")
                                .collect(Collectors.joining(", ")),
                        rule.answer() == Answer.SHOWN ? "resource owner" : "client",
                        rule.appliesAt(RequestEndpoint.AUTHORIZATION) ? "yes" : "–",
                        rule.appliesAt(RequestEndpoint.PUSHED) ? "yes" : "–",
                        rule.place());
    }

    @Test
    void nothing_is_sent_to_a_client_before_it_is_known_where_that_is() {
        assertThat(Arrays.stream(AuthorizationRequestRule.values())
                        .map(AuthorizationRequestRule::answer)
                        .toList())
                .isSorted();
    }
}
