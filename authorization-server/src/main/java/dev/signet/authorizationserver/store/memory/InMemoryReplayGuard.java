package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Remembers used JWTs as long as the process lives: after a restart an assertion that has not expired can be used once
 * more. For tests, and for one node whose operator accepts that.
 *
 * <p>Each use clears away a few that have expired, so that memory follows what is valid and no call takes long.
 */
public final class InMemoryReplayGuard implements ReplayGuard {

    private static final int STRIPES = 64;
    private static final int CLEARED_PER_USE = 4;

    /** For requests that were checked before a use expired, and are recorded after. */
    private static final long MARGIN_SECONDS = 60;

    private final Clock clock;
    private final List<Stripe> stripes = new ArrayList<>(STRIPES);

    /**
     * A guard that has seen nothing.
     *
     * @param clock says when a used JWT has expired and may be forgotten
     */
    public InMemoryReplayGuard(Clock clock) {
        this.clock = clock;
        for (int index = 0; index < STRIPES; index++) {
            stripes.add(new Stripe());
        }
    }

    @Override
    public Optional<ReplayKey> consume(List<SingleUse> uses) {
        return uses.size() == 1 ? consumeOne(uses.get(0)) : consumeAll(uses);
    }

    private Optional<ReplayKey> consumeOne(SingleUse use) {
        Entry entry = Entry.of(use);
        Stripe stripe = stripeOf(entry);
        stripe.lock.lock();
        try {
            long now = clock.instant().getEpochSecond();
            if (stripe.blocks(entry, now)) {
                return Optional.of(use.key());
            }
            stripe.add(entry, now);
            return Optional.empty();
        } finally {
            stripe.lock.unlock();
        }
    }

    private Optional<ReplayKey> consumeAll(List<SingleUse> uses) {
        List<Entry> entries = uses.stream().map(Entry::of).toList();
        List<Stripe> involved = entries.stream()
                .map(Entry::stripe)
                .distinct()
                .sorted()
                .map(stripes::get)
                .toList();
        // Always in the same order, so that two requests can't wait for each other.
        involved.forEach(stripe -> stripe.lock.lock());
        try {
            long now = clock.instant().getEpochSecond();
            for (int index = 0; index < entries.size(); index++) {
                if (stripeOf(entries.get(index)).blocks(entries.get(index), now)) {
                    return Optional.of(uses.get(index).key());
                }
            }
            entries.forEach(entry -> stripeOf(entry).add(entry, now));
            return Optional.empty();
        } finally {
            involved.forEach(stripe -> stripe.lock.unlock());
        }
    }

    private Stripe stripeOf(Entry entry) {
        return stripes.get(entry.stripe());
    }

    @Override
    public boolean isUsed(ReplayKey key) {
        Entry entry = Entry.of(new SingleUse(key, Instant.EPOCH));
        Stripe stripe = stripeOf(entry);
        stripe.lock.lock();
        try {
            return stripe.used.containsKey(entry.digest());
        } finally {
            stripe.lock.unlock();
        }
    }

    /** How many uses are remembered. */
    public int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            stripe.lock.lock();
            try {
                size += stripe.used.size();
            } finally {
                stripe.lock.unlock();
            }
        }
        return size;
    }

    /** The first 128 bits of the digest, enough to tell keys apart. */
    private record Digest(long high, long low) {
        static Digest of(byte[] octets) {
            return new Digest(number(octets, 0), number(octets, Long.BYTES));
        }

        private static long number(byte[] octets, int start) {
            long number = 0;
            for (int index = start; index < start + Long.BYTES; index++) {
                number = (number << Byte.SIZE) | (octets[index] & 0xFF);
            }
            return number;
        }
    }

    private record Entry(Digest digest, long expiresAt) {
        static Entry of(SingleUse use) {
            Instant expiry = use.expiresAt();
            // Rounded up: a key is never forgotten before it has expired.
            long seconds = expiry.getEpochSecond() + (expiry.getNano() > 0 ? 1 : 0);
            return new Entry(Digest.of(use.key().digest()), seconds);
        }

        int stripe() {
            return Math.floorMod(digest.low(), STRIPES);
        }
    }

    private static final class Stripe {
        private final ReentrantLock lock = new ReentrantLock();
        private final Map<Digest, Long> used = new HashMap<>();
        private final PriorityQueue<Entry> byExpiry = new PriorityQueue<>(Comparator.comparingLong(Entry::expiresAt));

        /**
         * A {@code jti} may come again in a later JWT when the earlier has expired. The earlier JWT itself, checked just in
         * time, is refused all the same.
         */
        boolean blocks(Entry entry, long now) {
            Long earlier = used.get(entry.digest());
            return earlier != null && (earlier > now || earlier >= entry.expiresAt());
        }

        void add(Entry entry, long now) {
            for (int cleared = 0; cleared < CLEARED_PER_USE; cleared++) {
                Entry oldest = byExpiry.peek();
                if (oldest == null || oldest.expiresAt() > now - MARGIN_SECONDS) {
                    break;
                }
                byExpiry.remove();
                used.remove(oldest.digest(), oldest.expiresAt());
            }
            used.put(entry.digest(), entry.expiresAt());
            byExpiry.add(entry);
        }
    }
}
