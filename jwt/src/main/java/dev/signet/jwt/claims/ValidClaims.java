package dev.signet.jwt.claims;

import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The claims of a verified JWT that meets its receiver's {@link ClaimsRules}: holding one is the proof. */
public final class ValidClaims {
    private final VerifiedJwt jwt;
    private final List<String> audience;
    private final Instant expiresAt;
    private final @Nullable Instant issuedAt;
    private final @Nullable Instant notBefore;

    ValidClaims(
            VerifiedJwt jwt,
            List<String> audience,
            Instant expiresAt,
            @Nullable Instant issuedAt,
            @Nullable Instant notBefore) {
        this.jwt = jwt;
        this.audience = audience;
        this.expiresAt = expiresAt;
        this.issuedAt = issuedAt;
        this.notBefore = notBefore;
    }

    /** All claims. */
    public JsonObject all() {
        return jwt.claims();
    }

    /** The {@code iss} claim. */
    public Optional<String> issuer() {
        return all().findString("iss");
    }

    /** The {@code sub} claim. */
    public Optional<String> subject() {
        return all().findString("sub");
    }

    /** The {@code jti} claim. */
    public Optional<String> jwtId() {
        return all().findString("jti");
    }

    /** The {@code aud} claim: one value, or several in order. */
    public List<String> audience() {
        return audience;
    }

    /** The {@code exp} claim. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** The {@code iat} claim. */
    public Optional<Instant> issuedAt() {
        return Optional.ofNullable(issuedAt);
    }

    /** The {@code nbf} claim. */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /** The JWT these are the claims of. */
    public VerifiedJwt jwt() {
        return jwt;
    }

    /** Shows names, no values. */
    @Override
    public String toString() {
        return "ValidClaims[" + all() + "]";
    }
}
