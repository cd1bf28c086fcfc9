package dev.signet.systemtests.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.error.RefusalReason;
import dev.signet.systemtests.GeneratedPage;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} lists every reason with what it means. */
class ErrorsPageTest {

    private static final String OPENING = """
            # Reasons

            Every refusal has a stable reason. It is in the log and in the event, with a private detail beside it; the
            answer that leaves says no more than OAuth's own error code and one public sentence. The same reason is in
            the outcome of the access token validator.

            The identifiers are a promise: none is renamed or reused. The sentences are for people and may change.
            Made by `./verify pages` from `RefusalReason`. Not edited by hand.

            | reason | meaning |
            | --- | --- |
            """;

    @Test
    void the_page_lists_every_reason() {
        String rows = Arrays.stream(RefusalReason.values())
                .map(reason -> "| `%s` | %s |\n".formatted(reason.id(), reason.description()))
                .collect(Collectors.joining());
        new GeneratedPage("docs/errors.md", OPENING + rows).assertUpToDate();
    }

    @Test
    void reasons_have_names_of_their_own_and_say_what_they_mean() {
        assertThat(RefusalReason.values())
                .extracting(RefusalReason::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
        assertThat(RefusalReason.values())
                .extracting(RefusalReason::description)
                .allMatch(description -> description.endsWith(".") && !description.contains("|"));
    }
}
