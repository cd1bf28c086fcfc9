package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.store.JwtIdDigest;
import dev.signet.authorizationserver.store.RevokedToken;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Token digests with their expiry, in 27 octets each: open addressing in plain arrays. Any number of threads may look while one
 * adds; looking takes no lock and allocates nothing. Nothing is ever removed: what has expired is left behind when the rest is
 * copied to another table.
 */
final class DigestTable {

    /** A slot is written low half first and counts from when the high half is there, which is never 0. */
    private final AtomicLongArray high;

    private final long[] low;

    /** Seconds since 1970 as an unsigned number, which lasts until 2106. */
    private final int[] expiresAt;

    private final int capacity;
    private int size;

    /** @param capacity the most digests it takes */
    DigestTable(int capacity) {
        this.capacity = capacity;
        int slots = Math.toIntExact(capacity * 4L / 3 + 1);
        this.high = new AtomicLongArray(slots);
        this.low = new long[slots];
        this.expiresAt = new int[slots];
    }

    /** Whether the digest was added. */
    boolean contains(JwtIdDigest digest) {
        return high.getAcquire(slot(highOf(digest), digest.low())) != 0;
    }

    /** Whether there is no room for another; read by who adds. */
    boolean isFull() {
        return size >= capacity;
    }

    /** How many were added; read by who adds. */
    int size() {
        return size;
    }

    /** Adds a digest, unless it is there; by one thread at a time, and not when it is full. */
    void add(RevokedToken token) {
        Instant expiry = token.expiresAt();
        long seconds = expiry.getEpochSecond() + (expiry.getNano() > 0 ? 1 : 0);
        add(highOf(token.digest()), token.digest().low(), (int) Math.min(Math.max(seconds, 0), 0xFFFF_FFFFL));
    }

    private void add(long wantedHigh, long wantedLow, int expiry) {
        int slot = slot(wantedHigh, wantedLow);
        if (high.getAcquire(slot) == 0) {
            low[slot] = wantedLow;
            expiresAt[slot] = expiry;
            high.setRelease(slot, wantedHigh);
            size++;
        }
    }

    /** How many have not expired at that time. */
    int countLive(Instant now) {
        int live = 0;
        for (int slot = 0; slot < low.length; slot++) {
            if (isLive(slot, now)) {
                live++;
            }
        }
        return live;
    }

    /** Adds those of another table that have not expired at that time. */
    void addLive(DigestTable other, Instant now) {
        for (int slot = 0; slot < other.low.length; slot++) {
            if (other.isLive(slot, now)) {
                add(other.high.getAcquire(slot), other.low[slot], other.expiresAt[slot]);
            }
        }
    }

    private boolean isLive(int slot, Instant now) {
        return high.getAcquire(slot) != 0 && Integer.toUnsignedLong(expiresAt[slot]) > now.getEpochSecond();
    }

    private static long highOf(JwtIdDigest digest) {
        return digest.high() == 0 ? 1 : digest.high();
    }

    /** The slot that holds the digest, or the free one that it belongs in; a quarter of all is free. */
    private int slot(long wantedHigh, long wantedLow) {
        int slot = (int) (((wantedLow >>> 32) * low.length) >>> 32);
        while (true) {
            long found = high.getAcquire(slot);
            if (found == 0 || (found == wantedHigh && low[slot] == wantedLow)) {
                return slot;
            }
            slot = slot + 1 == low.length ? 0 : slot + 1;
        }
    }
}
