package dev.signet.authorizationserver.accesstoken;

import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * An access token that came back: this server issued it, and it has not expired. Holding one is the proof; only {@link
 * AccessTokenReader} makes it. It may have been revoked.
 */
public final class IssuedAccessToken {

    private final JsonObject claims;
    private final List<String> audience;
    private final Instant expiresAt;
    private final ClientId clientId;
    private final JwtId jwtId;
    private final boolean hidden;

    IssuedAccessToken(
            JsonObject claims,
            List<String> audience,
            Instant expiresAt,
            ClientId clientId,
            JwtId jwtId,
            boolean hidden) {
        this.claims = claims;
        this.audience = audience;
        this.expiresAt = expiresAt;
        this.clientId = clientId;
        this.jwtId = jwtId;
        this.hidden = hidden;
    }

    /** Whom it was issued to. */
    public ClientId clientId() {
        return clientId;
    }

    /** Its {@code jti}. */
    public JwtId jwtId() {
        return jwtId;
    }

    /** Its {@code exp}. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** Whether it was issued before that time, in whole seconds. */
    public boolean isFromBefore(Instant time) {
        return claims.findLong("iat")
                .filter(seconds -> seconds < time.getEpochSecond())
                .isPresent();
    }

    /** Its {@code aud}: the resources it is meant for. */
    public List<String> audience() {
        return audience;
    }

    /** All its claims, whatever its format. */
    public JsonObject claims() {
        return claims;
    }

    /** Whether its format keeps its claims from the client (RFC 9068 §6). */
    public boolean isHidden() {
        return hidden;
    }

    /** Its {@code jti}, no more. */
    @Override
    public String toString() {
        return "IssuedAccessToken " + jwtId;
    }
}
