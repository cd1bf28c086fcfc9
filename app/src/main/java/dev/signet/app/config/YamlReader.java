package dev.signet.app.config;

import dev.signet.app.config.YamlNode.Entries;
import dev.signet.app.config.YamlNode.Entry;
import dev.signet.app.config.YamlNode.Items;
import dev.signet.app.config.YamlNode.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Turns YAML text into nodes with line numbers.
 *
 * <p>Refused beyond what YAML refuses: a key given twice, anchors, aliases, tags, keys that are not text, a second
 * document. One syntax fault ends the reading, everything else is collected.
 */
final class YamlReader {

    private static final int MAXIMUM_CODE_POINTS = 1024 * 1024;
    private static final int MAXIMUM_DEPTH = 32;

    private final Faults faults;
    private final Environment environment;

    YamlReader(Faults faults, Environment environment) {
        this.faults = faults;
        this.environment = environment;
    }

    /** The top mapping; empty after a fault that leaves nothing to go on with. */
    Optional<Entries> read(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(MAXIMUM_CODE_POINTS).build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            Optional<YamlNode> top = Optional.empty();
            while (events.hasNext()) {
                Event event = events.next();
                if (event instanceof NodeEvent node) {
                    if (top.isPresent()) {
                        faults.add(line(event), "", "expected one YAML document, found a second one");
                        return Optional.empty();
                    }
                    top = Optional.of(node(node, events, "", 0));
                }
            }
            return top.flatMap(this::asEntries);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(YamlReader::line)
                    .orElse(0);
            // The words hold one character of the text at most, but for the handle of a tag.
            faults.add(line, "", "not YAML: " + e.getProblem().replaceFirst("(?<=tag handle) .*", ""));
        } catch (TooDeep e) {
            faults.add(e.line, e.path, "nested more than " + MAXIMUM_DEPTH + " levels deep");
        } catch (YamlEngineException e) {
            faults.add(0, "", "not YAML: it holds a character that is not allowed, or is too long");
        }
        return Optional.empty();
    }

    private Optional<Entries> asEntries(YamlNode top) {
        if (top instanceof Entries entries) {
            return Optional.of(entries);
        }
        if (!top.kind().equals("nothing")) {
            faults.add(top.line(), "", "expected keys and values at the top, found " + top.kind());
        }
        return Optional.of(new Entries(Map.of(), top.line()));
    }

    private YamlNode node(NodeEvent event, Iterator<Event> events, String path, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw new TooDeep(line(event), path);
        }
        refuseAnchorsAndTags(event, path);
        if (event instanceof MappingStartEvent) {
            return mapping(event, events, path, depth);
        }
        if (event instanceof SequenceStartEvent) {
            return sequence(event, events, path, depth);
        }
        if (event instanceof ScalarEvent scalar) {
            List<String> unknown = new ArrayList<>();
            String value = environment.substitute(whole(scalar, path), unknown::add);
            if (!unknown.isEmpty()) {
                faults.addUnknown(line(scalar), path, String.join("; ", unknown));
            }
            return new Scalar(value, scalar.isPlain(), line(scalar));
        }
        return new Scalar("", true, line(event)); // an alias, already reported
    }

    private YamlNode mapping(NodeEvent start, Iterator<Event> events, String path, int depth) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Event event = events.next(); event instanceof NodeEvent key; event = events.next()) {
            Optional<String> name = key(key, events, path, depth);
            String keyPath = name.map(n -> KeyPath.of(path, n)).orElse(path);
            YamlNode value = node((NodeEvent) events.next(), events, keyPath, depth + 1);
            name.ifPresent(n -> put(entries, n, new Entry(line(key), value), keyPath));
        }
        return new Entries(entries, line(start));
    }

    private Optional<String> key(NodeEvent key, Iterator<Event> events, String path, int depth) {
        refuseAnchorsAndTags(key, path);
        if (key instanceof ScalarEvent scalar) {
            return Optional.of(whole(scalar, path));
        }
        if (key instanceof CollectionStartEvent) {
            faults.add(line(key), path, "a key must be plain text");
            node(key, events, path, depth + 1);
        }
        return Optional.empty();
    }

    private void put(Map<String, Entry> entries, String name, Entry entry, String path) {
        Entry earlier = entries.putIfAbsent(name, entry);
        if (earlier != null) {
            faults.add(entry.keyLine(), path, "given twice, first in line " + earlier.keyLine());
        }
    }

    /** The text; a half of a character, which an escape may be, is a fault and left out: no other text can hold it. */
    private String whole(ScalarEvent scalar, String path) {
        String text = scalar.getValue();
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return text;
        }
        faults.add(line(scalar), path, "holds a half of a surrogate pair");
        return text.codePoints()
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private YamlNode sequence(NodeEvent start, Iterator<Event> events, String path, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = events.next(); event instanceof NodeEvent item; event = events.next()) {
            items.add(node(item, events, path + "[" + items.size() + "]", depth + 1));
        }
        return new Items(items, line(start));
    }

    private void refuseAnchorsAndTags(NodeEvent event, String path) {
        if (event instanceof AliasEvent || event.getAnchor().isPresent()) {
            faults.add(line(event), path, "anchors and aliases (& and *) are not used here: write the value out");
        }
        boolean tagged = event instanceof ScalarEvent scalar
                ? scalar.getTag().isPresent()
                : event instanceof CollectionStartEvent collection
                        && collection.getTag().isPresent();
        if (tagged) {
            faults.add(line(event), path, "tags (!) are not used here: write the plain value");
        }
    }

    private static int line(Event event) {
        return event.getStartMark().map(YamlReader::line).orElse(0);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    /** Ends the reading of a file that is nested without end. */
    private static final class TooDeep extends RuntimeException {
        private final int line;
        private final String path;

        TooDeep(int line, String path) {
            super("nested too deep", null, false, false);
            this.line = line;
            this.path = path;
        }
    }
}
