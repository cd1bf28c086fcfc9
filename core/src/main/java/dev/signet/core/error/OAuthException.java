package dev.signet.core.error;

import dev.signet.jwt.JwtRejected;
import java.util.Objects;

/**
 * Ends the processing of a request: what is answered, and what is only for log and event.
 *
 * <p>Reason and detail never leave the process, and hold no secret, token or assertion. A refusal is an ordinary
 * outcome, so without a cause there is no stack trace.
 */
public final class OAuthException extends RuntimeException {

    private static final String CLIENT_SENTENCE = "Client authentication failed";
    private static final String GRANT_SENTENCE =
            "The grant was refused: its issuer, signature, audience, subject, times, "
                    + "other claims or single use do not satisfy this server";

    private static final String REQUEST_OBJECT_SENTENCE =
            "The request object was refused: its encryption, signature, type, claims, parameters or single use do not satisfy this "
                    + "server";

    private final OAuthError error;
    private final RefusalReason reason;
    private final String detail;

    /**
     * A refusal.
     *
     * @param detail what was found, for the operator
     */
    public OAuthException(OAuthError error, RefusalReason reason, String detail) {
        super(reason.id() + ": " + detail, null, false, false);
        this.error = Objects.requireNonNull(error, "error");
        this.reason = reason;
        this.detail = detail;
    }

    /**
     * A failure of ours, with its cause.
     *
     * @param detail what failed, for the operator
     */
    public OAuthException(OAuthError error, RefusalReason reason, String detail, Throwable cause) {
        super(reason.id() + ": " + detail, cause);
        this.error = Objects.requireNonNull(error, "error");
        this.reason = reason;
        this.detail = detail;
    }

    /** A refusal with a description of its own. */
    public static OAuthException of(ErrorCode code, String description, RefusalReason reason, String detail) {
        return new OAuthException(OAuthError.of(code, description), reason, detail);
    }

    /** {@code invalid_request} (RFC 6749 §5.2). */
    public static OAuthException invalidRequest(String description, RefusalReason reason, String detail) {
        return of(ErrorCode.INVALID_REQUEST, description, reason, detail);
    }

    /** {@code invalid_client} (RFC 6749 §5.2), with the one sentence that is said in public about it. */
    public static OAuthException invalidClient(RefusalReason reason, String detail) {
        return of(ErrorCode.INVALID_CLIENT, CLIENT_SENTENCE, reason, detail);
    }

    /** {@code invalid_client} for a client assertion that was refused (RFC 7523 §3.2). */
    public static OAuthException invalidClient(JwtRejected rejected) {
        return invalidClient(RefusalReason.of(rejected.reason()), rejected.detail());
    }

    /** {@code invalid_grant} (RFC 6749 §5.2), with the one sentence that is said in public about it. */
    public static OAuthException invalidGrant(RefusalReason reason, String detail) {
        return of(ErrorCode.INVALID_GRANT, GRANT_SENTENCE, reason, detail);
    }

    /** {@code invalid_grant} for an assertion grant that was refused (RFC 7523 §3.1). */
    public static OAuthException invalidGrant(JwtRejected rejected) {
        return invalidGrant(RefusalReason.of(rejected.reason()), rejected.detail());
    }

    /** {@code invalid_request_object} (RFC 9101 §7), with the one sentence that is said in public about it. */
    public static OAuthException invalidRequestObject(RefusalReason reason, String detail) {
        return of(ErrorCode.INVALID_REQUEST_OBJECT, REQUEST_OBJECT_SENTENCE, reason, detail);
    }

    /** {@code invalid_request_object} for a request object that was refused (RFC 9101 §7). */
    public static OAuthException invalidRequestObject(JwtRejected rejected) {
        return invalidRequestObject(RefusalReason.of(rejected.reason()), rejected.detail());
    }

    /** {@code invalid_request_uri} (RFC 9101 §7). */
    public static OAuthException invalidRequestUri(String description, RefusalReason reason, String detail) {
        return of(ErrorCode.INVALID_REQUEST_URI, description, reason, detail);
    }

    /** What may leave. */
    public OAuthError error() {
        return error;
    }

    /** Why, as a stable identifier for log, event and documentation. */
    public RefusalReason reason() {
        return reason;
    }

    /** What was found, for the operator. */
    public String detail() {
        return detail;
    }
}
