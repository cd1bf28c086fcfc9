package dev.signet.app.useragent;

import dev.signet.core.http.FormParameters;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form of a page.
 *
 * @param action where it is sent
 * @param fields what is sent if nobody fills anything in
 * @param fillable the names that somebody may fill in or press
 */
public record Form(URI action, Map<String, String> fields, Set<String> fillable) {

    private static final Pattern FORM = Pattern.compile("(?is)<form\\b([^>]*)>(.*?)</form>");
    private static final Pattern CONTROL = Pattern.compile("(?is)<(input|button)\\b([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(?s)([A-Za-z-]+)(?:\\s*=\\s*\"([^\"]*)\")?");
    private static final Pattern ENTITY = Pattern.compile("&(?:amp|lt|gt|quot|apos|#(\\d+)|#[xX]([0-9A-Fa-f]+));");

    /** Those of a page that are posted, in its order. */
    static List<Form> in(URI page, String html) {
        List<Form> forms = new ArrayList<>();
        Matcher form = FORM.matcher(html);
        while (form.find()) {
            Map<String, String> attributes = attributes(form.group(1));
            if (attributes.getOrDefault("method", "get").equalsIgnoreCase("post")) {
                forms.add(read(page.resolve(attributes.getOrDefault("action", "")), form.group(2)));
            }
        }
        return forms;
    }

    private static Form read(URI action, String html) {
        Map<String, String> fields = new LinkedHashMap<>();
        Set<String> fillable = new TreeSet<>();
        Matcher control = CONTROL.matcher(html);
        while (control.find()) {
            Map<String, String> attributes = attributes(control.group(2));
            String name = attributes.getOrDefault("name", "");
            String type = control.group(1).equalsIgnoreCase("button")
                    ? "submit"
                    : attributes.getOrDefault("type", "text").toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                continue;
            }
            if (!type.equals("hidden")) {
                fillable.add(name);
            }
            boolean isSent = switch (type) {
                case "submit" -> false;
                case "checkbox", "radio" -> attributes.containsKey("checked");
                default -> true;
            };
            if (isSent) {
                fields.put(name, attributes.getOrDefault("value", ""));
            }
        }
        return new Form(action, fields, fillable);
    }

    /**
     * The body of the request that sends it.
     *
     * @throws IllegalArgumentException if something is filled in that the form does not ask for
     */
    String filled(Map<String, String> filledIn) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        filledIn.forEach((name, value) -> {
            if (!fillable.contains(name)) {
                throw new IllegalArgumentException("the form has no " + name + ", but " + fillable);
            }
            all.put(name, value);
        });
        return FormParameters.encode(List.copyOf(all.entrySet()));
    }

    private static Map<String, String> attributes(String tag) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher attribute = ATTRIBUTE.matcher(tag);
        while (attribute.find()) {
            attributes.put(
                    attribute.group(1).toLowerCase(Locale.ROOT),
                    text(Optional.ofNullable(attribute.group(2)).orElse("")));
        }
        return attributes;
    }

    private static String text(String escaped) {
        return ENTITY.matcher(escaped).replaceAll(entity -> Matcher.quoteReplacement(character(entity)));
    }

    private static String character(MatchResult entity) {
        if (entity.group(1) != null) {
            return Character.toString(Integer.parseInt(entity.group(1)));
        }
        if (entity.group(2) != null) {
            return Character.toString(Integer.parseInt(entity.group(2), 16));
        }
        return switch (entity.group()) {
            case "&amp;" -> "&";
            case "&lt;" -> "<";
            case "&gt;" -> ">";
            case "&quot;" -> "\"";
            default -> "'";
        };
    }
}
