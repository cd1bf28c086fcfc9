package dev.signet.app.server;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Does what must not hold up requests: reads the store again, makes keys. Its threads end with the program. */
final class BesideRequests implements Executor, AutoCloseable {

    private static final int THREADS = 2;

    /** Longer than the store takes to say that it does not answer. */
    private static final long SECONDS_TO_END = 10;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "beside-requests");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /**
     * Waits for what has begun; what takes too long ends with the program. It is not interrupted: that would close the files of
     * an embedded store.
     */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
