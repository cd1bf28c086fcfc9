package dev.signet.app.config;

import dev.signet.app.console.Printable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Collects what is wrong while the file is read, so that all of it can be told at once. Not thread-safe. */
final class Faults {

    private final String file;
    private final Set<Fault> found = new LinkedHashSet<>();
    private final Set<String> withoutValue = new HashSet<>();

    Faults(String file) {
        this.file = file;
    }

    void add(int line, String path, String expected) {
        if (!withoutValue.contains(path)) {
            found.add(new Fault(file, line, Printable.text(path), Printable.text(expected)));
        }
    }

    /** Says that a value is not known. What else is said about it would come of that alone. */
    void addUnknown(int line, String path, String missing) {
        add(line, path, missing);
        withoutValue.add(path);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** How many so far: lets a reader tell whether a part of the file was free of faults. */
    int count() {
        return found.size();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(
                    found.stream().sorted(Comparator.comparingInt(Fault::line)).toList());
        }
    }
}
