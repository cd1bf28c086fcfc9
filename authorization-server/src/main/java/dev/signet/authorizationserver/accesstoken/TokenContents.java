package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.claims.MappedClaims;
import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.accesstoken.AccessTokenPayload;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a token says: the claims of RFC 9068 §2.2, and what its resource is configured to get, and no more (§6).
 * Thread-safe.
 */
public final class TokenContents {

    /** All claims of a token that has some by code: what it is read by, and no longer than a token can come back in a form. */
    private static final JsonLimits READABLE = new JsonLimits(32_768, 16, 2_000, 32_768, 64);

    private final Issuer issuer;
    private final RandomIds ids;
    private final AccessTokenClaims function;
    private final @Nullable PairwiseKey pairwiseKey;

    private TokenContents(Issuer issuer, RandomIds ids, AccessTokenClaims function, @Nullable PairwiseKey pairwiseKey) {
        this.issuer = issuer;
        this.ids = ids;
        this.function = function;
        this.pairwiseKey = pairwiseKey;
    }

    /**
     * What the tokens of an issuer say, without pairwise subjects.
     *
     * @param ids where the {@code jti}s come from
     * @param function adds claims
     */
    public static TokenContents of(Issuer issuer, RandomIds ids, AccessTokenClaims function) {
        return new TokenContents(issuer, ids, function, null);
    }

    /** The same with pairwise subjects where a resource has them. */
    public TokenContents withPairwiseKey(PairwiseKey key) {
        return new TokenContents(issuer, ids, function, key);
    }

    /**
     * What a token would say that nobody gets.
     *
     * @throws AccessTokenClaimsException if the function gives no claims that a token can have
     */
    public JsonObject preview(Approval approval) {
        return decide(approval).claims();
    }

    /** @throws AccessTokenClaimsException if the function gives no claims that a token can have */
    TokenContent decide(Approval approval) {
        MappedClaims mapped =
                approval.resource().claims().map(approval.subjectAttributes(), approval.clientAttributes());
        JsonObject added = added(approval);
        JwtId jwtId = ids.next();
        AccessTokenPayload.Builder payload = AccessTokenPayload.builder()
                .issuer(issuer)
                .subject(subject(approval))
                .clientId(approval.clientId())
                .audience(List.of(approval.resource().resource().value()))
                .scope(approval.scope())
                .jwtId(jwtId)
                .issuedAt(approval.approvedAt())
                .lifetime(approval.lifetime())
                .claims(merged(mapped.claims(), added));
        approval.authentication().ifPresent(payload::authentication);
        JsonObject claims = payload.build();
        if (added.size() > 0) {
            requireReadable(claims);
        }
        return new TokenContent(jwtId, claims, leftOut(mapped, added));
    }

    private static List<String> leftOut(MappedClaims mapped, JsonObject added) {
        return mapped.leftOut().isEmpty()
                ? mapped.leftOut()
                : mapped.leftOut().stream().filter(claim -> !added.has(claim)).toList();
    }

    /** A client that speaks for itself has its {@code client_id} in the token anyway. */
    private String subject(Approval approval) {
        String subject = approval.subject();
        if (!approval.resource().hasPairwiseSubject()
                || subject.equals(approval.clientId().value())) {
            return subject;
        }
        if (pairwiseKey == null) {
            throw new IllegalStateException("a server with a pairwise resource is not built without the key");
        }
        return pairwiseKey.subjectAt(approval.resource().resource(), subject);
    }

    @SuppressWarnings("NullAway") // who writes the function may not have its nullness checked
    private JsonObject added(Approval approval) {
        JsonObject added;
        try {
            added = function.claims(approval);
        } catch (RuntimeException failed) {
            throw new AccessTokenClaimsException(
                    RefusalReason.CLAIMS_FAILED, "the function that adds claims failed", failed);
        }
        if (added == null) {
            throw new AccessTokenClaimsException(
                    RefusalReason.CLAIMS_FAILED, "the function that adds claims gave null", null);
        }
        List<String> reserved = added.size() == 0 ? List.of() : AccessTokenProfile.reservedAmong(added.names());
        if (!reserved.isEmpty()) {
            throw new AccessTokenClaimsException(
                    RefusalReason.CLAIMS_RESERVED,
                    "the function that adds claims gave reserved ones: " + String.join(", ", reserved),
                    null);
        }
        return added;
    }

    private static void requireReadable(JsonObject claims) {
        try {
            JsonObject.parse(claims.toBytes(), READABLE);
        } catch (JsonException beyond) {
            throw new AccessTokenClaimsException(
                    RefusalReason.CLAIMS_FAILED,
                    "the function that adds claims gave more than a token is read with: " + beyond.getMessage(),
                    null);
        }
    }

    private static JsonObject merged(JsonObject mapped, JsonObject added) {
        if (added.size() == 0) {
            return mapped;
        }
        JsonObject.Builder all = mapped.toBuilder();
        added.names().forEach(name -> all.put(name, added.find(name).orElseThrow()));
        return all.build();
    }
}
