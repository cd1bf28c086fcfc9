package dev.signet.jwt.json;

import dev.signet.jwt.json.JsonException.Kind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the strings of a JSON text. What is plain ASCII, nearly everything in a JWT, is found eight octets at a time
 * and copied at once; escapes and other characters take the longer way.
 */
final class JsonStringReader {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private final byte[] utf8;
    private final int maxLength;
    private int end;

    JsonStringReader(byte[] utf8, int maxLength) {
        this.utf8 = utf8;
        this.maxLength = maxLength;
    }

    /** Where the text goes on after the string read last. */
    int end() {
        return end;
    }

    /** The string whose content starts there, after its quotation mark. */
    String read(int start) {
        int stop = plainUntil(start);
        if (utf8[stop] == '"') {
            end = stop + 1;
            String frequent = FrequentStrings.find(utf8, start, stop - start);
            return required(
                    frequent != null ? frequent : new String(utf8, start, stop - start, StandardCharsets.ISO_8859_1));
        }
        return readSlowly(start, stop);
    }

    /** The first octet from there that is a quotation mark, a backslash, a control character or not ASCII. */
    private int plainUntil(int start) {
        int at = start;
        for (; at <= utf8.length - Long.BYTES; at += Long.BYTES) {
            long eight = (long) EIGHT.get(utf8, at);
            long quote = eight ^ QUOTES;
            long backslash = eight ^ BACKSLASHES;
            // In each term the lowest octet marked is right, those above it may not be.
            long found =
                    ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((eight - SPACES) & ~eight) | eight;
            found &= HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        for (; at < utf8.length; at++) {
            byte octet = utf8[at];
            if (octet == '"' || octet == '\\' || octet < ' ') {
                return at;
            }
        }
        throw JsonReader.malformed();
    }

    private String readSlowly(int start, int firstStop) {
        StringBuilder text = new StringBuilder();
        boolean escapes = false;
        boolean ascii = true;
        int from = start;
        int stop = firstStop;
        while (utf8[stop] != '"') {
            if (utf8[stop] == '\\') {
                text.append(decode(from, stop, ascii));
                escapes = true;
                ascii = true;
                stop = escape(stop + 1, text);
                from = stop;
            } else if (utf8[stop] < 0) {
                ascii = false;
                stop++;
            } else {
                throw new JsonException(Kind.MALFORMED, "a string has a control character");
            }
            stop = plainUntil(stop);
        }
        text.append(decode(from, stop, ascii));
        end = stop + 1;
        // UTF-8 has no unpaired surrogates, but escapes may bring some.
        if (escapes && !isWellFormed(text)) {
            throw new JsonException(Kind.MALFORMED, "a string has an unpaired surrogate");
        }
        return required(text.toString());
    }

    /** Strictly: a new decoder reports malformed input, overlong forms and surrogates instead of replacing them. */
    private CharSequence decode(int from, int to, boolean ascii) {
        if (ascii) {
            return new String(utf8, from, to - from, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8, from, to - from));
        } catch (CharacterCodingException notUtf8) {
            throw new JsonException(Kind.MALFORMED, "JSON text is not UTF-8");
        }
    }

    /** Appends what the escape whose backslash has been read stands for, and goes past it. */
    private int escape(int at, StringBuilder text) {
        if (at == utf8.length) {
            throw JsonReader.malformed();
        }
        switch (utf8[at]) {
            case '"', '\\', '/' -> text.append((char) utf8[at]);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                text.append(unit(at + 1));
                return at + 5;
            }
            default -> throw JsonReader.malformed();
        }
        return at + 1;
    }

    private char unit(int at) {
        if (at + 4 > utf8.length) {
            throw JsonReader.malformed();
        }
        int unit = 0;
        for (int offset = 0; offset < 4; offset++) {
            int digit = Character.digit(utf8[at + offset], 16);
            if (digit < 0) {
                throw JsonReader.malformed();
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private String required(String text) {
        if (text.length() > maxLength) {
            throw new JsonException(Kind.LIMIT, "a string is longer than " + maxLength);
        }
        return text;
    }

    /** Whether every surrogate has its other half. */
    static boolean isWellFormed(CharSequence text) {
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
}
