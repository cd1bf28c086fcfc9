package dev.signet.jwt;

import dev.signet.jwt.internal.Base64Url;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The parts of a compact serialization (RFC 7515 §7.1, RFC 7516 §7.1) and the header rules common to both. */
final class CompactSerialization {
    private final byte[] ascii;
    private final int[] dots;

    private CompactSerialization(byte[] ascii, int[] dots) {
        this.ascii = ascii;
        this.dots = dots;
    }

    /** Splits what begins at {@code start}, without decoding anything; refuses another number of parts. */
    static CompactSerialization split(String compact, int start, int maxLength, int parts) {
        if (compact.length() > maxLength) {
            throw new JwtRejected(Reason.TOO_LARGE, "longer than " + maxLength + " characters");
        }
        int[] dots = new int[parts + 1];
        dots[0] = start - 1;
        for (int part = 1; part < parts; part++) {
            dots[part] = compact.indexOf('.', dots[part - 1] + 1);
            if (dots[part] < 0) {
                throw new JwtRejected(Reason.MALFORMED, "fewer than " + parts + " parts");
            }
        }
        dots[parts] = compact.length();
        if (compact.indexOf('.', dots[parts - 1] + 1) >= 0) {
            throw new JwtRejected(Reason.MALFORMED, "more than " + parts + " parts");
        }
        // A character beyond Latin-1 becomes '?', which no part may have.
        byte[] ascii = compact.getBytes(StandardCharsets.ISO_8859_1);
        if (ascii.length != compact.length()) {
            // Two surrogates became one octet, and the dots are elsewhere.
            throw new JwtRejected(Reason.BAD_ENCODING, "a character that base64url does not have");
        }
        return new CompactSerialization(ascii, dots);
    }

    /** All octets, as ASCII, with those before the start. */
    byte[] ascii() {
        return ascii;
    }

    /** Where the first part begins: the start of what a signature covers. */
    int start() {
        return dots[0] + 1;
    }

    /** Where the last dot is: the end of what a signature covers. */
    int lastDot() {
        return dots[dots.length - 2];
    }

    /** The octets of a part. */
    byte[] decode(int part, String name) {
        byte[] octets = Base64Url.decode(ascii, dots[part] + 1, dots[part + 1]);
        if (octets == null) {
            throw new JwtRejected(Reason.BAD_ENCODING, name + " is not canonical base64url");
        }
        return octets;
    }

    /** The JSON object in a part. */
    JsonObject json(int part, String name) {
        try {
            return JsonObject.parse(decode(part, name), JsonLimits.JWT);
        } catch (JsonException refused) {
            Reason reason =
                    refused.kind() == JsonException.Kind.DUPLICATE_MEMBER ? Reason.DUPLICATE_MEMBER : Reason.BAD_JSON;
            throw new JwtRejected(reason, name + ": " + refused.getMessage());
        }
    }

    /** The header, without extensions of any kind. */
    JsonObject header() {
        JsonObject header = json(0, "header");
        if (header.has("crit")) {
            throw new JwtRejected(Reason.UNKNOWN_CRITICAL, "the header has crit");
        }
        if (header.has("b64")) {
            throw new JwtRejected(Reason.UNENCODED_PAYLOAD, "the header has b64");
        }
        if (header.has("zip")) {
            throw new JwtRejected(Reason.COMPRESSED, "the header has zip");
        }
        return header;
    }

    /** A header parameter that is a string if it is there. */
    static @Nullable String text(JsonObject header, String name) {
        try {
            return header.findString(name).orElse(null);
        } catch (JsonException wrongType) {
            throw new JwtRejected(Reason.MALFORMED, "header: " + wrongType.getMessage());
        }
    }
}
