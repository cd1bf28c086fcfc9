package dev.signet.authorizationserver.trust;

import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.JwtRejected;

/**
 * A JWT of somebody else was not accepted. What it was presented for decides which error that is (RFC 7523 §3.1, §3.2). An
 * ordinary outcome, so without a stack trace.
 */
public final class AssertionRefused extends RuntimeException {

    private final RefusalReason reason;
    private final String detail;

    AssertionRefused(RefusalReason reason, String detail) {
        super(reason.id() + ": " + detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    AssertionRefused(JwtRejected rejected) {
        this(RefusalReason.of(rejected.reason()), rejected.detail());
    }

    /** Why, as a stable identifier. */
    public RefusalReason reason() {
        return reason;
    }

    /** What was found, for the operator; holds nothing of the JWT but names of claims. */
    public String detail() {
        return detail;
    }
}
