package dev.signet.jwt;

/**
 * Says why a JWT was rejected. The detail is for logs and events, not for the sender, and holds nothing of the token
 * but the names of members. There is no stack trace: what is wrong is in the token.
 */
public final class JwtRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String detail;

    /** For rules beyond those of this package that reject a JWT too. */
    public JwtRejected(Reason reason, String detail) {
        super(reason + ": " + detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    /** Why, as a stable name. */
    public Reason reason() {
        return reason;
    }

    /** Why, in a sentence for the log. */
    public String detail() {
        return detail;
    }
}
