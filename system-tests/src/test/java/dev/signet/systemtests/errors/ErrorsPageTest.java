package dev.signet.systemtests.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.systemtests.GeneratedPage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} lists every reason with what it means, what causes it and what to do. */
class ErrorsPageTest {

    private static final String OPENING = """
            # Reasons

            Every refusal has a stable reason. It is in the log and in the event, with a private detail beside it; the
            answer that leaves says no more than OAuth's own error code and one public sentence, and carries the
            `X-Correlation-Id` of its lines in the log. The same reason is in the outcome of the access token validator,
            and in what `signet explain` says of a JWT.

            The identifiers are a promise: none is renamed or reused. The sentences are for people and may change.
            Made by `./verify pages` from `RefusalReason`. Not edited by hand.

            Of each: what it means and what leads to it, then what the sender of the request or token can do, and what the
            operator of the server or API can.
            """;

    @Test
    void the_page_lists_every_reason() {
        String sections = Arrays.stream(RefusalReason.values())
                .map(ErrorsPageTest::section)
                .collect(Collectors.joining());
        new GeneratedPage("docs/errors.md", OPENING + sections).assertUpToDate();
    }

    private static String section(RefusalReason reason) {
        return """

                ## `%s`

                %s %s

                - Sender: %s
                - Operator: %s
                """.formatted(
                        reason.id(), reason.description(), reason.cause(), reason.forSender(), reason.forOperator());
    }

    @Test
    void reasons_have_names_of_their_own_and_say_what_they_mean() {
        assertThat(RefusalReason.values())
                .extracting(RefusalReason::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
        for (RefusalReason reason : RefusalReason.values()) {
            assertThat(List.of(reason.description(), reason.cause(), reason.forSender(), reason.forOperator()))
                    .as(reason.id())
                    .doesNotHaveDuplicates()
                    .allMatch(sentence -> sentence.matches("[^|\\n]+[.]"));
        }
    }
}
