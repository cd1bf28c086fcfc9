package dev.signet.jwt;

import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JWE as received, which must hold a signed JWT: sign, then encrypt (RFC 7519 §11.2). Decrypting it proves nothing
 * about its sender and gives an {@link UnverifiedJwt}.
 */
public final class EncryptedJwt {
    /** The content encryption algorithms there are. */
    public static final Set<String> ENCRYPTIONS = Collections.unmodifiableSet(
            new LinkedHashSet<>(Arrays.asList("A256GCM", "A128GCM", "A256CBC-HS512", "A128CBC-HS256")));

    private static final int PARTS = 5;
    private static final int MOST_TRIED = 5;
    private static final List<String> NAMES =
            List.of("header", "encrypted key", "initialization vector", "ciphertext", "authentication tag");

    private final String compact;
    private final JsonObject header;
    private final String algorithm;
    private final String encryption;
    private final @Nullable String keyId;

    private EncryptedJwt(String compact, JsonObject header) {
        this.compact = compact;
        this.header = header;
        this.keyId = CompactSerialization.text(header, "kid");
        this.algorithm =
                Optional.ofNullable(CompactSerialization.text(header, "alg")).orElse("");
        this.encryption =
                Optional.ofNullable(CompactSerialization.text(header, "enc")).orElse("");
        if (!DecryptionKey.ALGORITHMS.contains(algorithm) || !ENCRYPTIONS.contains(encryption)) {
            throw new JwtRejected(Reason.ALGORITHM_UNKNOWN, "alg or enc is missing or names nothing supported");
        }
        String contentType = CompactSerialization.text(header, "cty");
        if (contentType == null
                || !(contentType.equalsIgnoreCase("JWT") || contentType.equalsIgnoreCase("application/jwt"))) {
            throw new JwtRejected(Reason.NOT_SIGNED, "cty is not JWT");
        }
    }

    /** Whether the text has five parts, as JWEs have and signed JWTs have not. */
    public static boolean looksEncrypted(String compact) {
        return compact.chars().filter(unit -> unit == '.').count() == PARTS - 1;
    }

    /** Reads a compact serialization of at most {@link UnverifiedJwt#MAXIMUM_LENGTH} characters. */
    public static EncryptedJwt parse(String compact) {
        CompactSerialization parts = CompactSerialization.split(compact, 0, UnverifiedJwt.MAXIMUM_LENGTH, PARTS);
        for (int part = 1; part < PARTS; part++) {
            parts.decode(part, NAMES.get(part));
        }
        return new EncryptedJwt(compact, parts.header());
    }

    /**
     * Decrypts with the keys of the header's algorithm, those {@code kid} names if it is there, five at most. All
     * failures of this step are one and the same (RFC 7516 §11.5).
     *
     * @param allowedAlgorithms of {@link DecryptionKey#ALGORITHMS}, those accepted from this sender
     * @param allowedEncryptions of {@link #ENCRYPTIONS}, those accepted from this sender
     */
    public UnverifiedJwt decrypt(
            List<DecryptionKey> keys, Set<String> allowedAlgorithms, Set<String> allowedEncryptions) {
        requireSupported(allowedAlgorithms, DecryptionKey.ALGORITHMS, "allowedAlgorithms");
        requireSupported(allowedEncryptions, ENCRYPTIONS, "allowedEncryptions");
        if (!allowedAlgorithms.contains(algorithm) || !allowedEncryptions.contains(encryption)) {
            throw new JwtRejected(Reason.DECRYPTION_FAILED, "alg or enc is not accepted here");
        }
        byte[] plaintext = keys.stream()
                .filter(key -> key.algorithm().equals(algorithm))
                .filter(key -> keyId == null || key.keyId().equals(keyId))
                .limit(MOST_TRIED)
                .flatMap(key -> key.decrypt(header, compact).stream())
                .findFirst()
                .orElseThrow(() -> new JwtRejected(Reason.DECRYPTION_FAILED, "the JWE cannot be decrypted"));
        return signed(new String(plaintext, StandardCharsets.ISO_8859_1));
    }

    private static UnverifiedJwt signed(String plaintext) {
        try {
            return UnverifiedJwt.parse(plaintext);
        } catch (JwtRejected rejected) {
            // Bare claims, or another JWE: it decrypts, but nobody has signed it.
            throw rejected.reason() == Reason.MALFORMED || rejected.reason() == Reason.BAD_ENCODING
                    ? new JwtRejected(Reason.NOT_SIGNED, "the JWE holds no signed JWT")
                    : rejected;
        }
    }

    private static void requireSupported(Set<String> allowed, Set<String> supported, String name) {
        if (allowed.isEmpty() || !supported.containsAll(allowed)) {
            throw new IllegalArgumentException(name + " must name some of " + supported);
        }
    }

    /** Shows no content. */
    @Override
    public String toString() {
        return "EncryptedJwt[alg=" + algorithm + ", enc=" + encryption + "]";
    }
}
