package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.store.StoredToken;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.ValidClaims;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Recognizes the access tokens of this server that are still good by themselves: signed with a key that is published, also one
 * that signs no more, and held to RFC 9068 §4 but for the audience; or one whose claims are kept. Thread-safe.
 */
public final class AccessTokenReader {

    /** Each key is bound to one of these; a key is what makes a token ours. */
    static final Set<JwsAlgorithm> ALGORITHMS = Arrays.stream(JwsAlgorithm.values())
            .filter(algorithm -> !algorithm.isMac())
            .collect(Collectors.toUnmodifiableSet());

    private final SigningKeys keys;
    private final ClaimsRules rules;
    private final StoredTokens storedTokens;

    /**
     * Recognizes the tokens of an issuer.
     *
     * @param skew how far the clocks of its nodes may differ
     * @param storedTokens those whose claims are kept
     */
    public AccessTokenReader(Issuer issuer, SigningKeys keys, Duration skew, StoredTokens storedTokens) {
        this.keys = keys;
        this.storedTokens = storedTokens;
        this.rules = AccessTokenProfile.issuersOwnRules(issuer, skew);
    }

    /**
     * The token.
     *
     * @throws JwtRejected if it is anything else
     * @throws dev.signet.authorizationserver.store.StoreException if it is not a JWT, and can't be looked up
     */
    public IssuedAccessToken read(String token, Instant now) {
        Optional<StoredToken> kept = kept(token);
        return kept.isPresent() ? live(kept.get(), now) : verified(token, now);
    }

    /**
     * Whether what a token stands for is kept: it is opaque or encrypted, and this server issued it.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if it can't be looked up
     */
    public boolean isKept(String token) {
        return kept(token).isPresent();
    }

    /** A JWT is never looked for: it says itself what it is. */
    private Optional<StoredToken> kept(String token) {
        return RandomTexts.isOne(token) || EncryptedJwt.looksEncrypted(token)
                ? storedTokens.find(TokenDigest.of(token))
                : Optional.empty();
    }

    private static IssuedAccessToken live(StoredToken kept, Instant now) {
        if (!kept.expiresAt().isAfter(now)) {
            throw new JwtRejected(Reason.EXPIRED, "exp has passed");
        }
        JsonObject claims = kept.claims();
        List<String> audience = claims.find("aud").orElse("") instanceof String one
                ? List.of(one)
                : claims.findStrings("aud").orElseThrow();
        return issued(claims, audience, kept.expiresAt(), true);
    }

    private IssuedAccessToken verified(String token, Instant now) {
        ValidClaims claims = rules.check(UnverifiedJwt.parse(token).verify(keys.published(), ALGORITHMS), now);
        return issued(claims.all(), claims.audience(), claims.expiresAt(), false);
    }

    private static IssuedAccessToken issued(
            JsonObject claims, List<String> audience, Instant expiresAt, boolean hidden) {
        ClientId clientId = claims.findString("client_id")
                .flatMap(ClientId::find)
                .orElseThrow(() -> malformed("client_id is none"));
        return new IssuedAccessToken(claims, audience, expiresAt, clientId, jwtId(claims), hidden);
    }

    private static JwtId jwtId(JsonObject claims) {
        try {
            return new JwtId(claims.findString("jti").orElse(""));
        } catch (IllegalArgumentException notOurs) {
            throw malformed("jti has another form than ours");
        }
    }

    private static JwtRejected malformed(String detail) {
        return new JwtRejected(Reason.CLAIM_FORM, detail);
    }
}
