package dev.signet.app.listener;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The two questions that a supervisor asks: is the process alive, and can it serve.
 *
 * <p>{@code /health/live} answers 200 as long as the process answers at all. {@code /health/ready} answers 200 while the
 * store can be reached and holds a signing key, otherwise 503; its answer is kept for a second, so that asking often
 * does not load the store. Thread-safe.
 */
public final class Health implements Endpoints {

    private static final String ROOT = "/health/";
    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final Endpoints others;
    private final BooleanSupplier ready;
    private final LongSupplier nanoTime;
    private volatile Answer last;

    private record Answer(boolean ready, long nanoTime) {}

    private Health(Endpoints others, BooleanSupplier ready, LongSupplier nanoTime) {
        this.others = others;
        this.ready = ready;
        this.nanoTime = nanoTime;
        this.last = new Answer(false, nanoTime.getAsLong() - KEPT_NANOS - 1);
    }

    /**
     * Answers the health addresses and leaves all others to {@code others}.
     *
     * @param ready whether requests can be served now; may take a while, must not throw
     * @param nanoTime a clock as {@link System#nanoTime}
     */
    public static Health before(Endpoints others, BooleanSupplier ready, LongSupplier nanoTime) {
        return new Health(others, ready, nanoTime);
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request) {
        if (!request.path().startsWith(ROOT)) {
            return others.handle(request);
        }
        return switch (request.path()) {
            case ROOT + "live" -> answer(request, "live", true);
            case ROOT + "ready" -> {
                boolean isReady = isReady();
                yield answer(request, isReady ? "ready" : "not ready", isReady);
            }
            default -> others.handle(request);
        };
    }

    private boolean isReady() {
        Answer answer = last;
        long now = nanoTime.getAsLong();
        if (now - answer.nanoTime() > KEPT_NANOS) {
            answer = new Answer(ready.getAsBoolean(), now);
            last = answer;
        }
        return answer.ready();
    }

    private static ProtocolResponse answer(ProtocolRequest request, String status, boolean good) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return ProtocolResponse.builder(405).header("Allow", "GET, HEAD").build();
        }
        return ProtocolResponse.builder(good ? 200 : 503)
                .json(JsonObject.builder().put("status", status).build())
                .noStore()
                .build();
    }
}
