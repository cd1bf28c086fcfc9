package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Removes expired rows in the background, batch after batch, without an operator. */
final class Sweep implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final List<ExpiredRows> expired;
    private final Consumer<StoreException> onFailure;
    private final ScheduledExecutorService thread;
    private volatile boolean closed;

    private Sweep(List<ExpiredRows> expired, Consumer<StoreException> onFailure, ScheduledExecutorService thread) {
        this.expired = expired;
        this.onFailure = onFailure;
        this.thread = thread;
    }

    static Sweep every(Duration interval, List<ExpiredRows> expired, Consumer<StoreException> onFailure) {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread daemon = new Thread(work, "signet-store-sweep");
            daemon.setDaemon(true);
            return daemon;
        });
        Sweep sweep = new Sweep(expired, onFailure, thread);
        long millis = interval.toMillis();
        Future<?> unused = thread.scheduleWithFixedDelay(sweep::run, millis, millis, TimeUnit.MILLISECONDS);
        return sweep;
    }

    /** Removes all that has expired. What fails is reported and tried again at the next turn. */
    void run() {
        expired.forEach(this::remove);
    }

    private void remove(ExpiredRows rows) {
        try {
            int removed;
            do {
                removed = rows.removeBatch();
            } while (removed == ExpiredRows.BATCH && !closed);
        } catch (StoreException failed) {
            report(failed);
        } catch (RuntimeException unexpected) {
            // Were it to leave, no turn would ever come again.
            report(new StoreException("the store could not forget expired JWTs", unexpected));
        }
    }

    private void report(StoreException failed) {
        if (closed) {
            return;
        }
        try {
            onFailure.accept(failed);
        } catch (RuntimeException listenersOwn) {
            // The next turn must come, whatever the listener does.
        }
    }

    /** Lets the batch at work finish. It is not interrupted: that would close the files of an embedded store. */
    @Override
    public void close() {
        closed = true;
        thread.shutdown();
        try {
            thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
