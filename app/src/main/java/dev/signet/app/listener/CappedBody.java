package dev.signet.app.listener;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;

/**
 * Reads a request's body without holding a thread while the client is slow.
 *
 * <p>What goes beyond the cap is not kept. Up to {@link #DISCARDED} bytes of it are read and thrown away, so that a
 * client that sends first and listens later still gets its answer; then the reading stops.
 *
 * <p>A body that is not there in its time is given up, which is noticed whenever a part of it arrives: Jetty's limit of
 * silence ends the wait for the next part, and its core has none for the whole.
 */
final class CappedBody implements Runnable {

    static final int DISCARDED = 16 * 1024 * 1024;

    private final Content.Source source;
    private final Limits limits;
    private final long start;
    private final Consumer<Optional<byte[]>> whenRead;
    private final Consumer<Throwable> whenFailed;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private int discarded;

    /**
     * How much, and for how long.
     *
     * @param cap in octets
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    record Limits(int cap, Duration time, LongSupplier nanoTime) {}

    /**
     * A reader, whose time starts now.
     *
     * @param whenRead gets the body, or nothing when there was more than the cap
     */
    CappedBody(
            Content.Source source, Limits limits, Consumer<Optional<byte[]>> whenRead, Consumer<Throwable> whenFailed) {
        this.source = source;
        this.limits = limits;
        this.start = limits.nanoTime().getAsLong();
        this.whenRead = whenRead;
        this.whenFailed = whenFailed;
    }

    /** Starts or resumes the reading; one of the two consumers is called once when it is over. */
    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                whenFailed.accept(chunk.getFailure());
                return;
            }
            take(chunk);
            boolean last = chunk.isLast();
            chunk.release();
            if (last || discarded > DISCARDED) {
                whenRead.accept(discarded > 0 ? Optional.empty() : Optional.of(kept.toByteArray()));
                return;
            }
            if (limits.nanoTime().getAsLong() - start > limits.time().toNanos()) {
                whenFailed.accept(new TimeoutException("the body is not there in time"));
                return;
            }
        }
    }

    private void take(Content.Chunk chunk) {
        int room = Math.min(limits.cap() - kept.size(), chunk.remaining());
        if (room > 0) {
            byte[] part = new byte[room];
            chunk.getByteBuffer().get(part);
            kept.writeBytes(part);
        }
        discarded += chunk.remaining();
    }
}
