package dev.signet.app.config;

import dev.signet.app.config.YamlNode.Entries;
import dev.signet.app.config.YamlNode.Entry;
import dev.signet.app.config.YamlNode.Items;
import dev.signet.app.config.YamlNode.Scalar;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads nodes as JSON, by the rules of YAML 1.2's JSON schema: what is quoted is text; plain {@code true}, {@code false},
 * {@code null} and whole numbers are what they look like; everything else is text.
 */
final class YamlJson {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

    private YamlJson() {}

    static JsonObject object(Entries mapping) {
        JsonObject.Builder object = JsonObject.builder();
        for (Map.Entry<String, Entry> entry : mapping.entries().entrySet()) {
            object.put(entry.getKey(), value(entry.getValue().value()));
        }
        return object.build();
    }

    static Object value(YamlNode node) {
        if (node instanceof Entries mapping) {
            return object(mapping);
        }
        if (node instanceof Items list) {
            return list.items().stream().map(YamlJson::value).toList();
        }
        return scalar((Scalar) node);
    }

    private static Object scalar(Scalar scalar) {
        String text = scalar.value();
        if (!scalar.plain()) {
            return text;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "", "null" -> JsonNull.NULL;
            default -> NUMBER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
        };
    }
}
