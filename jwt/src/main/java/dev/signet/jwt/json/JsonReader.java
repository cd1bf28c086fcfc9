package dev.signet.jwt.json;

import dev.signet.jwt.json.JsonException.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Turns UTF-8 octets into a {@link JsonObject} with a streaming parser. The parser's own bounds are wide; the
 * caller's {@link JsonLimits} are checked here, as are the character encoding (the parser is lenient with overlong
 * forms) and duplicate members.
 */
final class JsonReader {
    static final int LONGEST_NUMBER = 1_000;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long BACKSLASHES = ONES * '\\';

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(16_000_000)
                    .maxNameLength(1_000_000)
                    .build())
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .recyclerPool(JsonRecyclerPools.newBoundedPool(64))
            .build();

    private final JsonParser parser;
    private final JsonLimits limits;
    private final boolean escapes;
    private int members;

    private JsonReader(JsonParser parser, JsonLimits limits, boolean escapes) {
        this.parser = parser;
        this.limits = limits;
        this.escapes = escapes;
    }

    static JsonObject read(byte[] utf8, JsonLimits limits) {
        if (utf8.length > limits.maxBytes()) {
            throw new JsonException(Kind.LIMIT, "JSON text is longer than " + limits.maxBytes() + " octets");
        }
        boolean escapes = requireUtf8(utf8);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8, 0, utf8.length)) {
            return new JsonReader(parser, limits, escapes).document();
        } catch (StreamConstraintsException beyond) {
            throw new JsonException(Kind.LIMIT, "JSON text exceeds a limit");
        } catch (JacksonException | ArithmeticException | IllegalStateException malformed) {
            // The latter two: absurd exponents, and a flood of colliding member names.
            throw new JsonException(Kind.MALFORMED, "not well-formed JSON");
        }
    }

    /** Refuses what is not UTF-8 or starts with a byte order mark; tells whether the text has any backslash. */
    private static boolean requireUtf8(byte[] utf8) {
        long high = 0;
        long backslash = 0;
        int at = 0;
        for (int end = utf8.length - 7; at < end; at += 8) {
            long eight = (long) LONGS.get(utf8, at);
            high |= eight;
            long zeroWhereBackslash = eight ^ BACKSLASHES;
            backslash |= (zeroWhereBackslash - ONES) & ~zeroWhereBackslash;
        }
        for (; at < utf8.length; at++) {
            high |= utf8[at];
            backslash |= utf8[at] == '\\' ? HIGH_BITS : 0;
        }
        if ((high & HIGH_BITS) != 0) {
            requireUtf8Slowly(utf8);
        }
        return (backslash & HIGH_BITS) != 0;
    }

    private static void requireUtf8Slowly(byte[] utf8) {
        if (utf8.length >= 3 && utf8[0] == (byte) 0xEF && utf8[1] == (byte) 0xBB && utf8[2] == (byte) 0xBF) {
            throw new JsonException(Kind.MALFORMED, "JSON text starts with a byte order mark");
        }
        try {
            // A new decoder reports malformed input instead of replacing it.
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException notUtf8) {
            throw new JsonException(Kind.MALFORMED, "JSON text is not UTF-8");
        }
    }

    private JsonObject document() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new JsonException(Kind.MALFORMED, "JSON text is not an object");
        }
        JsonObject object = object(1);
        if (parser.nextToken() != null) {
            throw new JsonException(Kind.MALFORMED, "data after the JSON object");
        }
        return object;
    }

    private JsonObject object(int depth) {
        requireDepth(depth);
        JsonObject.Members found = new JsonObject.Members();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            countMember();
            if (!found.add(requireText(name), value(parser.nextToken(), depth))) {
                throw new JsonException(Kind.DUPLICATE_MEMBER, "two members of one name");
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new JsonException(Kind.MALFORMED, "not well-formed JSON");
        }
        return found.toObject();
    }

    private List<Object> array(int depth) {
        requireDepth(depth);
        List<Object> elements = new ArrayList<>(4);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            countMember();
            elements.add(value(token, depth));
        }
        return Collections.unmodifiableList(elements);
    }

    private Object value(JsonToken token, int depth) {
        return switch (token) {
            case VALUE_STRING -> requireText(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> JsonNull.NULL;
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            default -> throw new JsonException(Kind.MALFORMED, "not well-formed JSON");
        };
    }

    private Object number(JsonToken token) {
        int length = parser.getStringLength();
        if (length > limits.maxNumberLength()) {
            throw new JsonException(Kind.LIMIT, "a number is longer than " + limits.maxNumberLength());
        }
        if (token == JsonToken.VALUE_NUMBER_INT && length <= 18) {
            return parser.getLongValue();
        }
        BigDecimal exact = parseNumber(parser.getString());
        // The precision is bounded by the length, so this conversion is cheap when the scale is zero.
        boolean isLong =
                token == JsonToken.VALUE_NUMBER_INT && exact.toBigInteger().bitLength() < Long.SIZE;
        return isLong ? (Object) exact.longValueExact() : exact;
    }

    private static BigDecimal parseNumber(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException exponentTooLarge) {
            throw new JsonException(Kind.LIMIT, "a number has too large an exponent");
        }
    }

    private String requireText(String text) {
        if (text.length() > limits.maxStringLength()) {
            throw new JsonException(Kind.LIMIT, "a string is longer than " + limits.maxStringLength());
        }
        // Without escapes, and the octets being UTF-8, no surrogate can stand alone.
        if (escapes && !isWellFormed(text)) {
            throw new JsonException(Kind.MALFORMED, "a string has an unpaired surrogate");
        }
        return text;
    }

    static boolean isWellFormed(String text) {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (Character.isSurrogate(unit)) {
                boolean pair = Character.isHighSurrogate(unit)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    return false;
                }
                at++;
            }
        }
        return true;
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
}
