package dev.signet.outbound;

import dev.signet.outbound.OutboundException.Reason;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The end of the time for one call. It closes the connection from outside: a time-out of single reads would let a
 * server that sends an octet now and then hold a thread for ever, and would not bound writes at all.
 */
final class Deadline implements AutoCloseable {
    private final long end;
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    private Deadline(Duration time) {
        end = System.nanoTime() + time.toNanos();
    }

    static Deadline in(Duration time) {
        return new Deadline(time);
    }

    /** From now on the socket is closed when the time has passed. */
    @SuppressWarnings("FutureReturnValueIgnored") // closing is all there is to it
    void watch(Socket socket) {
        finished.whenComplete((nothing, expired) -> {
            if (expired != null) {
                closeQuietly(socket);
            }
        });
        finished.orTimeout(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // nothing depends on it any more
        }
    }

    boolean hasPassed() {
        return end - System.nanoTime() <= 0 || finished.isCompletedExceptionally();
    }

    /** The time left, more than nothing. */
    long nanosLeft() {
        long left = end - System.nanoTime();
        if (left <= 0) {
            throw timeout();
        }
        return left;
    }

    static OutboundException timeout() {
        return new OutboundException(Reason.TIMEOUT, "the call took longer than its limit");
    }

    /** Ends the watch. */
    @Override
    public void close() {
        finished.complete(null);
    }
}
