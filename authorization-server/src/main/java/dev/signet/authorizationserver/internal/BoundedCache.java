package dev.signet.authorizationserver.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Keeps a bounded number of values, and drops those that have not been used for longest. Reading takes no lock and, while
 * nothing is added, writes nothing. Thread-safe.
 */
public final class BoundedCache<K, V> {

    private static final int DROPPED_FRACTION = 8;

    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final AtomicLong additions = new AtomicLong();
    private final int capacity;

    /** @param capacity how many values are kept, at least 8; for a moment there may be a few more */
    public BoundedCache(int capacity) {
        if (capacity < DROPPED_FRACTION) {
            throw new IllegalArgumentException("capacity must be at least " + DROPPED_FRACTION);
        }
        this.capacity = capacity;
    }

    /** The value of a key, made if there is none. */
    public V get(K key, Function<K, V> maker) {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            entry = entries.computeIfAbsent(
                    key, absent -> new Entry<>(maker.apply(absent), additions.incrementAndGet()));
            if (entries.size() > capacity) {
                dropOldest();
            }
        }
        return use(entry);
    }

    /** The value of a key, if there is one. */
    public Optional<V> find(K key) {
        return Optional.ofNullable(entries.get(key)).map(this::use);
    }

    private V use(Entry<V> entry) {
        long now = additions.get();
        if (entry.used != now) {
            entry.used = now;
        }
        return entry.value;
    }

    private synchronized void dropOldest() {
        if (entries.size() <= capacity) {
            return;
        }
        // Snapshots, because the times of use change while they are compared.
        record Age<K>(K key, long used) {}
        List<Age<K>> oldest = entries.entrySet().stream()
                .map(entry -> new Age<>(entry.getKey(), entry.getValue().used))
                .sorted(Comparator.comparingLong(Age::used))
                .limit(Math.max(1, capacity / DROPPED_FRACTION))
                .toList();
        oldest.forEach(age -> entries.remove(age.key()));
    }

    /** How many values are kept. */
    public int size() {
        return entries.size();
    }

    private static final class Entry<V> {
        private final V value;
        private volatile long used;

        Entry(V value, long used) {
            this.value = value;
            this.used = used;
        }
    }
}
