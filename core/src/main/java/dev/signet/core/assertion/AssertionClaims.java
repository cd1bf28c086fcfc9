package dev.signet.core.assertion;

import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** The claims that every assertion has (RFC 7523 §3), the audience as a string and the times in whole seconds. */
final class AssertionClaims {

    private AssertionClaims() {}

    static JsonObject of(String issuer, String subject, Issuer audience, JwtId jwtId, Instant now, Duration lifetime) {
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("lifetime must be at least 1 s");
        }
        return JsonObject.builder()
                .put("iss", issuer)
                .put("sub", subject)
                .put("aud", audience.value())
                .put("exp", NumericDate.of(now) + lifetime.toSeconds())
                .put("iat", NumericDate.of(now))
                .put("jti", jwtId.value())
                .build();
    }
}
