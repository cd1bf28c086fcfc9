package dev.signet.jwt.json;

import java.util.List;

/** Writes JSON values compactly, escaping only what RFC 8259 §7 requires. */
final class JsonWriter {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder(256);

    String text() {
        return out.toString();
    }

    JsonWriter value(Object value) {
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof JsonObject object) {
            object(object);
        } else if (value instanceof List<?> list) {
            list(list);
        } else {
            // Long, Boolean, JsonNull and BigDecimal; the last in scientific form where that is shorter, since a
            // plain form of 1e999999999 would fill the memory.
            out.append(value);
        }
        return this;
    }

    private void object(JsonObject object) {
        out.append('{');
        for (int at = 0; at < object.size(); at++) {
            if (at > 0) {
                out.append(',');
            }
            string(object.nameAt(at));
            out.append(':');
            value(object.valueAt(at));
        }
        out.append('}');
    }

    private void list(List<?> list) {
        out.append('[');
        for (int at = 0; at < list.size(); at++) {
            if (at > 0) {
                out.append(',');
            }
            value(list.get(at));
        }
        out.append(']');
    }

    JsonWriter string(String text) {
        out.append('"');
        int clean = 0;
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            if (unit < ' ' || unit == '"' || unit == '\\') {
                out.append(text, clean, at);
                escape(unit);
                clean = at + 1;
            }
        }
        // Almost all strings are clean, and a whole string is copied much faster than a part of one.
        (clean == 0 ? out.append(text) : out.append(text, clean, text.length())).append('"');
        return this;
    }

    private void escape(char unit) {
        switch (unit) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append("\\u00").append(HEX[unit >> 4]).append(HEX[unit & 0xF]);
        }
    }
}
