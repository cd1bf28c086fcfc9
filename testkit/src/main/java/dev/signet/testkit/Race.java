package dev.signet.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Runs the same thing on many threads at once, to see that a race is decided. */
public final class Race {

    private static final int PATIENCE_SECONDS = 60;

    private Race() {}

    /**
     * Starts all runners together and waits for them.
     *
     * @param runners how many
     * @param runner what the one with that number does
     * @return what they returned, in the order of their numbers
     * @throws AssertionError if one threw, or did not finish within a minute
     */
    public static <T> List<T> of(int runners, IntFunction<Callable<T>> runner) {
        ExecutorService threads = Executors.newFixedThreadPool(runners, work -> {
            Thread thread = new Thread(work, "race");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CyclicBarrier start = new CyclicBarrier(runners);
            List<Future<T>> results = IntStream.range(0, runners)
                    .mapToObj(number -> threads.submit(() -> {
                        Callable<T> work = runner.apply(number);
                        start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                        return work.call();
                    }))
                    .toList();
            List<T> returned = new ArrayList<>();
            for (Future<T> result : results) {
                returned.add(result.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return returned;
        } catch (ExecutionException failed) {
            throw new AssertionError("a runner failed", failed.getCause());
        } catch (Exception late) {
            throw new AssertionError("the race did not finish", late);
        } finally {
            threads.shutdownNow();
        }
    }
}
