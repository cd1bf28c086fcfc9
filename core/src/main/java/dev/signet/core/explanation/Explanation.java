package dev.signet.core.explanation;

import dev.signet.jwt.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a JWT, check by check in order.
 *
 * @param kind what it was taken for
 * @param findings each check once; the first that failed is the one that refuses
 */
public record Explanation(JwtKind kind, List<Finding> findings) {

    /** Copies the list. */
    public Explanation {
        findings = List.copyOf(findings);
    }

    /** Whether no check that was made failed. What was not made may still refuse the request that brings the JWT. */
    public boolean isAccepted() {
        return refusal().isEmpty();
    }

    /** The check that failed; empty if none did. */
    public Optional<Finding> refusal() {
        return findings.stream()
                .filter(finding -> finding.verdict() == Verdict.FAILED)
                .findFirst();
    }

    /** The same for programs: {@code kind}, {@code accepted} and {@code checks}. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("kind", kind.id())
                .put("accepted", isAccepted())
                .put("checks", findings.stream().map(Finding::toJson).toList())
                .build();
    }
}
