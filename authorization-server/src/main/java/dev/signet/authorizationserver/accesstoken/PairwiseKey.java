package dev.signet.authorizationserver.accesstoken;

import dev.signet.core.ResourceIndicator;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The key that subjects are named with where each resource knows them under another name (RFC 9068 §6). All nodes need the same;
 * with another key all names are others. Whoever has it can tell which names are the same subject's. Thread-safe.
 */
public final class PairwiseKey {

    /** The fewest octets it may have. */
    public static final int MINIMUM_LENGTH = 32;

    private final MacKey key;

    private PairwiseKey(MacKey key) {
        this.key = key;
    }

    /**
     * The key with these octets, random ones.
     *
     * @throws IllegalArgumentException if they are too few
     */
    public static PairwiseKey of(byte[] octets) {
        if (octets.length < MINIMUM_LENGTH) {
            throw new IllegalArgumentException("a pairwise key must have at least " + MINIMUM_LENGTH + " octets");
        }
        return new PairwiseKey(MacKey.of(octets, JwsAlgorithm.HS256));
    }

    /** {@code sub} at that resource of whom the server knows as {@code subject}: 43 characters, always the same. */
    String subjectAt(ResourceIndicator resource, String subject) {
        byte[] first = resource.value().getBytes(StandardCharsets.UTF_8);
        byte[] second = subject.getBytes(StandardCharsets.UTF_8);
        // With their lengths before them, no two pairs have the same octets.
        byte[] both = ByteBuffer.allocate(2 * Integer.BYTES + first.length + second.length)
                .putInt(first.length)
                .put(first)
                .putInt(second.length)
                .put(second)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.sign(both));
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "PairwiseKey";
    }
}
