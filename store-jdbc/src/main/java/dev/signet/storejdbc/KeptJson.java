package dev.signet.storejdbc;

import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** JSON in a row. What could not be read again is not written: a single such row would be in the way of all the others. */
final class KeptJson {

    private KeptJson() {}

    /**
     * The text of the row.
     *
     * @param what it is, for the message
     * @throws IllegalArgumentException if it is beyond the limits that it will be read by
     */
    static String write(JsonObject json, String what) {
        String text = json.toJson();
        try {
            read(text);
        } catch (JsonException beyond) {
            throw new IllegalArgumentException(what + " is too large to be kept: " + beyond.getMessage(), beyond);
        }
        return text;
    }

    /** @throws JsonException if it is no JSON within the limits */
    static JsonObject read(String text) {
        return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT);
    }
}
