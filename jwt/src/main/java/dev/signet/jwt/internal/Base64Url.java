package dev.signet.jwt.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Base64url without padding (RFC 7515 §2), read canonically: one octet sequence has one text, so that a token cannot
 * be changed and still be the same token.
 */
public final class Base64Url {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Base64Url() {}

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
        if (end == start) {
            return new byte[0];
        }
        // The JDK's decoder has instructions of its own on many processors, but takes what is not canonical:
        // padding, and bits at the end that belong to no octet (RFC 4648 §3.5).
        if (ascii[end - 1] == '=' || !isEndCanonical(ascii[end - 1], (end - start) & 3)) {
            return null;
        }
        try {
            return DECODER.decode(ByteBuffer.wrap(ascii, start, end - start)).array();
        } catch (IllegalArgumentException outsideOfAlphabet) {
            return null;
        }
    }

    private static boolean isEndCanonical(byte last, int surplus) {
        return switch (surplus) {
            case 0 -> true;
            case 2 -> (ALPHABET.indexOf(last) & 0xF) == 0;
            case 3 -> (ALPHABET.indexOf(last) & 0x3) == 0;
            default -> false;
        };
    }
}
