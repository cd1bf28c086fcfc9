package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.grant.Approval;
import dev.signet.jwt.json.JsonObject;

/**
 * Adds claims to access tokens by code (RFC 9068 §2.2.2). Replace it where a {@link
 * dev.signet.authorizationserver.claims.ClaimMapping} can't say what a resource is to get: what has to be looked up, or depends on
 * more than one attribute.
 *
 * <pre>{@code
 * AccessTokenClaims tenants = approval -> JsonObject.builder()
 *         .put("https://example.com/tenant", tenantOf.apply(approval.clientId()))
 *         .build();
 * }</pre>
 *
 * <p>It is called for each token, on the thread of the request, after every rule was met and before anything is used up: what
 * takes long delays the answer, and the request may still turn out to be a repetition. Thread-safe.
 */
@FunctionalInterface
public interface AccessTokenClaims {

    /**
     * The claims to add; {@link JsonObject#empty()} to add none. One of the same name takes the place of a mapped one. None may
     * be one of {@link dev.signet.core.accesstoken.AccessTokenProfile#RESERVED_CLAIMS}, and all claims of a token together have
     * at most 32 KB, 2000 members and elements, and 16 levels: else, as when this throws, nothing is issued, and the answer is
     * {@code server_error}.
     */
    JsonObject claims(Approval approval);

    /** Adds none. */
    static AccessTokenClaims none() {
        return approval -> JsonObject.empty();
    }
}
