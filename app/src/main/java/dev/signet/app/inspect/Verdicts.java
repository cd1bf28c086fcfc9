package dev.signet.app.inspect;

import dev.signet.app.inspect.Check.Verdict;
import java.util.List;

/**
 * What was found about a token.
 *
 * @param checks one by one
 * @param whole what a resource server makes of it
 * @param words the same in words
 */
public record Verdicts(List<Check> checks, Verdict whole, String words) {

    /** Copies the list. */
    public Verdicts {
        checks = List.copyOf(checks);
    }
}
