package dev.signet.authorizationserver.store;

import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.Objects;

/**
 * What is kept about an access token that does not say it itself, or not to this server.
 *
 * @param digest which token; its text is kept nowhere
 * @param claims what a JWT in its place would hold, as RFC 9068 §2.2 has it
 * @param expiresAt its {@code exp}: from then on it is refused, and may be forgotten
 */
public record StoredToken(TokenDigest digest, JsonObject claims, Instant expiresAt) {

    /** All are needed. */
    public StoredToken {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(claims, "claims");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** The digest and the expiry, no claims. */
    @Override
    public String toString() {
        return "StoredToken " + digest.value() + " until " + expiresAt;
    }
}
