package dev.signet.outbound;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Says why nothing could be fetched. The detail is for logs and events: it names the host, never the query of a URI, a
 * header or anything that was sent.
 */
public final class OutboundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a call failed. The names are stable: logs, events and documentation use them. */
    public enum Reason {
        /** The URI is not one that is called: no https, no host, user information, a fragment, too long. */
        URI_REFUSED,
        /** The host has an address that is not public, and is not among the allowed hosts. */
        ADDRESS_REFUSED,
        /** The host has no address. */
        NAME_UNKNOWN,
        /** No address of the host accepts connections. */
        CONNECT_FAILED,
        /** The handshake failed, or the certificate is not trusted or not for the host. */
        TLS_FAILED,
        /** The whole call took longer than its limit. */
        TIMEOUT,
        /** The answer is a redirect; none is followed. */
        REDIRECT,
        /** The answer has another status than 200. */
        STATUS,
        /** The answer has an unexpected content type, or is encoded. */
        CONTENT_TYPE,
        /** The answer is larger than the limit. */
        TOO_LARGE,
        /** The answer is not HTTP/1.1 as RFC 9112 has it. */
        MALFORMED_RESPONSE,
        /** The connection ended before the answer did. */
        BROKEN_OFF,
        /** What was fetched is of the right type, but not what it should be. */
        DOCUMENT_REFUSED,
        /** Too many calls are under way. */
        OVERLOADED,
        /** The calling thread was interrupted. */
        INTERRUPTED
    }

    private final Reason reason;
    private final String detail;
    private final int status;

    /** For what is fetched in other ways too. */
    public OutboundException(Reason reason, String detail) {
        this(reason, detail, 0, null);
    }

    OutboundException(Reason reason, String detail, Throwable cause) {
        this(reason, detail, 0, cause);
    }

    OutboundException(Reason reason, String detail, int status) {
        this(reason, detail, status, null);
    }

    private OutboundException(Reason reason, String detail, int status, @Nullable Throwable cause) {
        super(reason + ": " + detail, cause);
        this.reason = reason;
        this.detail = detail;
        this.status = status;
    }

    /** Why, as a stable name. */
    public Reason reason() {
        return reason;
    }

    /** Why, in a sentence for the log. */
    public String detail() {
        return detail;
    }

    /** The HTTP status, where it is the reason. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
