package dev.signet.jwt.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 7515 §2), read canonically: one octet sequence has one text, so that a token cannot
 * be changed and still be the same token.
 */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    /** Six bits for each character; −1, all bits set, for those outside of the alphabet. */
    private static final int[] SIX_BITS = sixBits();

    private Base64Url() {}

    private static int[] sixBits() {
        int[] table = new int[256];
        Arrays.fill(table, -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int value = 0; value < alphabet.length(); value++) {
            table[alphabet.charAt(value)] = value;
        }
        return table;
    }

    /** The octets as text. */
    public static String encode(byte[] octets) {
        return ENCODER.encodeToString(octets);
    }

    /** The octets as text in ASCII. */
    public static byte[] encodeToBytes(byte[] octets) {
        return ENCODER.encode(octets);
    }

    /** The octets of a text; null if the text is not canonical base64url. */
    public static byte @Nullable [] decode(String text) {
        // A character beyond Latin-1 becomes '?', which is outside of the alphabet.
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        return decode(ascii, 0, ascii.length);
    }

    /** The octets of the ASCII text from {@code start} to before {@code end}; null if it is not canonical. */
    public static byte @Nullable [] decode(byte[] ascii, int start, int end) {
        int length = end - start;
        int surplus = length & 3;
        if (surplus == 1) {
            return null;
        }
        byte[] out = new byte[(length >> 2) * 3 + (surplus == 0 ? 0 : surplus - 1)];
        int[] table = SIX_BITS;
        int invalid = 0;
        int to = 0;
        int from = start;
        for (int whole = end - surplus; from < whole; from += 4, to += 3) {
            int bits = table[ascii[from] & 0xFF] << 18
                    | table[ascii[from + 1] & 0xFF] << 12
                    | table[ascii[from + 2] & 0xFF] << 6
                    | table[ascii[from + 3] & 0xFF];
            invalid |= bits;
            out[to] = (byte) (bits >> 16);
            out[to + 1] = (byte) (bits >> 8);
            out[to + 2] = (byte) bits;
        }
        if (surplus > 0) {
            int bits = table[ascii[from] & 0xFF] << 18 | table[ascii[from + 1] & 0xFF] << 12;
            if (surplus == 3) {
                bits |= table[ascii[from + 2] & 0xFF] << 6;
                out[to + 1] = (byte) (bits >> 8);
            }
            out[to] = (byte) (bits >> 16);
            // Bits that no octet takes must be zero, RFC 4648 §3.5.
            invalid |= bits | -(bits & (surplus == 3 ? 0xFF : 0xFFFF));
        }
        return invalid < 0 ? null : out;
    }
}
