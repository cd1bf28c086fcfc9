package dev.signet.jwt.claims;

import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import java.util.List;
import java.util.Set;

/**
 * How {@code aud} must name the receiver (RFC 7519 §4.1.3, RFC 8725 §3.9).
 *
 * @param accepted the receiver's names
 * @param onlyValue whether no other value may stand beside
 * @param stringFormOnly whether an array, even of one element, is refused
 * @param anybody whether it does not matter who is named
 */
record ExpectedAudience(Set<String> accepted, boolean onlyValue, boolean stringFormOnly, boolean anybody) {
    ExpectedAudience {
        accepted = Set.copyOf(accepted);
    }

    ExpectedAudience(Set<String> accepted, boolean onlyValue, boolean stringFormOnly) {
        this(accepted, onlyValue, stringFormOnly, false);
    }

    static ExpectedAudience anyone() {
        return new ExpectedAudience(Set.of(), false, false, true);
    }

    boolean acceptsNobody() {
        return accepted.isEmpty() && !anybody;
    }

    /**
     * Goes on if the claim names the receiver as it must.
     *
     * @param values the {@link #values} of the claim
     */
    void require(Object claim, List<String> values) {
        if (stringFormOnly && !(claim instanceof String)) {
            throw new JwtRejected(Reason.AUDIENCE, "aud is not a string");
        }
        if (onlyValue && values.size() != 1) {
            throw new JwtRejected(Reason.AUDIENCE, "aud has more than one value");
        }
        for (String value : values) {
            if (anybody || accepted.contains(value)) {
                return;
            }
        }
        throw new JwtRejected(Reason.AUDIENCE, "aud does not name this receiver");
    }

    /** The values of the claim: one, or several in order. */
    static List<String> values(Object claim) {
        if (claim instanceof String one) {
            return List.of(one);
        }
        if (claim instanceof List<?> several
                && !several.isEmpty()
                && several.stream().allMatch(String.class::isInstance)) {
            return several.stream().map(String.class::cast).toList();
        }
        throw new JwtRejected(Reason.MALFORMED_CLAIM, "aud is neither a string nor an array of strings");
    }
}
