package dev.signet.client;

import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * An access token as the client has it: a string to send along, and what the server said about it (RFC 6749 §5.1). The
 * client does not look inside (RFC 9068 §6).
 *
 * @param value the token; a secret
 * @param expiresAt when it ends, counted from before it was asked for; empty if the server did not say
 * @param scope what it may be used for
 * @param resource the one resource it was asked for, and the only one to send it to; empty if the request named none
 */
public record IssuedToken(
        String value, Optional<Instant> expiresAt, Scope scope, Optional<ResourceIndicator> resource) {

    /** The value of the {@code Authorization} header to send to the resource (RFC 6750 §2.1). */
    public String authorization() {
        return "Bearer " + value;
    }

    /** Everything but the token. */
    @Override
    public String toString() {
        return "IssuedToken with scope " + scope + ", expires at "
                + expiresAt.map(Instant::toString).orElse("an unknown time");
    }
}
