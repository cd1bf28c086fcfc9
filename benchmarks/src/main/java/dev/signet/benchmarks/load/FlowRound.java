package dev.signet.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a round of flows gave.
 *
 * @param perSecond flows a second
 * @param p50 how long one took, in milliseconds
 * @param p99 how long the slowest of a hundred took, in milliseconds
 * @param flows how many there were
 */
record FlowRound(double perSecond, double p50, double p99, int flows) {

    static final int SECONDS = 4;

    private static final double NANOS_PER_MILLI = 1e6;

    /** One flow of somebody. */
    @FunctionalInterface
    interface Flow {
        void run() throws IOException, InterruptedException;
    }

    /** Runs flows one after the other, for as many users at once; a flow that fails ends it. */
    static FlowRound run(List<Flow> users) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(users.size());
        try {
            long begun = System.nanoTime();
            long end = begun + SECONDS * 1_000_000_000L;
            List<Callable<List<Long>>> work = new ArrayList<>();
            users.forEach(user -> work.add(() -> flows(user, end)));
            List<Long> taken = new ArrayList<>();
            for (Future<List<Long>> future : threads.invokeAll(work)) {
                taken.addAll(future.get());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            taken.sort(null);
            return new FlowRound(taken.size() / seconds, percentile(taken, 50), percentile(taken, 99), taken.size());
        } catch (ExecutionException failed) {
            throw new IOException("a flow failed", failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Long> flows(Flow user, long end) throws IOException, InterruptedException {
        List<Long> taken = new ArrayList<>();
        for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
            user.run();
            taken.add(System.nanoTime() - begun);
        }
        return taken;
    }

    private static double percentile(List<Long> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)) / NANOS_PER_MILLI;
    }

    String cells() {
        return String.format(Locale.ROOT, " | %.0f | %.1f | %.1f | %d |", perSecond, p50, p99, flows);
    }
}
