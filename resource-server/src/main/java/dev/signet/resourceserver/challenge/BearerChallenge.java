package dev.signet.resourceserver.challenge;

import dev.signet.core.Scope;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthError;
import dev.signet.core.http.Challenge;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * The challenges of a resource server for the {@code Bearer} scheme (RFC 6750 §3, RFC 9470 §3). What they say depends on nothing
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
    private static final OAuthError INSUFFICIENT_PRIVILEGES =
            OAuthError.of(ErrorCode.INSUFFICIENT_SCOPE, "The request needs more privileges than the access token has");
    private static final OAuthError INSUFFICIENT_USER_AUTHENTICATION = OAuthError.of(
            ErrorCode.INSUFFICIENT_USER_AUTHENTICATION, "The request needs a stronger or more recent authentication");

    private final String realm;
    private final Optional<URI> resourceMetadata;
    private final String withoutToken;
    private final String invalidRequest;
    private final String invalidToken;
    private final String insufficientPrivileges;

    private BearerChallenge(String realm, Optional<URI> resourceMetadata) {
        this.realm = realm;
        this.resourceMetadata = resourceMetadata;
        this.withoutToken = builder().build().toString();
        this.invalidRequest = builder().error(INVALID_REQUEST).build().toString();
        this.invalidToken = builder().error(INVALID_TOKEN).build().toString();
        this.insufficientPrivileges =
                builder().error(INSUFFICIENT_PRIVILEGES).build().toString();
    }

    /**
     * The challenges for one protection space.
     *
     * @param realm printable ASCII without quote and backslash
     * @throws IllegalArgumentException if the realm holds another character or is empty
     */
    public static BearerChallenge of(String realm) {
        return new BearerChallenge(realm, Optional.empty());
    }

    /**
     * The challenges for one protection space, each with the place of its metadata (RFC 9728 §5.1).
     *
     * @throws IllegalArgumentException if the realm holds another character or is empty
     */
    public static BearerChallenge of(String realm, URI resourceMetadata) {
        return new BearerChallenge(realm, Optional.of(resourceMetadata));
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

    /** {@code insufficient_scope}, for status 403, where no scope would help (RFC 6750 §3.1). */
    public String insufficientPrivileges() {
        return insufficientPrivileges;
    }

    /**
     * {@code insufficient_user_authentication}, for status 401 (RFC 9470 §3).
     *
     * @param needed the parameters {@code acr_values} and {@code max_age}, as far as they apply
     */
    public String insufficientUserAuthentication(Map<String, String> needed) {
        Challenge.Builder challenge = builder().error(INSUFFICIENT_USER_AUTHENTICATION);
        needed.forEach(challenge::parameter);
        return challenge.build().toString();
    }

    private Challenge.Builder builder() {
        Challenge.Builder challenge = Challenge.builder(SCHEME).realm(realm);
        resourceMetadata.ifPresent(uri -> challenge.parameter("resource_metadata", uri.toString()));
        return challenge;
    }

    @Override
    public String toString() {
        return withoutToken;
    }
}
