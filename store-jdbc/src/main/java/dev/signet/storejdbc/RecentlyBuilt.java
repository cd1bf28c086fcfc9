package dev.signet.storejdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What was built last, with the rows it was built from: reading keys out of JSON costs more than reading the row. Nothing is
 * answered from here for another row, and for the same row it is the same object. Thread-safe.
 *
 * @param <R> a row, which is equal to one with the same content
 */
final class RecentlyBuilt<R, T> {

    static final int MOST = 1_000;

    private final Map<String, Built<R, T>> built = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Built<R, T>> eldest) {
            return size() > MOST;
        }
    };

    /** What the row with that identifier stands for. Built outside the lock, since others wait for it. */
    T of(String identifier, R row, Function<R, T> builder) {
        synchronized (built) {
            Built<R, T> found = built.get(identifier);
            if (found != null && found.row().equals(row)) {
                return found.result();
            }
        }
        Built<R, T> made = new Built<>(row, builder.apply(row));
        synchronized (built) {
            // Who came first has given its object away already.
            Built<R, T> known = built.get(identifier);
            if (known != null && known.row().equals(row)) {
                return known.result();
            }
            built.put(identifier, made);
        }
        return made.result();
    }

    int size() {
        synchronized (built) {
            return built.size();
        }
    }

    private record Built<R, T>(R row, T result) {}
}
