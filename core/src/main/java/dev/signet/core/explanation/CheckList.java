package dev.signet.core.explanation;

import dev.signet.core.error.RefusalReason;
import java.util.ArrayList;
import java.util.List;

/**
 * The checks of one kind of JWT in the order in which the code makes them. The list makes none: whoever holds it runs the
 * code, and hands in how that ended.
 *
 * @param made those that can be made with nothing but the JWT
 * @param left those that come after them and can't, each with the reason why
 */
public record CheckList(JwtKind kind, List<Check> made, List<Finding> left) {

    /** Copies the lists. */
    public CheckList {
        made = List.copyOf(made);
        left = List.copyOf(left);
    }

    /** What is to be said of a JWT that was not refused. */
    public Explanation accepted() {
        List<Finding> findings = new ArrayList<>();
        made.forEach(check -> findings.add(Finding.passed(check)));
        findings.addAll(left);
        return new Explanation(kind, findings);
    }

    /**
     * What is to be said of a JWT that was refused.
     *
     * @throws IllegalArgumentException if no check of the list refuses for that reason
     */
    public Explanation refused(RefusalReason reason, String detail) {
        int failed = Check.find(reason).map(made::indexOf).orElse(-1);
        if (failed < 0) {
            throw new IllegalArgumentException("no check refuses for " + reason.id());
        }
        List<Finding> findings = new ArrayList<>();
        made.subList(0, failed).forEach(check -> findings.add(Finding.passed(check)));
        findings.add(Finding.failed(made.get(failed), reason, detail));
        made.subList(failed + 1, made.size()).forEach(check -> findings.add(Finding.notReached(check, "")));
        left.forEach(finding -> findings.add(Finding.notReached(finding.check(), "")));
        return new Explanation(kind, findings);
    }
}
