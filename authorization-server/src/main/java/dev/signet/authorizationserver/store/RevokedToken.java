package dev.signet.authorizationserver.store;

import dev.signet.core.JwtId;
import java.time.Instant;
import java.util.Objects;

/**
 * An access token that must not be used any more.
 *
 * @param digest which token
 * @param expiresAt its {@code exp}: from then on it is refused for its age, and may be forgotten
 */
public record RevokedToken(JwtIdDigest digest, Instant expiresAt) {

    /** Both are needed. */
    public RevokedToken {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** The token with that {@code jti}. */
    public static RevokedToken of(JwtId jwtId, Instant expiresAt) {
        return new RevokedToken(JwtIdDigest.of(jwtId), expiresAt);
    }
}
