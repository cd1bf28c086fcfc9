package dev.signet.jwt.internal;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Ed25519's curve (RFC 8032 §5.1): checks public keys, and finds the public half of a private one, which the JDK does
 * not offer. Not in constant time: that is done once, when a private key is read from a file that lacks the public
 * half.
 */
public final class Ed25519Point {
    private static final int LENGTH = 32;
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    private static final BigInteger SQUARE_ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
    private static final BigInteger BASE_X =
            new BigInteger("15112221349535400772501151409588531511454012693041857206046113283949847762202");
    private static final BigInteger BASE_Y =
            BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P);

    private Ed25519Point() {}

    /** The 32 octets of the public key that belongs to the 32 octets of a private key. */
    public static byte[] publicKey(byte[] privateKey) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-512").digest(privateKey);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-512", impossible);
        }
        byte[] half = Arrays.copyOf(digest, LENGTH);
        half[0] &= (byte) 0xF8;
        half[31] &= 0x7F;
        half[31] |= 0x40;
        BigInteger scalar = new BigInteger(1, reversed(half));
        BigInteger[] sum = {BigInteger.ZERO, BigInteger.ONE};
        BigInteger[] base = {BASE_X, BASE_Y};
        for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
            sum = add(sum, sum);
            if (scalar.testBit(bit)) {
                sum = add(sum, base);
            }
        }
        return encode(sum[0], sum[1]);
    }

    /**
     * Whether the 32 octets are a point on the curve, canonically encoded and not of small order: under such a key
     * one signature would fit many messages.
     */
    public static boolean isPublicKey(byte[] encoded) {
        if (encoded.length != LENGTH) {
            return false;
        }
        byte[] octets = reversed(encoded);
        boolean odd = octets[0] < 0;
        octets[0] &= 0x7F;
        BigInteger y = new BigInteger(1, octets);
        if (y.compareTo(P) >= 0) {
            return false;
        }
        BigInteger yy = y.multiply(y).mod(P);
        BigInteger xx = yy.subtract(BigInteger.ONE)
                .multiply(D.multiply(yy).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        // p is 5 modulo 8: this is a square root of xx or of -xx, if there is one.
        BigInteger x = xx.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(xx)) {
            x = x.multiply(SQUARE_ROOT_OF_MINUS_ONE).mod(P);
        }
        if (!x.multiply(x).mod(P).equals(xx) || (x.signum() == 0 && odd)) {
            return false;
        }
        BigInteger[] multiple = {x, y};
        for (int doubling = 0; doubling < 3; doubling++) {
            multiple = add(multiple, multiple);
        }
        return multiple[0].signum() != 0;
    }

    /** The complete addition law of the twisted Edwards curve −x² + y² = 1 + d·x²·y². */
    private static BigInteger[] add(BigInteger[] left, BigInteger[] right) {
        BigInteger xx = left[0].multiply(right[0]).mod(P);
        BigInteger yy = left[1].multiply(right[1]).mod(P);
        BigInteger cross = left[0].multiply(right[1]).add(left[1].multiply(right[0]));
        BigInteger product = D.multiply(xx).multiply(yy).mod(P);
        BigInteger x = cross.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P);
        BigInteger y = yy.add(xx)
                .multiply(BigInteger.ONE.subtract(product).modInverse(P))
                .mod(P);
        return new BigInteger[] {x, y};
    }

    private static byte[] encode(BigInteger x, BigInteger y) {
        byte[] encoded = reversed(UnsignedOctets.of(y, LENGTH));
        if (x.testBit(0)) {
            encoded[31] |= (byte) 0x80;
        }
        return encoded;
    }

    private static byte[] reversed(byte[] octets) {
        byte[] result = new byte[octets.length];
        for (int at = 0; at < octets.length; at++) {
            result[at] = octets[octets.length - 1 - at];
        }
        return result;
    }
}
