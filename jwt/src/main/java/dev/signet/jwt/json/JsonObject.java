package dev.signet.jwt.json;

import dev.signet.jwt.json.JsonException.Kind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object that keeps the order of its members. Values are {@link String}, {@link Long},
 * {@link BigDecimal} (what is not written as an integer that fits {@code long}), {@link Boolean}, {@link JsonObject},
 * unmodifiable {@link List}s of these, and {@link JsonNull#NULL}.
 *
 * <p>The typed {@code find…} methods answer empty for an absent member and throw {@link JsonException}, naming the
 * member, if it is present with another type: a wrong type is never mistaken for absence.
 */
public final class JsonObject {
    private static final JsonObject EMPTY = new JsonObject(new Object[0], 0, 0);

    /** Name, value, name, value; beyond the size there may be room. */
    private final @Nullable Object[] members;

    private final int size;

    /** The bits of all names. */
    private final long filter;

    /** Takes the array as it is: name, value, name, value. */
    JsonObject(@Nullable Object[] members, int size, long filter) {
        this.members = members;
        this.size = size;
        this.filter = filter;
    }

    /** Reads one JSON object within {@link JsonLimits#DOCUMENT}; surplus data after it is refused. */
    public static JsonObject parse(byte[] utf8) {
        return parse(utf8, JsonLimits.DOCUMENT);
    }

    /** Reads one JSON object within the limits; surplus data after it is refused. */
    public static JsonObject parse(byte[] utf8, JsonLimits limits) {
        return JsonReader.read(utf8, limits);
    }

    /** Reads one JSON object within {@link JsonLimits#DOCUMENT}; surplus data after it is refused. */
    public static JsonObject parse(String json) {
        if (!JsonStringReader.isWellFormed(json)) {
            throw new JsonException(Kind.MALFORMED, "a string has an unpaired surrogate");
        }
        return parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The object without members. */
    public static JsonObject empty() {
        return EMPTY;
    }

    /** Starts an object without members. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts a changed copy. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        for (int at = 0; at < size; at++) {
            builder.put(nameAt(at), valueAt(at));
        }
        return builder;
    }

    /** The member names in order. */
    public Set<String> names() {
        Set<String> result = new LinkedHashSet<>();
        for (int at = 0; at < size; at++) {
            result.add(nameAt(at));
        }
        return Collections.unmodifiableSet(result);
    }

    /** How many members there are. */
    public int size() {
        return size;
    }

    /** Whether the member is present, with whatever value, {@code null} included. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /** The member's value as it is, empty if absent. */
    public Optional<Object> find(String name) {
        return Optional.ofNullable(get(name));
    }

    /** The string member. */
    public Optional<String> findString(String name) {
        return findTyped(name, String.class, "a string");
    }

    /** The integer member; a number with a fraction, with an exponent or beyond {@code long} is another type. */
    public Optional<Long> findLong(String name) {
        return findTyped(name, Long.class, "an integer");
    }

    /** The number member, exact. */
    public Optional<BigDecimal> findNumber(String name) {
        Object value = get(name);
        if (value instanceof Long integer) {
            return Optional.of(BigDecimal.valueOf(integer));
        }
        return findTyped(name, BigDecimal.class, "a number");
    }

    /** The boolean member. */
    public Optional<Boolean> findBoolean(String name) {
        return findTyped(name, Boolean.class, "true or false");
    }

    /** The object member. */
    public Optional<JsonObject> findObject(String name) {
        return findTyped(name, JsonObject.class, "an object");
    }

    /** The member that is an array of strings only. */
    public Optional<List<String>> findStrings(String name) {
        return findList(name, String.class, "an array of strings");
    }

    /** The member that is an array of objects only. */
    public Optional<List<JsonObject>> findObjects(String name) {
        return findList(name, JsonObject.class, "an array of objects");
    }

    /** The string member, which must be present. */
    public String requireString(String name) {
        return findString(name).orElseThrow(() -> missing(name));
    }

    /** The object member, which must be present. */
    public JsonObject requireObject(String name) {
        return findObject(name).orElseThrow(() -> missing(name));
    }

    private static JsonException missing(String name) {
        return new JsonException(Kind.TYPE, name + " is missing");
    }

    private <T> Optional<T> findTyped(String name, Class<T> type, String description) {
        Object value = get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new JsonException(Kind.TYPE, name + " is not " + description);
        }
        return Optional.of(type.cast(value));
    }

    private <T> Optional<List<T>> findList(String name, Class<T> type, String description) {
        Object value = get(name);
        if (value == null) {
            return Optional.empty();
        }
        List<T> result = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (type.isInstance(element)) {
                    result.add(type.cast(element));
                }
            }
            if (result.size() == list.size()) {
                return Optional.of(Collections.unmodifiableList(result));
            }
        }
        throw new JsonException(Kind.TYPE, name + " is not " + description);
    }

    private @Nullable Object get(String name) {
        if ((filter & JsonMembers.bit(name)) == 0) {
            return null;
        }
        // Linear: objects here have a dozen members. Names that are frequent, or written in code, are the same object.
        for (int at = 0; at < 2 * size; at += 2) {
            if (name == members[at]) {
                return members[at + 1];
            }
        }
        for (int at = 0; at < 2 * size; at += 2) {
            if (name.equals(members[at])) {
                return members[at + 1];
            }
        }
        return null;
    }

    @SuppressWarnings("NullAway") // below size there are no nulls
    String nameAt(int at) {
        return (String) members[2 * at];
    }

    @SuppressWarnings("NullAway") // below size there are no nulls
    Object valueAt(int at) {
        return members[2 * at + 1];
    }

    /** The object as compact JSON. */
    public String toJson() {
        return new JsonWriter().value(this).text();
    }

    /** The object as compact JSON in UTF-8. */
    public byte[] toBytes() {
        return toJson().getBytes(StandardCharsets.UTF_8);
    }

    /** Shows the member names only: values may be secret. */
    @Override
    public String toString() {
        return "JsonObject" + new JsonWriter().value(List.copyOf(names())).text();
    }

    /** Equal if the same members have equal values, in whatever order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that && size == that.size && toMap().equals(that.toMap());
    }

    @Override
    public int hashCode() {
        return toMap().hashCode();
    }

    private Map<String, Object> toMap() {
        Map<String, Object> map = new HashMap<>();
        for (int at = 0; at < size; at++) {
            map.put(nameAt(at), valueAt(at));
        }
        return map;
    }

    /** Collects members in order. Putting a name again replaces its value in place. */
    public static final class Builder {
        private final Map<String, Object> members = new LinkedHashMap<>();

        private Builder() {}

        /** Sets a string. It must not hold an unpaired surrogate. */
        public Builder put(String name, String value) {
            return put(name, (Object) value);
        }

        /** Sets an integer. */
        public Builder put(String name, long value) {
            return put(name, (Object) value);
        }

        /** Sets {@code true} or {@code false}. */
        public Builder put(String name, boolean value) {
            return put(name, (Object) value);
        }

        /** Sets a number. */
        public Builder put(String name, BigDecimal value) {
            return put(name, (Object) value);
        }

        /** Sets an object. */
        public Builder put(String name, JsonObject value) {
            return put(name, (Object) value);
        }

        /** Sets an array of strings, integers, booleans, numbers, objects or such lists. */
        public Builder put(String name, List<?> value) {
            return put(name, (Object) value);
        }

        /** Sets a value as {@link JsonObject#find} gives it. */
        public Builder put(String name, Object value) {
            members.put((String) supported("a member name", name), supported(name, value));
            return this;
        }

        /** Takes a member out, if it is there. */
        public Builder remove(String name) {
            members.remove(name);
            return this;
        }

        /** The object. The builder can be used further. */
        public JsonObject build() {
            Object[] flat = new Object[2 * members.size()];
            int at = 0;
            long filter = 0;
            for (Map.Entry<String, Object> member : members.entrySet()) {
                filter |= JsonMembers.bit(member.getKey());
                flat[at++] = member.getKey();
                flat[at++] = member.getValue();
            }
            return new JsonObject(flat, members.size(), filter);
        }

        private static Object supported(String name, @Nullable Object value) {
            if (value instanceof String text) {
                if (!JsonStringReader.isWellFormed(text)) {
                    throw new IllegalArgumentException(name + " has an unpaired surrogate");
                }
                return value;
            }
            if (value instanceof Integer integer) {
                return integer.longValue();
            }
            if (value instanceof BigDecimal number) {
                return JsonReader.integerWhereWritten(number);
            }
            if (value instanceof List<?> list) {
                List<Object> copy = new ArrayList<>(list.size());
                list.forEach(element -> copy.add(supported(name, element)));
                return Collections.unmodifiableList(copy);
            }
            if (value instanceof Long
                    || value instanceof Boolean
                    || value instanceof JsonObject
                    || value instanceof JsonNull) {
                return value;
            }
            throw new IllegalArgumentException(name + " is null or of a type that JSON does not have");
        }
    }
}
