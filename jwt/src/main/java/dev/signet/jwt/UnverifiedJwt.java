package dev.signet.jwt;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.VerificationKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT as received: well-formed, and no more than that. It gives away only what is needed to choose keys;
 * keys and URLs in the header ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are not among it.
 */
public final class UnverifiedJwt {
    /** The most characters read unless said otherwise. */
    public static final int MAXIMUM_LENGTH = 65_536;

    /** The most keys that {@link #tryingAllKeys} tries. */
    public static final int MOST_KEYS_TRIED = 5;

    static final int PARTS = 3;

    private static final Pattern COMPACT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private final CompactSerialization compact;
    private final byte[] signature;
    private final JsonObject header;
    private final JsonObject claims;
    private final JwsAlgorithm algorithm;
    private final @Nullable String keyId;
    private final @Nullable String type;
    private final boolean triesAllKeys;

    private UnverifiedJwt(CompactSerialization compact, JsonObject header, JwsAlgorithm algorithm, JsonObject claims) {
        this.compact = compact;
        this.header = header;
        this.algorithm = algorithm;
        this.claims = claims;
        this.keyId = CompactSerialization.text(header, "kid");
        this.type = CompactSerialization.text(header, "typ");
        this.signature = compact.decode(2, "signature");
        this.triesAllKeys = false;
    }

    private UnverifiedJwt(UnverifiedJwt like, boolean triesAllKeys) {
        this.compact = like.compact;
        this.header = like.header;
        this.algorithm = like.algorithm;
        this.claims = like.claims;
        this.keyId = like.keyId;
        this.type = like.type;
        this.signature = like.signature;
        this.triesAllKeys = triesAllKeys;
    }

    /** Whether a text has the form of one signed JWT in compact serialization: three parts of base64url, nothing around them. */
    public static boolean isCompact(String text) {
        return COMPACT.matcher(text).matches();
    }

    /** Reads a compact serialization of at most {@link #MAXIMUM_LENGTH} characters. */
    public static UnverifiedJwt parse(String compact) {
        return parse(compact, MAXIMUM_LENGTH);
    }

    /** Reads a compact serialization; the length is checked before anything is decoded. */
    public static UnverifiedJwt parse(String compact, int maxLength) {
        if (maxLength < 1 || maxLength > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("maxLength must be from 1 to " + MAXIMUM_LENGTH);
        }
        return parse(CompactSerialization.split(compact, 0, maxLength, PARTS));
    }

    /**
     * Reads the compact serialization that begins at {@code start} and is all the rest of a text, as after the scheme
     * of a header field; saves a copy of it.
     *
     * @throws JwtRejected if the text is longer than {@link #MAXIMUM_LENGTH}
     */
    public static UnverifiedJwt parseFrom(String text, int start) {
        if (start < 0 || start > text.length()) {
            throw new IllegalArgumentException("start must be within text");
        }
        return parse(CompactSerialization.split(text, start, MAXIMUM_LENGTH, PARTS));
    }

    private static UnverifiedJwt parse(CompactSerialization parts) {
        JsonObject header = parts.header();
        String name = header.find("alg").map(Object::toString).orElse("");
        JwsAlgorithm algorithm = JwsAlgorithm.find(name)
                .orElseThrow(
                        () -> new JwtRejected(Reason.ALGORITHM_UNKNOWN, "alg is missing or names nothing supported"));
        return new UnverifiedJwt(parts, header, algorithm, parts.json(1, "claims"));
    }

    /** The {@code alg} header, for choosing keys. */
    public String algorithmName() {
        return algorithm.joseName();
    }

    /**
     * Refuses a JWT of another algorithm, before anybody goes for keys that would not help.
     *
     * @throws JwtRejected with {@link Reason#ALGORITHM_NOT_ALLOWED}
     */
    public void requireAlgorithm(Set<JwsAlgorithm> allowed) {
        if (!allowed.contains(algorithm)) {
            throw new JwtRejected(Reason.ALGORITHM_NOT_ALLOWED, algorithm.joseName() + " is not accepted here");
        }
    }

    /** The {@code kid} header, for choosing keys. Hostile input: compare it, do nothing else with it. */
    public Optional<String> keyId() {
        return Optional.ofNullable(keyId);
    }

    /** The {@code typ} header, as it is. */
    public Optional<String> type() {
        return Optional.ofNullable(type);
    }

    /** The {@code iss} claim for choosing whose keys to ask; empty if absent or not a string. Proves nothing. */
    public Optional<String> claimedIssuer() {
        return claims.find("iss").filter(String.class::isInstance).map(String.class::cast);
    }

    /** The {@code sub} claim for choosing whose keys to ask; empty if absent or not a string. Proves nothing. */
    public Optional<String> claimedSubject() {
        return claims.find("sub").filter(String.class::isInstance).map(String.class::cast);
    }

    /**
     * The same JWT, for senders that leave {@code kid} out: if that is not there, it is checked with one after another of the keys
     * that fit, as long as they are no more than {@link #MOST_KEYS_TRIED}. Each costs as much as a signature.
     */
    public UnverifiedJwt tryingAllKeys() {
        return new UnverifiedJwt(this, true);
    }

    /**
     * Checks the signature with the key of the set that {@code kid} names; without {@code kid}, with the only key
     * that fits.
     *
     * @param allowed the algorithms accepted from this sender; not empty, no MAC
     * @throws JwtRejected with {@link Reason#KEY_UNKNOWN} where newer keys might help
     */
    public VerifiedJwt verify(JwkSet keys, Set<JwsAlgorithm> allowed) {
        if (allowed.isEmpty()) {
            throw new IllegalArgumentException("allowed must name at least one algorithm");
        }
        for (JwsAlgorithm each : allowed) {
            if (each.isMac()) {
                throw new IllegalArgumentException("allowed must not name a MAC");
            }
        }
        requireAlgorithm(allowed);
        KeySelection selection = new KeySelection(keys, allowed);
        if (!triesAllKeys || keyId != null) {
            VerificationKey key = selection.select(algorithm, keyId);
            if (isSignedWith(key)) {
                return new VerifiedJwt(header, claims, algorithm, keyId, type, key);
            }
        } else {
            for (VerificationKey key : selection.fitting(algorithm, MOST_KEYS_TRIED)) {
                if (isSignedWith(key)) {
                    return new VerifiedJwt(header, claims, algorithm, null, type, key);
                }
            }
        }
        throw new JwtRejected(Reason.BAD_SIGNATURE, "the signature is wrong");
    }

    private boolean isSignedWith(VerificationKey key) {
        return key.verifies(algorithm, compact.ascii(), compact.start(), compact.lastDot(), signature);
    }

    /** Checks the MAC with the keys of the algorithm the JWT names; normally one, two while a secret is changed. */
    public VerifiedJwt verify(List<MacKey> keys) {
        boolean fitting = false;
        for (MacKey key : keys) {
            if (key.algorithm() == algorithm) {
                fitting = true;
                if (key.verifies(compact.ascii(), compact.start(), compact.lastDot(), signature)) {
                    return new VerifiedJwt(header, claims, algorithm, keyId, type, null);
                }
            }
        }
        if (!fitting) {
            throw new JwtRejected(Reason.ALGORITHM_NOT_ALLOWED, algorithm.joseName() + " is not accepted here");
        }
        throw new JwtRejected(Reason.BAD_SIGNATURE, "the MAC is wrong");
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "UnverifiedJwt[" + (compact.ascii().length - compact.start()) + " characters, alg="
                + algorithm.joseName() + "]";
    }
}
