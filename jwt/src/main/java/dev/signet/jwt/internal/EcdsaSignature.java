package dev.signet.jwt.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * ECDSA signatures as JWS carries them, r and s side by side (RFC 7518 §3.4), checked before any provider sees them:
 * providers have accepted zeros.
 */
public final class EcdsaSignature {
    private EcdsaSignature() {}

    /** Whether this is r and s of the curve's length, each from 1 to n−1. */
    public static boolean isInRange(byte[] signature, byte[] order) {
        int length = order.length;
        return signature.length == 2 * length && isInRange(signature, 0, order) && isInRange(signature, length, order);
    }

    private static boolean isInRange(byte[] signature, int start, byte[] order) {
        return Arrays.compareUnsigned(signature, start, start + order.length, order, 0, order.length) < 0
                && !isZero(signature, start, order.length);
    }

    private static boolean isZero(byte[] signature, int start, int length) {
        int all = 0;
        for (int at = start; at < start + length; at++) {
            all |= signature[at];
        }
        return all == 0;
    }

    /** The DER form, for providers that know no other. The signature must be in range. */
    public static byte[] toDer(byte[] signature) {
        int length = signature.length / 2;
        byte[] r = derInteger(signature, 0, length);
        byte[] s = derInteger(signature, length, signature.length);
        int content = r.length + s.length;
        int head = content < 128 ? 2 : 3;
        byte[] der = new byte[head + content];
        der[0] = 0x30;
        if (head == 3) {
            der[1] = (byte) 0x81;
        }
        der[head - 1] = (byte) content;
        System.arraycopy(r, 0, der, head, r.length);
        System.arraycopy(s, 0, der, head + r.length, s.length);
        return der;
    }

    private static byte[] derInteger(byte[] octets, int start, int end) {
        int first = start;
        while (first < end - 1 && octets[first] == 0) {
            first++;
        }
        int pad = octets[first] < 0 ? 1 : 0;
        byte[] integer = new byte[2 + pad + end - first];
        integer[0] = 0x02;
        integer[1] = (byte) (integer.length - 2);
        System.arraycopy(octets, first, integer, 2 + pad, end - first);
        return integer;
    }

    /** The form JWS carries, from a provider's DER; null if it is not what a provider gives. */
    public static byte @Nullable [] fromDer(byte[] der, int coordinateLength) {
        int at = der.length > 2 && der[0] == 0x30 && (der[1] & 0xFF) == 0x81 ? 3 : 2;
        if (der.length < 8 || der[0] != 0x30 || (der[at - 1] & 0xFF) != der.length - at) {
            return null;
        }
        byte[] signature = new byte[2 * coordinateLength];
        for (int half = 1; half <= 2; half++) {
            int length = at + 1 < der.length && der[at] == 0x02 ? der[at + 1] : 0;
            int start = at + 2;
            at = start + length;
            if (length < 1 || at > der.length) {
                return null;
            }
            int significant = der[start] == 0 ? length - 1 : length;
            if (significant > coordinateLength) {
                return null;
            }
            System.arraycopy(der, at - significant, signature, half * coordinateLength - significant, significant);
        }
        return at == der.length ? signature : null;
    }
}
