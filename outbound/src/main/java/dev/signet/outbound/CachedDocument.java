package dev.signet.outbound;

import dev.signet.outbound.OutboundException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest good copy of a document from one source. Readers of a current copy take no lock. One fetch at most is
 * under way; whoever needs its result waits for it, but no more than a bounded number of threads for all documents. A copy is fetched
 * again in the background before its life ends. A failed fetch changes nothing but the time of the next.
 */
final class CachedDocument<T> {
    /** Between fetches that fail while there is a usable copy. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    private static final int LARGEST_EXPONENT = 5;

    /** What a fetch found, and how long its server lets it be kept. */
    record Found<T>(T content, Optional<Duration> maximumAge) {}

    /** A good copy; each successful fetch makes another, even of the same content, so it is no record. */
    static final class Copy<T> {
        private final T content;
        private final Instant fetchedAt;
        private final Instant refreshAt;
        private final Instant freshUntil;
        private final Instant usableUntil;

        private Copy(Found<T> found, Instant now, Duration staleFor) {
            Duration life = CacheLife.of(found.maximumAge);
            content = found.content;
            fetchedAt = now;
            refreshAt = now.plus(life.multipliedBy(3).dividedBy(4));
            freshUntil = now.plus(life);
            usableUntil = freshUntil.plus(staleFor);
        }

        T content() {
            return content;
        }

        private boolean isFresh(Instant now) {
            return now.isBefore(freshUntil) && !isLongBefore(now, fetchedAt);
        }

        private boolean isUsable(Instant now) {
            return now.isBefore(usableUntil) && !isLongBefore(now, fetchedAt);
        }
    }

    private record Failure(RuntimeException cause, int count, Instant retryAt) {}

    private final Supplier<Found<T>> source;
    private final Clock clock;
    private final Executor executor;
    private final CacheLife life;
    private final Semaphore waiting;
    private final Object lock = new Object();

    private volatile @Nullable Copy<T> copy;
    private volatile @Nullable Failure failure;
    private volatile @Nullable CompletableFuture<Void> flight;

    /**
     * @param source fetches the document, or throws any unchecked exception
     * @param waiting has a permit for each thread that may fetch it, or wait for that, other than in the background
     */
    CachedDocument(Supplier<Found<T>> source, Clock clock, Executor executor, CacheLife life, Semaphore waiting) {
        this.source = source;
        this.clock = clock;
        this.executor = executor;
        this.life = life;
        this.waiting = waiting;
    }

    /**
     * A usable copy, fetched now if there is none.
     *
     * @throws RuntimeException the source's, if there is none to be had
     */
    Copy<T> get() {
        Copy<T> current = ifFresh();
        return current != null ? current : fetched(clock.instant());
    }

    /** The copy if its life has not ended; never waits, but sees to it that a newer one is fetched in time. */
    @Nullable
    Copy<T> ifFresh() {
        Copy<T> current = copy;
        Instant now = clock.instant();
        if (current == null || !current.isFresh(now)) {
            return null;
        }
        if (!now.isBefore(current.refreshAt)) {
            refreshInBackground(current, now);
        }
        return current;
    }

    /**
     * A copy newer than the one seen, if there is one or one can be fetched now; else the one seen.
     *
     * @param permission asked only when a fetch would have to be begun
     */
    Copy<T> newerThan(Copy<T> seen, BooleanSupplier permission) {
        refresh(seen, clock.instant(), permission);
        Copy<T> current = copy;
        return current == null ? seen : current;
    }

    private Copy<T> fetched(Instant now) {
        refresh(copy, now, () -> true);
        Copy<T> current = copy;
        if (current != null && current.isUsable(now)) {
            return current;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new OutboundException(Reason.INTERRUPTED, "interrupted while waiting for a document");
        }
        Failure last = failure;
        throw last != null
                ? last.cause
                : new OutboundException(Reason.OVERLOADED, "too many callers wait for documents");
    }

    private void refreshInBackground(Copy<T> current, Instant now) {
        // Asked again and again until the fetch is done, so first without the lock.
        if (flight != null || isPausing(now)) {
            return;
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        if (begin(mine, current, now, () -> true) == mine) {
            try {
                executor.execute(() -> fly(mine));
            } catch (RejectedExecutionException e) {
                noteFailure(new OutboundException(Reason.OVERLOADED, "no thread to refresh with", e));
                land(mine);
            }
        }
    }

    private void refresh(@Nullable Copy<T> seen, Instant now, BooleanSupplier permission) {
        if (!waiting.tryAcquire()) {
            return;
        }
        try {
            CompletableFuture<Void> mine = new CompletableFuture<>();
            CompletableFuture<Void> current = begin(mine, seen, now, permission);
            if (current == mine) {
                fly(mine);
            } else if (current != null) {
                await(current);
            }
        } finally {
            waiting.release();
        }
    }

    /** The fetch under way, which is {@code mine} if it begins now; null if none is, and none is due. */
    private @Nullable CompletableFuture<Void> begin(
            CompletableFuture<Void> mine, @Nullable Copy<T> seen, Instant now, BooleanSupplier permission) {
        synchronized (lock) {
            // A copy other than the one seen was fetched a moment ago by somebody else.
            if (flight == null && copy == seen && !isPausing(now) && permission.getAsBoolean()) {
                flight = mine;
            }
            return flight;
        }
    }

    private boolean isPausing(Instant now) {
        Failure last = failure;
        return last != null && now.isBefore(last.retryAt) && !isLongBefore(now, last.retryAt);
    }

    /** Whether the clock was set back since that time, which would otherwise be long in coming. */
    private static boolean isLongBefore(Instant now, Instant time) {
        return now.isBefore(time.minus(CacheLife.SHORTEST));
    }

    private void fly(CompletableFuture<Void> mine) {
        try {
            Found<T> found = source.get();
            copy = new Copy<>(found, clock.instant(), life.staleFor());
            failure = null;
        } catch (RuntimeException e) {
            noteFailure(e);
        } finally {
            land(mine);
        }
    }

    private void noteFailure(RuntimeException cause) {
        Instant now = clock.instant();
        Failure last = failure;
        if (cause instanceof OutboundException broken && broken.reason() == Reason.INTERRUPTED) {
            // That is about the thread that fetched, not about the source: whoever comes next tries at once.
            failure = new Failure(cause, last == null ? 0 : last.count, now);
            return;
        }
        int count = last == null ? 1 : Math.min(LARGEST_EXPONENT, last.count) + 1;
        Copy<T> current = copy;
        // Without any keys nothing works, so the first tries come sooner: after 1, 2, 4, 8, 16 seconds.
        boolean isServing = current != null && current.isUsable(now);
        Duration pause = isServing || count > LARGEST_EXPONENT ? PAUSE : Duration.ofSeconds(1L << (count - 1));
        failure = new Failure(cause, count, now.plus(pause));
    }

    private void land(CompletableFuture<Void> mine) {
        synchronized (lock) {
            flight = null;
        }
        mine.complete(null);
    }

    /** Waits for a fetch, which has its own deadline. */
    private static void await(CompletableFuture<Void> under) {
        try {
            under.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fetch only ever completes", e);
        }
    }
}
