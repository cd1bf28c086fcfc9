package dev.signet.client.authorization;

import java.net.URI;

/**
 * An authorization request that was made for one user agent.
 *
 * @param uri where to send the user agent, by a redirect with status 303 or a link
 * @param pending what its response is recognized by; to be kept with the session of this user agent, and nowhere else
 */
public record BegunAuthorization(URI uri, PendingAuthorization pending) {

    /** Without the request: its state is known to the user agent alone. */
    @Override
    public String toString() {
        return "BegunAuthorization at " + pending.issuer();
    }
}
