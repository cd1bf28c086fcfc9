package dev.signet.app.inspect;

import dev.signet.app.console.Printable;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What came of a JWT, for people: a check a line, the reason below the one that failed, and the outcome. */
public final class Explained {

    private Explained() {}

    /**
     * The lines.
     *
     * @param judge who takes or refuses it
     */
    public static List<String> lines(Explanation explanation, String judge) {
        List<String> lines = new ArrayList<>();
        lines.add("Checks of " + explanation.kind().id().replace('-', ' ') + "s");
        for (Finding finding : explanation.findings()) {
            lines.add(line(
                    mark(finding.verdict()),
                    finding.check().id(),
                    finding.check().description()));
            String detail = finding.reason()
                    .map(reason -> reason.id() + ": " + finding.detail())
                    .orElse(finding.detail());
            if (!detail.isEmpty()) {
                lines.add(line("", "", Printable.text(detail)));
            }
        }
        explanation
                .refusal()
                .flatMap(Finding::reason)
                .ifPresentOrElse(
                        reason -> {
                            lines.add(judge + " refuses it: " + reason.description());
                            lines.add("  sender:    " + reason.forSender());
                            lines.add("  operator:  " + reason.forOperator());
                        },
                        () -> lines.add(judge + " accepts it"));
        return List.copyOf(lines);
    }

    private static String line(String mark, String check, String words) {
        return String.format("  %-11s  %-12s  %s", mark, check, words);
    }

    private static String mark(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> "ok";
            case FAILED -> "FAILED";
            case NOT_REACHED -> "not reached";
        };
    }
}
