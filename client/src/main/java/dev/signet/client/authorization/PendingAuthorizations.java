package dev.signet.client.authorization;

import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.error.OAuthException;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import java.util.Optional;

/**
 * The authorization requests that one user agent was sent away with. There is one for each session, never one for all: that a
 * response comes from the user agent that was sent away is what protects the user (RFC 6749 §10.12). Several can be pending, in as
 * many tabs.
 *
 * <p>{@link #inMemory} is one to keep in the session. An application whose sessions are elsewhere implements both verbs over them, by
 * {@link PendingAuthorization#toText} and {@link PendingAuthorization#parse}; what they throw reaches whoever calls. Thread-safe.
 */
public interface PendingAuthorizations {

    /** Keeps a request. Old ones may be forgotten to make room. */
    void put(PendingAuthorization pending);

    /**
     * The request with that state, which is forgotten in the same step: of two responses at the same time one finds it (RFC 9700
     * §4.2.4).
     */
    Optional<PendingAuthorization> take(String state);

    /** For one session, in memory: the last {@value PendingInMemory#MOST}. */
    static PendingAuthorizations inMemory() {
        return new PendingInMemory();
    }

    /**
     * Reads the response that this user agent brought. Its request is taken, whatever comes of it.
     *
     * @param arrivedAt the redirect URI of this client at which it arrived
     * @param response the query of the request that brought it, or its body where that is a form: as it was sent, percent-encoded
     */
    default AuthorizationResponse complete(RedirectUri arrivedAt, String response) {
        try {
            return FormParameters.parse(response)
                    .single(ParameterName.STATE)
                    .flatMap(this::take)
                    .map(pending -> pending.complete(arrivedAt, response))
                    .orElseGet(AuthorizationResponse.OtherState::new);
        } catch (OAuthException unreadable) {
            // What has no state that could be read takes no request away.
            return new AuthorizationResponse.OtherState();
        }
    }
}
