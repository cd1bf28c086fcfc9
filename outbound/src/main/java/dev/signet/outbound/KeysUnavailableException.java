package dev.signet.outbound;

/**
 * Says that a party's keys cannot be had now, so that nothing of it can be checked: the fault is not the sender's, and
 * nothing is accepted. The detail is for logs and events.
 */
public final class KeysUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String detail;

    /** For key sources of other kinds too. */
    public KeysUnavailableException(String detail, Throwable cause) {
        super(detail, cause);
        this.detail = detail;
    }

    /** Why, in a sentence for the log. */
    public String detail() {
        return detail;
    }
}
