package dev.signet.app.config;

import dev.signet.app.console.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong while the file is read, so that all of it can be told at once. Not thread-safe. */
final class Faults {

    private final String file;
    private final List<Fault> found = new ArrayList<>();

    Faults(String file) {
        this.file = file;
    }

    void add(int line, String path, String expected) {
        Fault fault = new Fault(file, line, Printable.text(path), Printable.text(expected));
        if (!found.contains(fault)) {
            found.add(fault);
        }
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
            found.sort(Comparator.comparingInt(Fault::line));
            throw new ConfigException(found);
        }
    }
}
