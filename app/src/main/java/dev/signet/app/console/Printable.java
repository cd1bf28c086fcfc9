package dev.signet.app.console;

import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Values from outside as text for a terminal: control characters, invisible ones and those that turn the direction of
 * writing are written as {@code \}{@code uXXXX}.
 */
public final class Printable {

    private Printable() {}

    /** Text as it is, but for the characters that are not what they seem. */
    public static String text(String value) {
        StringBuilder shown = new StringBuilder(value.length());
        value.codePoints().forEach(point -> {
            if (isHarmless(point)) {
                shown.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    shown.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return shown.toString();
    }

    /** A JSON value on one line, strings without quotes at the top. */
    public static String value(Object json) {
        return json instanceof String text ? text(text) : nested(json);
    }

    /** An object with each member on a line of its own. */
    public static String indented(JsonObject object, String indent) {
        return object.names().stream()
                .map(name -> indent + "  " + quoted(name) + ": "
                        + nested(object.find(name).orElse(JsonNull.NULL)))
                .collect(Collectors.joining(",\n", indent + "{\n", "\n" + indent + "}"));
    }

    private static String nested(Object json) {
        if (json instanceof String text) {
            return quoted(text);
        }
        if (json instanceof JsonObject object) {
            return object.names().stream()
                    .map(name -> quoted(name) + ":" + nested(object.find(name).orElse(JsonNull.NULL)))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (json instanceof List<?> items) {
            return items.stream().map(Printable::nested).collect(Collectors.joining(",", "[", "]"));
        }
        if (json instanceof BigDecimal number) {
            return number.toString(); // not toPlainString: 1e999999 would be a million digits
        }
        return json == JsonNull.NULL ? "null" : text(String.valueOf(json));
    }

    private static String quoted(String text) {
        return "\"" + text(text).replace("\"", "\\\"") + "\"";
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
