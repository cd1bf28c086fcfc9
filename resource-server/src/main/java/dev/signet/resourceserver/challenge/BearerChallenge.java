package dev.signet.resourceserver.challenge;

import dev.signet.core.Scope;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthError;
import dev.signet.core.http.Challenge;

/**
 * The challenges of a resource server for the {@code Bearer} scheme (RFC 6750 §3). What they say depends on nothing
 * that a sender chose. Immutable.
 */
public final class BearerChallenge {

    private static final String SCHEME = "Bearer";
    private static final OAuthError INVALID_REQUEST = OAuthError.of(
            ErrorCode.INVALID_REQUEST, "The access token must come once, in the Authorization header, as one token");
    private static final OAuthError INVALID_TOKEN = OAuthError.of(
            ErrorCode.INVALID_TOKEN, "The access token is expired, malformed or not meant for this resource");
    private static final OAuthError INSUFFICIENT_SCOPE =
            OAuthError.of(ErrorCode.INSUFFICIENT_SCOPE, "The request needs a scope that the access token lacks");

    private final String realm;
    private final String withoutToken;
    private final String invalidRequest;
    private final String invalidToken;

    private BearerChallenge(String realm) {
        this.realm = realm;
        this.withoutToken = builder().build().toString();
        this.invalidRequest = builder().error(INVALID_REQUEST).build().toString();
        this.invalidToken = builder().error(INVALID_TOKEN).build().toString();
    }

    /**
     * The challenges for one protection space.
     *
     * @param realm printable ASCII without quote and backslash
     * @throws IllegalArgumentException if the realm holds another character or is empty
     */
    public static BearerChallenge of(String realm) {
        return new BearerChallenge(realm);
    }

    /** For a request without a token: a scheme to use, and no error code (RFC 6750 §3.1). */
    public String withoutToken() {
        return withoutToken;
    }

    /** {@code invalid_request}, for status 400. */
    public String invalidRequest() {
        return invalidRequest;
    }

    /** {@code invalid_token}, for status 401. */
    public String invalidToken() {
        return invalidToken;
    }

    /** {@code insufficient_scope}, for status 403, with the scope that the request needs. */
    public String insufficientScope(Scope needed) {
        return builder().error(INSUFFICIENT_SCOPE).scope(needed).build().toString();
    }

    private Challenge.Builder builder() {
        return Challenge.builder(SCHEME).realm(realm);
    }

    @Override
    public String toString() {
        return withoutToken;
    }
}
