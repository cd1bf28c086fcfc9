package dev.signet.core.error;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The registered error codes with the HTTP status each is answered with. */
public enum ErrorCode {
    /** A parameter is missing, repeated, malformed or contradicted by another (RFC 6749 §5.2). */
    INVALID_REQUEST(400),
    /** Client authentication failed (RFC 6749 §5.2); always 401. */
    INVALID_CLIENT(401),
    /** The assertion or other grant is invalid, expired or not meant for this client or server (RFC 6749 §5.2). */
    INVALID_GRANT(400),
    /** The client may not use this grant (RFC 6749 §5.2). */
    UNAUTHORIZED_CLIENT(400),
    /** The authorization server does not have this grant (RFC 6749 §5.2). */
    UNSUPPORTED_GRANT_TYPE(400),
    /** The resource owner or the server said no (RFC 6749 §4.1.2.1). */
    ACCESS_DENIED(403),
    /** The authorization server does not have this response type (RFC 6749 §4.1.2.1). */
    UNSUPPORTED_RESPONSE_TYPE(400),
    /** The authorization server does not take request objects by value (RFC 9101 §7, OpenID Connect Core 1.0 §3.1.2.6). */
    REQUEST_NOT_SUPPORTED(400),
    /** The authorization server does not take request objects by reference (RFC 9101 §7, OpenID Connect Core 1.0 §3.1.2.6). */
    REQUEST_URI_NOT_SUPPORTED(400),
    /** The request object is not one of the client's that is valid here (RFC 9101 §7). */
    INVALID_REQUEST_OBJECT(400),
    /** Nothing valid is at the request_uri: it can't be had, has expired, or was answered before (RFC 9101 §7). */
    INVALID_REQUEST_URI(400),
    /** The scope is unknown, malformed or exceeds what was granted (RFC 6749 §5.2). */
    INVALID_SCOPE(400),
    /** The resource is unknown, malformed or not allowed (RFC 8707 §2). */
    INVALID_TARGET(400),
    /** Tokens of this kind can't be revoked here (RFC 7009 §2.2.1). */
    UNSUPPORTED_TOKEN_TYPE(400),
    /** The access token is expired, malformed or not for this resource (RFC 6750 §3.1). */
    INVALID_TOKEN(401),
    /** The access token is valid, but its scope does not allow the request (RFC 6750 §3.1). */
    INSUFFICIENT_SCOPE(403),
    /** The access token is valid, but not the authentication of its resource owner (RFC 9470 §3). */
    INSUFFICIENT_USER_AUTHENTICATION(401),
    /** A redirect URI of a client that registers itself can't be one (RFC 7591 §3.2.2). */
    INVALID_REDIRECT_URI(400),
    /** The metadata of a client that registers itself is not as it must be (RFC 7591 §3.2.2). */
    INVALID_CLIENT_METADATA(400),
    /** The software statement is invalid (RFC 7591 §3.2.2). */
    INVALID_SOFTWARE_STATEMENT(400),
    /** The software statement is of somebody whose statements don't count here (RFC 7591 §3.2.2). */
    UNAPPROVED_SOFTWARE_STATEMENT(400),
    /** Something failed that nobody outside is told about (RFC 6749 §4.1.2.1). */
    SERVER_ERROR(500),
    /** The request cannot be served now; it may be sent again (RFC 6749 §4.1.2.1). */
    TEMPORARILY_UNAVAILABLE(503);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The code with that name on the wire; empty for any other text. */
    public static Optional<ErrorCode> find(String wireName) {
        return Arrays.stream(values())
                .filter(code -> code.wireName.equals(wireName))
                .findFirst();
    }

    /** The value of the {@code error} member, such as {@code invalid_grant}. */
    public String wireName() {
        return wireName;
    }

    /** The HTTP status of a response with this code. */
    public int status() {
        return status;
    }
}
