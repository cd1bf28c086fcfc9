package dev.signet.app.config;

import java.util.List;
import java.util.Map;

/** A part of the file that knows where it stands. */
sealed interface YamlNode {

    /** Counted from one. */
    int line();

    /** What a person calls this kind of node. */
    String kind();

    /**
     * Text, a number or a truth value.
     *
     * @param value with the environment's values put in
     * @param plain written without quotes, so that {@code true} and {@code 5} may be more than text
     */
    record Scalar(String value, boolean plain, int line) implements YamlNode {
        @Override
        public String kind() {
            return plain && value.isEmpty() ? "nothing" : "a single value";
        }

        /** Hides the value: it may be a secret. */
        @Override
        public String toString() {
            return "Scalar[line=" + line + "]";
        }
    }

    /** A sequence. */
    record Items(List<YamlNode> items, int line) implements YamlNode {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping, in the order of the file. */
    record Entries(Map<String, Entry> entries, int line) implements YamlNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** What stands behind a key, and the line of the key itself. */
    record Entry(int keyLine, YamlNode value) {}
}
