package dev.signet.resourceserver;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one token is known again by: all octets that its signature covers, and the SHA-256 hash of the signature. Two
 * tokens that differ in one character have different fingerprints, up to a collision of SHA-256.
 *
 * <p>The signature is what makes a token worth stealing. It is hashed because it must not be kept; the rest is compared
 * as it is, because hashing all of a token would take twice as long as everything else.
 */
final class Fingerprint {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] octets;
    private final int signedStart;
    private final int signedEnd;
    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    private Fingerprint(byte[] octets, int signedStart, int signedEnd, byte[] hash) {
        this.octets = octets;
        this.signedStart = signedStart;
        this.signedEnd = signedEnd;
        this.first = (long) LONG.get(hash, 0);
        this.second = (long) LONG.get(hash, 8);
        this.third = (long) LONG.get(hash, 16);
        this.fourth = (long) LONG.get(hash, 24);
    }

    private Fingerprint(byte[] signed, Fingerprint other) {
        this.octets = signed;
        this.signedStart = 0;
        this.signedEnd = signed.length;
        this.first = other.first;
        this.second = other.second;
        this.third = other.third;
        this.fourth = other.fourth;
    }

    /**
     * The fingerprint of a token; null for a text that has not the parts of one.
     *
     * @param text the token with what stands before it, which is not part of the fingerprint
     * @param start where the token begins; a copy of the token alone would cost as much as hashing the signature
     */
    static @Nullable Fingerprint of(String text, int start) {
        // A character beyond Latin-1 becomes '?', which no token has that was found good.
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        if (octets.length != text.length()) {
            // Two surrogates became one octet, and the parts are elsewhere.
            return null;
        }
        int headerEnd = text.indexOf('.', start);
        int signedEnd = headerEnd < 0 ? -1 : text.indexOf('.', headerEnd + 1);
        return signedEnd < 0 ? null : new Fingerprint(octets, start, signedEnd, hash(octets, signedEnd + 1));
    }

    /** The fingerprint of a token that has no parts: all of it is worth stealing, so none of it is kept. */
    static Fingerprint ofOpaque(String token) {
        return new Fingerprint(new byte[0], 0, 0, hash(token.getBytes(StandardCharsets.ISO_8859_1), 0));
    }

    private static byte[] hash(byte[] octets, int from) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(octets, from, octets.length - from);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The same fingerprint, to be kept: without the signature itself. */
    Fingerprint withoutSignature() {
        return new Fingerprint(Arrays.copyOfRange(octets, signedStart, signedEnd), this);
    }

    /** The octets that are held on to; for tests. */
    byte[] octets() {
        return octets.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fingerprint that
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth
                && Arrays.equals(octets, signedStart, signedEnd, that.octets, that.signedStart, that.signedEnd);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first);
    }

    /** Shows nothing of the token. */
    @Override
    public String toString() {
        return "Fingerprint of " + (signedEnd - signedStart) + " octets";
    }
}
