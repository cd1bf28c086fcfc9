package dev.signet.jwt.claims;

import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The claims of a verified JWT that meets its receiver's {@link ClaimsRules}: holding one is the proof. */
public final class ValidClaims extends CheckedClaims {

    ValidClaims(
            JsonObject claims,
            List<String> audience,
            Instant expiresAt,
            @Nullable Instant issuedAt,
            @Nullable Instant notBefore) {
        super(claims, audience, expiresAt, issuedAt, notBefore);
    }
}
