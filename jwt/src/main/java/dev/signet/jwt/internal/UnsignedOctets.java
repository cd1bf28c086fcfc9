package dev.signet.jwt.internal;

import java.math.BigInteger;

/** Non-negative integers as big-endian octets (RFC 7518 §2 Base64urlUInt, §6.2.1.2). */
public final class UnsignedOctets {
    private UnsignedOctets() {}

    /** The shortest form; one zero octet for zero. */
    public static byte[] of(BigInteger value) {
        return of(value, Math.max(1, (value.bitLength() + 7) / 8));
    }

    /** The form of exactly that length, which must suffice. */
    public static byte[] of(BigInteger value, int length) {
        byte[] signed = value.toByteArray();
        int significant = signed[0] == 0 ? signed.length - 1 : signed.length;
        if (value.signum() < 0 || significant > length) {
            throw new IllegalArgumentException("value does not fit " + length + " octets");
        }
        byte[] result = new byte[length];
        System.arraycopy(signed, signed.length - significant, result, length - significant, significant);
        return result;
    }
}
