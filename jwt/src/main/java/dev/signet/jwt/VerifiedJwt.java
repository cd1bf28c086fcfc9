package dev.signet.jwt;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.VerificationKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JWT whose signature or MAC has been checked: holding one is the proof. That it is current, and meant for the
 * receiver, is for {@code ClaimsRules} to say.
 */
public final class VerifiedJwt {
    private final JsonObject header;
    private final JsonObject claims;
    private final JwsAlgorithm algorithm;
    private final @Nullable String keyId;
    private final @Nullable String type;
    private final @Nullable VerificationKey key;

    VerifiedJwt(
            JsonObject header,
            JsonObject claims,
            JwsAlgorithm algorithm,
            @Nullable String keyId,
            @Nullable String type,
            @Nullable VerificationKey key) {
        this.header = header;
        this.claims = claims;
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.type = type;
        this.key = key;
    }

    /** The header, all of it. */
    public JsonObject header() {
        return header;
    }

    /** The claims, all of them. */
    public JsonObject claims() {
        return claims;
    }

    /** The algorithm that was used. */
    public JwsAlgorithm algorithm() {
        return algorithm;
    }

    /** The {@code kid} header. */
    public Optional<String> keyId() {
        return Optional.ofNullable(keyId);
    }

    /** The {@code typ} header, as it is. */
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    /** The key it was checked with; empty for a MAC. */
    public Optional<VerificationKey> key() {
        return Optional.ofNullable(key);
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "VerifiedJwt[alg=" + algorithm.joseName() + "]";
    }
}
