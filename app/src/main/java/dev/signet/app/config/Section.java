package dev.signet.app.config;

import dev.signet.app.config.YamlNode.Entries;
import dev.signet.app.config.YamlNode.Entry;
import dev.signet.app.config.YamlNode.Items;
import dev.signet.app.config.YamlNode.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads one mapping of the file, key by key.
 *
 * <p>A value of the wrong shape is told to the faults and read as absent, so that reading goes on. {@link #done} then
 * tells the keys that nobody asked for. Not thread-safe.
 */
final class Section {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private final Entries entries;
    private final int line;
    private final String path;
    private final Faults faults;
    private final Set<String> known = new LinkedHashSet<>();

    /** The file as a whole. */
    static Section top(Entries entries, Faults faults) {
        return new Section(entries, 1, "", faults);
    }

    private Section(Entries entries, int line, String path, Faults faults) {
        this.entries = entries;
        this.line = line;
        this.path = path;
        this.faults = faults;
    }

    /** Whether the key stands in the file, whatever its value. */
    boolean has(String key) {
        known.add(key);
        return entries.entries().containsKey(key);
    }

    /** The text behind a key. */
    Optional<String> text(String key) {
        return scalar(key, "text").map(Scalar::value);
    }

    /** The text behind a key as another type; what the parser refuses becomes a fault with its own words. */
    <T> Optional<T> value(String key, String expected, Function<String, T> parser) {
        return scalar(key, expected).flatMap(scalar -> parse(key, scalar, expected, parser));
    }

    /** The same for a key that has to be there. */
    <T> Optional<T> required(String key, String expected, Function<String, T> parser) {
        if (!has(key)) {
            faults.add(line, pathOf(key), "is missing: expected " + expected);
            return Optional.empty();
        }
        return value(key, expected, parser);
    }

    /** {@code true} or {@code false}. */
    Optional<Boolean> flag(String key) {
        return value(key, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    /** A whole number from {@code least} to {@code most}, both included. */
    Optional<Integer> integer(String key, int least, int most) {
        return value(key, "a whole number from " + least + " to " + most, text -> {
            if (!DIGITS.matcher(text).matches()) {
                throw new IllegalArgumentException();
            }
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    /** A time such as {@code 30s}, {@code 10m}, {@code 1h30m}, {@code 7d}. */
    Optional<Duration> duration(String key) {
        return value(key, "a time such as 30s, 10m or 1h", DurationText::parse);
    }

    /** A list of texts, each parsed, where a single text stands for a list of one; the items that the parser refuses are faults and left out. */
    <T> Optional<List<T>> values(String key, String expected, Function<String, T> parser) {
        return node(key).map(node -> {
            List<YamlNode> items = node instanceof Items list ? list.items() : List.of(node);
            List<T> values = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                String itemKey = node instanceof Items ? key + "[" + i + "]" : key;
                if (items.get(i) instanceof Scalar scalar && !isNothing(scalar)) {
                    parse(itemKey, scalar, expected, parser).ifPresent(values::add);
                } else {
                    wrongKind(itemKey, items.get(i), expected);
                }
            }
            return List.copyOf(values);
        });
    }

    /** The mapping behind a key. */
    Optional<Section> section(String key) {
        return entry(key).flatMap(entry -> asSection(entry.value(), key, entry.keyLine()));
    }

    /** The list of mappings behind a key; empty when absent. */
    List<Section> sections(String key) {
        Optional<YamlNode> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Items list)) {
            wrongKind(key, node.get(), "a list");
            return List.of();
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            YamlNode item = list.items().get(i);
            asSection(item, key + "[" + i + "]", item.line()).ifPresent(sections::add);
        }
        return sections;
    }

    /** Whatever stands behind a key. */
    Optional<YamlNode> node(String key) {
        return entry(key).map(Entry::value);
    }

    private Optional<Entry> entry(String key) {
        known.add(key);
        return Optional.ofNullable(entries.entries().get(key));
    }

    /**
     * Tells a fault about one of this section's keys, or about the section when the key is empty or absent.
     *
     * @param key may lead on into what stands behind a key, as in {@code conditions.ref.equals}
     */
    void fault(String key, String expected) {
        Section place = this;
        String rest = key;
        // A key may hold what separates keys, so the longest that fits counts.
        for (Optional<String> step = place.firstOf(rest); step.isPresent(); step = place.firstOf(rest)) {
            String name = step.get();
            Entry entry = Objects.requireNonNull(place.entries.entries().get(name), "it is there");
            if (!(entry.value() instanceof Entries mapping) || !rest.startsWith(name + ".")) {
                faults.add(entry.keyLine(), place.pathOf(rest), expected);
                return;
            }
            place = new Section(mapping, entry.keyLine(), place.pathOf(name), faults);
            rest = rest.substring(name.length() + 1);
        }
        faults.add(place.line, place.pathOf(rest), expected);
    }

    private Optional<String> firstOf(String way) {
        return entries.entries().keySet().stream()
                .filter(name -> way.equals(name) || way.startsWith(name + ".") || way.startsWith(name + "["))
                .max(Comparator.comparingInt(String::length));
    }

    /** Tells the keys that nobody asked for. */
    void done() {
        entries.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                faults.add(entry.keyLine(), pathOf(key), "unknown key: expected one of " + String.join(", ", known));
            }
        });
    }

    /** The mapping itself. */
    Entries entries() {
        return entries;
    }

    /** How many faults there are in the whole file so far. */
    int faultCount() {
        return faults.count();
    }

    private Optional<Section> asSection(YamlNode node, String key, int keyLine) {
        if (node instanceof Entries mapping) {
            return Optional.of(new Section(mapping, keyLine, pathOf(key), faults));
        }
        wrongKind(key, node, "a mapping");
        return Optional.empty();
    }

    private Optional<Scalar> scalar(String key, String expected) {
        Optional<YamlNode> node = node(key);
        if (node.isPresent() && node.get() instanceof Scalar scalar && !isNothing(scalar)) {
            return Optional.of(scalar);
        }
        node.ifPresent(other -> wrongKind(key, other, expected));
        return Optional.empty();
    }

    private <T> Optional<T> parse(String key, Scalar scalar, String expected, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(scalar.value()));
        } catch (RefusedValue e) {
            faults.add(scalar.line(), pathOf(key), e.reason());
        } catch (IllegalArgumentException e) {
            faults.add(scalar.line(), pathOf(key), "expected " + expected);
        }
        return Optional.empty();
    }

    private void wrongKind(String key, YamlNode node, String expected) {
        faults.add(node.line(), pathOf(key), "expected " + expected + ", found " + node.kind());
    }

    private String pathOf(String key) {
        return KeyPath.of(path, key);
    }

    /** YAML reads a plain {@code null} or nothing at all as no value. */
    private static boolean isNothing(Scalar scalar) {
        return scalar.plain() && (scalar.value().isEmpty() || scalar.value().equals("null"));
    }
}
