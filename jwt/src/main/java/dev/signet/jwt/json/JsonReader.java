package dev.signet.jwt.json;

import dev.signet.jwt.json.JsonException.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Turns UTF-8 octets into a {@link JsonObject} in one pass: the grammar of RFC 8259 and nothing beside it, with the
 * {@link JsonLimits} and the ban on duplicate members applied as it goes.
 */
final class JsonReader {
    static final int LONGEST_NUMBER = 1_000;

    /** So many digits fit a {@code long} whatever they are. */
    private static final int SURELY_LONG = 18;

    private static final int END = -1;

    private final byte[] utf8;
    private final JsonLimits limits;
    private final JsonStringReader strings;
    private int at;
    private int members;

    private JsonReader(byte[] utf8, JsonLimits limits) {
        this.utf8 = utf8;
        this.limits = limits;
        this.strings = new JsonStringReader(utf8, limits.maxStringLength());
    }

    static JsonObject read(byte[] utf8, JsonLimits limits) {
        if (utf8.length > limits.maxBytes()) {
            throw new JsonException(Kind.LIMIT, "JSON text is longer than " + limits.maxBytes() + " octets");
        }
        JsonReader reader = new JsonReader(utf8, limits);
        if (reader.next() != '{') {
            throw new JsonException(Kind.MALFORMED, "JSON text is not an object");
        }
        JsonObject object = reader.object(1);
        if (reader.next() != END) {
            throw new JsonException(Kind.MALFORMED, "data after the JSON object");
        }
        return object;
    }

    /** Goes past the next octet that is not white space. */
    private int next() {
        while (at < utf8.length) {
            byte octet = utf8[at++];
            if (octet > ' ') {
                return octet;
            }
            if (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
                // Control characters, and what is not ASCII.
                throw malformed();
            }
        }
        return END;
    }

    /** The rest of an object whose brace has been read. */
    private JsonObject object(int depth) {
        requireDepth(depth);
        int octet = next();
        if (octet == '}') {
            return JsonObject.empty();
        }
        JsonMembers found = new JsonMembers();
        while (octet == '"') {
            countMember();
            String name = string();
            if (next() != ':') {
                throw malformed();
            }
            if (!found.add(name, value(next(), depth))) {
                throw new JsonException(Kind.DUPLICATE_MEMBER, "two members of one name");
            }
            octet = next();
            if (octet == '}') {
                return found.toObject();
            }
            octet = octet == ',' ? next() : END;
        }
        throw malformed();
    }

    /** The rest of an array whose bracket has been read. */
    private List<Object> array(int depth) {
        requireDepth(depth);
        int octet = next();
        if (octet == ']') {
            return List.of();
        }
        List<Object> elements = new ArrayList<>();
        while (true) {
            countMember();
            elements.add(value(octet, depth));
            octet = next();
            if (octet == ']') {
                return Collections.unmodifiableList(elements);
            }
            if (octet != ',') {
                throw malformed();
            }
            octet = next();
        }
    }

    /** The value that starts with that octet. */
    private Object value(int first, int depth) {
        return switch (first) {
            case '"' -> string();
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case 't' -> literal("rue", true);
            case 'f' -> literal("alse", false);
            case 'n' -> literal("ull", JsonNull.NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw malformed();
        };
    }

    private String string() {
        String text = strings.read(at);
        at = strings.end();
        return text;
    }

    private Object literal(String rest, Object value) {
        for (int offset = 0; offset < rest.length(); offset++) {
            if (at == utf8.length || utf8[at++] != rest.charAt(offset)) {
                throw malformed();
            }
        }
        return value;
    }

    /** The number whose first character has been read. */
    private Object number() {
        int start = --at;
        boolean negative = utf8[at] == '-';
        if (negative) {
            at++;
        }
        int firstDigit = at;
        long magnitude = digits();
        int digits = at - firstDigit;
        if (digits > 1 && utf8[firstDigit] == '0') {
            throw malformed();
        }
        boolean integer = true;
        if (at < utf8.length && utf8[at] == '.') {
            integer = false;
            at++;
            digits();
        }
        if (at < utf8.length && (utf8[at] == 'e' || utf8[at] == 'E')) {
            integer = false;
            at++;
            if (at < utf8.length && (utf8[at] == '+' || utf8[at] == '-')) {
                at++;
            }
            digits();
        }
        if (at - start > limits.maxNumberLength()) {
            throw new JsonException(Kind.LIMIT, "a number is longer than " + limits.maxNumberLength());
        }
        if (integer && digits <= SURELY_LONG) {
            return negative ? -magnitude : magnitude;
        }
        return exact(new String(utf8, start, at - start, StandardCharsets.ISO_8859_1));
    }

    /** Goes past at least one digit; the value is right for {@link #SURELY_LONG} digits. */
    private long digits() {
        int start = at;
        long value = 0;
        while (at < utf8.length && utf8[at] >= '0' && utf8[at] <= '9') {
            value = value * 10 + (utf8[at++] - '0');
        }
        if (at == start) {
            throw malformed();
        }
        return value;
    }

    private static Object exact(String text) {
        try {
            return integerWhereWritten(new BigDecimal(text));
        } catch (NumberFormatException exponentTooLarge) {
            throw new JsonException(Kind.LIMIT, "a number has too large an exponent");
        }
    }

    /** The number as {@code Long} where its text is an integer that fits, so that it reads back as it was. */
    static Object integerWhereWritten(BigDecimal number) {
        boolean isLong = number.scale() == 0 && number.unscaledValue().bitLength() < Long.SIZE;
        return isLong ? (Object) number.longValueExact() : number;
    }

    private void requireDepth(int depth) {
        if (depth > limits.maxDepth()) {
            throw new JsonException(Kind.LIMIT, "JSON is nested deeper than " + limits.maxDepth());
        }
    }

    private void countMember() {
        if (++members > limits.maxMembers()) {
            throw new JsonException(Kind.LIMIT, "more than " + limits.maxMembers() + " members");
        }
    }

    static JsonException malformed() {
        return new JsonException(Kind.MALFORMED, "not well-formed JSON");
    }
}
