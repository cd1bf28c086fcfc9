package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.trust.InvalidTrust.Fault;
import dev.signet.core.error.OAuthException;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the members of an object one by one. What is of the wrong shape is noted with its path and read as absent, so that
 * reading goes on. Not thread-safe.
 */
final class Members {

    private final JsonObject json;
    private final String path;
    private final List<Fault> faults;

    Members(JsonObject json) {
        this(json, "", new ArrayList<>());
    }

    private Members(JsonObject json, String path, List<Fault> faults) {
        this.json = json;
        this.path = path;
        this.faults = faults;
    }

    Set<String> names() {
        return json.names();
    }

    boolean has(String name) {
        return json.has(name);
    }

    boolean isObject(String name) {
        return json.find(name).filter(JsonObject.class::isInstance).isPresent();
    }

    /** Whatever is behind a name. */
    Optional<Object> any(String name) {
        return json.find(name);
    }

    /** A text, as another type. */
    <T> Optional<T> value(String name, String expected, Function<String, T> parser) {
        return json.find(name).flatMap(value -> parsed(name, value, expected, parser));
    }

    /** {@code true} or {@code false}. */
    Optional<Boolean> flag(String name) {
        return typed(name, Boolean.class, "true or false");
    }

    /** A whole number. */
    Optional<Long> number(String name, String expected) {
        return typed(name, Long.class, expected);
    }

    /** A list of texts, each as another type; a single text stands for a list of one. */
    <T> Optional<List<T>> values(String name, String expected, Function<String, T> parser) {
        return json.find(name).map(value -> {
            if (!(value instanceof List<?> items)) {
                return parsed(name, value, expected, parser).map(List::of).orElse(List.of());
            }
            List<T> values = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                parsed(name + "[" + i + "]", items.get(i), expected, parser).ifPresent(values::add);
            }
            return List.copyOf(values);
        });
    }

    /** The same, where none would be read as all. */
    <T> Optional<List<T>> some(String name, String expected, Function<String, T> parser) {
        if (json.find(name).filter(List.of()::equals).isPresent()) {
            fault(name, "expected one at least");
        }
        return values(name, expected, parser);
    }

    /** An object. */
    Optional<Members> object(String name) {
        return typed(name, JsonObject.class, "a mapping").map(object -> new Members(object, pathOf(name), faults));
    }

    void fault(String name, String words) {
        faults.add(new Fault(pathOf(name), words));
    }

    /** Notes every member that means nothing: it may have been meant to limit the trust. */
    void refuseOthers(Collection<String> known) {
        json.names().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> fault(name, "unknown key: expected one of " + String.join(", ", known)));
    }

    void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidTrust(faults);
        }
    }

    private <T> Optional<T> typed(String name, Class<T> type, String expected) {
        Optional<Object> value = json.find(name);
        value.filter(found -> !type.isInstance(found))
                .ifPresent(other -> fault(name, "expected " + expected + found(other)));
        return value.filter(type::isInstance).map(type::cast);
    }

    private <T> Optional<T> parsed(String name, Object value, String expected, Function<String, T> parser) {
        if (!(value instanceof String text)) {
            boolean unquoted = value instanceof Number || value instanceof Boolean;
            fault(
                    name,
                    "expected " + expected
                            + (unquoted ? " (numbers, true and false need quotes to be text)" : found(value)));
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException | OAuthException malformed) {
            // Its own words might repeat the value.
            fault(name, "expected " + expected);
            return Optional.empty();
        }
    }

    private static String found(Object value) {
        if (value instanceof JsonObject) {
            return ", found a mapping";
        }
        if (value instanceof List<?>) {
            return ", found a list";
        }
        return value == JsonNull.NULL ? ", found nothing" : ", found a single value";
    }

    private String pathOf(String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "." + name;
    }
}
