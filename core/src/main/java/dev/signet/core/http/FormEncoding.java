package dev.signet.core.http;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The encoding {@code application/x-www-form-urlencoded} of one name or value (RFC 6749 appendix B). */
final class FormEncoding {

    private FormEncoding() {}

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static Optional<String> decode(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return decode(octets, 0, octets.length);
    }

    /** The text; empty if an escape is broken, the octets are not strict UTF-8, or one of them is NUL. */
    static Optional<String> decode(byte[] form, int start, int end) {
        byte[] octets = new byte[end - start];
        int length = 0;
        boolean ascii = true;
        for (int index = start; index < end; index++) {
            int octet = form[index];
            if (octet == '+') {
                octet = ' ';
            } else if (octet == '%') {
                octet = index + 2 < end ? hex(form[index + 1]) << 4 | hex(form[index + 2]) : 0;
                index += 2;
            }
            // NUL, or a broken escape
            if (octet == 0 || octet < Byte.MIN_VALUE) {
                return Optional.empty();
            }
            ascii &= octet > 0 && octet < 0x80;
            octets[length++] = (byte) octet;
        }
        return ascii
                ? Optional.of(new String(octets, 0, length, StandardCharsets.ISO_8859_1))
                : decodeUtf8(ByteBuffer.wrap(octets, 0, length));
    }

    private static Optional<String> decodeUtf8(ByteBuffer octets) {
        try {
            // a fresh decoder reports malformed input instead of replacing it
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(octets).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The value of a hexadecimal digit; for anything else a number that no two digits give. */
    private static int hex(byte digit) {
        int value = Character.digit(digit, 16);
        return value < 0 ? -0x10000 : value;
    }
}
