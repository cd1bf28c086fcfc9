package dev.signet.client.authorization;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * An authorization request that was made for one user agent.
 *
 * @param uri where to send the user agent, by a redirect with status 303 or a link
 * @param pending what its response is recognized by; to be kept with the session of this user agent, and nowhere else
 * @param expiresAt when the server has forgotten a request that was pushed, and another has to be begun (RFC 9126 §2.2); empty if it
 *     was not
 */
public record BegunAuthorization(URI uri, PendingAuthorization pending, Optional<Instant> expiresAt) {

    /** Without the request: its state is known to the user agent alone. */
    @Override
    public String toString() {
        return "BegunAuthorization at " + pending.issuer();
    }
}
