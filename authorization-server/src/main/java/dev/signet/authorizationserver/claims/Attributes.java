package dev.signet.authorizationserver.claims;

import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known about a subject or a client besides its identifier: JSON values under names of any choice. Nothing of it reaches
 * a token unless a {@link ClaimMapping} or the library's own function puts it there. Immutable.
 */
public final class Attributes {

    /** The most there may be. */
    public static final int MOST = 64;

    /** The longest name, in characters. */
    public static final int LONGEST_NAME = 256;

    /** The longest value, in characters of JSON. */
    public static final int LONGEST_VALUE = 4096;

    /** The deepest value: objects and arrays within each other. Those who read tokens give up a little deeper. */
    public static final int DEEPEST_VALUE = 8;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,31}");

    private static final Attributes NONE = new Attributes(JsonObject.empty());

    private final JsonObject values;

    private Attributes(JsonObject values) {
        this.values = values;
    }

    /** Nothing is known. */
    public static Attributes none() {
        return NONE;
    }

    /**
     * Attributes as somebody configured them.
     *
     * @throws IllegalArgumentException naming every fault
     */
    public static Attributes of(JsonObject values) {
        List<String> faults = new ArrayList<>();
        if (values.size() > MOST) {
            faults.add("there are more than " + MOST);
        }
        for (String name : values.names()) {
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                faults.add("a name must have 1 to " + LONGEST_NAME + " characters");
            }
            if (!isFit(values.find(name).orElseThrow())) {
                faults.add(shown(name) + " must have a value of at most " + LONGEST_VALUE + " characters of JSON, "
                        + DEEPEST_VALUE + " deep");
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("attributes: " + String.join(", ", faults));
        }
        return values.size() == 0 ? NONE : new Attributes(values);
    }

    /**
     * The attributes of these names as somebody else asserts them. What is not there, or null, is none; what is beyond the limits
     * becomes null, which no claim can be made of.
     */
    public static Attributes among(JsonObject asserted, Collection<String> names) {
        JsonObject.Builder values = JsonObject.builder();
        for (String name : names) {
            asserted.find(name)
                    .filter(value -> value != JsonNull.NULL)
                    .ifPresent(value -> values.put(name, isFit(value) ? value : JsonNull.NULL));
        }
        return new Attributes(values.build());
    }

    /** These, and those of the others that have other names. */
    public Attributes over(Attributes others) {
        if (others.isEmpty()) {
            return this;
        }
        JsonObject.Builder all = others.values.toBuilder();
        values.names().forEach(name -> all.put(name, values.find(name).orElseThrow()));
        return new Attributes(all.build());
    }

    /** What is no name, but a secret in the wrong place, is not repeated. */
    private static String shown(String name) {
        return NAME.matcher(name).matches() ? name : "…";
    }

    /** Whether a value is within the limits. */
    static boolean isFit(Object value) {
        return value != JsonNull.NULL
                && depth(value) <= DEEPEST_VALUE
                && JsonObject.builder().put("", value).build().toJson().length() - "{\"\":}".length() <= LONGEST_VALUE;
    }

    private static int depth(Object value) {
        if (value instanceof JsonObject object) {
            return 1
                    + object.names().stream()
                            .mapToInt(name -> depth(object.find(name).orElseThrow()))
                            .max()
                            .orElse(0);
        }
        return value instanceof List<?> list
                ? 1 + list.stream().mapToInt(Attributes::depth).max().orElse(0)
                : 0;
    }

    /** The value of that name, of a type that {@link JsonObject#find} gives; null is one that can't be used. */
    public Optional<Object> find(String name) {
        return values.find(name);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return values.size() == 0;
    }

    /** All, as JSON. */
    public JsonObject toJson() {
        return values;
    }

    /** Shows the names only: what is known about people is theirs. */
    @Override
    public String toString() {
        return "Attributes " + values.names();
    }
}
