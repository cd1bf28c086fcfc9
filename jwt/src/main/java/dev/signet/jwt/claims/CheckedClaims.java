package dev.signet.jwt.claims;

import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claims that meet their receiver's {@link ClaimsRules}. Whether they are true depends on how they came: {@link ValidClaims} are
 * those of a verified JWT.
 */
public sealed class CheckedClaims permits ValidClaims {
    private final JsonObject claims;
    private final List<String> audience;
    private final Instant expiresAt;
    private final @Nullable Instant issuedAt;
    private final @Nullable Instant notBefore;

    CheckedClaims(
            JsonObject claims,
            List<String> audience,
            Instant expiresAt,
            @Nullable Instant issuedAt,
            @Nullable Instant notBefore) {
        this.claims = claims;
        this.audience = audience;
        this.expiresAt = expiresAt;
        this.issuedAt = issuedAt;
        this.notBefore = notBefore;
    }

    /** All claims. */
    public final JsonObject all() {
        return claims;
    }

    /** The {@code iss} claim. */
    public final Optional<String> issuer() {
        return claims.findString("iss");
    }

    /** The {@code sub} claim. */
    public final Optional<String> subject() {
        return claims.findString("sub");
    }

    /** The {@code jti} claim. */
    public final Optional<String> jwtId() {
        return claims.findString("jti");
    }

    /** The {@code aud} claim: one value, or several in order. */
    public final List<String> audience() {
        return audience;
    }

    /** The {@code exp} claim; where the kind of JWT has none, the time that the rules put in its place. */
    public final Instant expiresAt() {
        return expiresAt;
    }

    /** The {@code iat} claim. */
    public final Optional<Instant> issuedAt() {
        return Optional.ofNullable(issuedAt);
    }

    /** The {@code nbf} claim. */
    public final Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** Shows names, no values. */
    @Override
    public final String toString() {
        return "CheckedClaims[" + claims + "]";
    }
}
