package dev.signet.authorizationserver.store;

import dev.signet.core.JwtId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What an access token of this server is remembered by: the first 128 bits of the SHA-256 of its {@code jti}. The server alone
 * chooses that, so nobody can look for two tokens with one digest.
 *
 * @param high the first 64 bits
 * @param low the others
 */
public record JwtIdDigest(long high, long low) {

    /** The octets of a digest. */
    public static final int LENGTH = 2 * Long.BYTES;

    /** The digest of a token. */
    public static JwtIdDigest of(JwtId jwtId) {
        try {
            return first(
                    MessageDigest.getInstance("SHA-256").digest(jwtId.value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The digest that a store kept.
     *
     * @throws IllegalArgumentException if these are not {@link #LENGTH} octets
     */
    public static JwtIdDigest parse(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("octets must be " + LENGTH);
        }
        return first(octets);
    }

    private static JwtIdDigest first(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return new JwtIdDigest(buffer.getLong(), buffer.getLong());
    }

    /** The octets for a store to keep. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }
}
