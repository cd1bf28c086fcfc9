package dev.signet.client;

import dev.signet.client.Failure.Unreachable;
import dev.signet.core.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Always has the token for one request: asked for when first wanted, kept, and renewed shortly before it expires. Thread-safe;
 * keep one for each request.
 *
 * <pre>{@code
 * TokenSource orders = TokenSource.of(client, TokenRequest.clientCredentials().withScope(Scope.of("orders.read")));
 * String authorization = orders.token().require().authorization();
 * }</pre>
 *
 * <p>However many want it, in threads or asynchronously, the server is asked once at a time: the others get the token there is
 * as long as that lasts, and wait for the answer otherwise. After a failure the server is left alone for about a second, twice
 * as long after each further one, up to about a minute, and as long as it says by {@code Retry-After}, up to
 * {@link #LONGEST_PAUSE}; when exactly is up to chance, so that many clients do not come back at once. Meanwhile the token there
 * is does, and then the same failure. A token whose lifetime the server does not say is kept for a minute.
 *
 * <p>A source that begins with a code is the session of who approved: the code is exchanged for the first token, and whatever
 * refresh token comes with it is used from then on. Without one the session ends with the token.
 */
public final class TokenSource {

    /** The longest time that a server is left alone because it says so. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Duration WITHOUT_LIFETIME = Duration.ofMinutes(1);
    private static final Duration LARGEST_MARGIN = Duration.ofSeconds(30);
    private static final int MARGIN_DIVISOR = 10;
    private static final int MOST_DOUBLINGS = 6;
    private static final int HALF_A_SECOND = 500;

    private final OAuthClient client;
    private final Scope scope;

    private @Nullable TokenRequest request;
    private @Nullable IssuedToken token;
    private Instant expiresAt = Instant.MIN;
    private Instant renewAt = Instant.MIN;
    private @Nullable Failure failure;
    private int failures;
    private Instant retryAt = Instant.MIN;
    private @Nullable Flight flight;

    private TokenSource(OAuthClient client, TokenRequest request) {
        this.client = client;
        this.scope = request.scope();
        this.request = request;
    }

    /**
     * A source of what this client gets by this request; nothing is asked before it is wanted.
     *
     * @throws IllegalArgumentException if the client has no credentials and the token is for itself
     */
    public static TokenSource of(OAuthClient client, TokenRequest request) {
        client.requireSense(request);
        return new TokenSource(client, request);
    }

    /** The token there is, or else a new one, for which the calling thread may wait. */
    public Outcome<IssuedToken> token() {
        Flight joined = join();
        // A flight that waits for a thread of the executor takes this one.
        joined.run();
        try {
            return joined.result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed<>(client.failed("interrupted while waiting for the token"));
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking for the token failed", e.getCause());
        }
    }

    /** As {@link #token}, without waiting. */
    public CompletableFuture<Outcome<IssuedToken>> tokenAsync() {
        Flight joined = join();
        // Once: the refusal of a second task would end what a first still does.
        if (joined.queued.compareAndSet(false, true)) {
            client.execute(joined, joined::giveUp);
        }
        // A copy: what one caller does to it is nothing to the others.
        return joined.result.copy();
    }

    /** Lets go of a token that the resource called invalid, so that the next call gets another. */
    public synchronized void invalidate(IssuedToken refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private synchronized Flight join() {
        Instant now = client.now();
        IssuedToken lasting = token != null && now.isBefore(expiresAt) ? token : null;
        boolean isResting = request == null || (failure != null && now.isBefore(retryAt));
        if (lasting != null && (now.isBefore(renewAt) || isResting || flight != null)) {
            return new Flight(new Outcome.Success<>(lasting));
        }
        if (isResting || request == null) {
            return new Flight(new Outcome.Failed<>(failure == null ? client.ended() : failure));
        }
        if (flight == null) {
            flight = new Flight(request);
        }
        return flight;
    }

    private synchronized Outcome<IssuedToken> settle(TokenCalls.Answer answer, Instant asked) {
        flight = null;
        request = answer.next().orElse(null);
        Outcome<IssuedToken> outcome = answer.outcome();
        Instant now = client.now();
        if (outcome instanceof Outcome.Success<IssuedToken> issued) {
            failure = null;
            failures = 0;
            token = issued.answer();
            expiresAt = token.expiresAt().orElse(asked.plus(WITHOUT_LIFETIME));
            renewAt = expiresAt.minus(margin(Duration.between(asked, expiresAt)));
            return outcome;
        }
        if (!Thread.currentThread().isInterrupted()) {
            // Otherwise it is about this thread, not about the server: whoever comes next asks at once.
            Failure reason = outcome.failure().orElseThrow();
            failure = reason;
            retryAt = now.plus(pause(reason));
        }
        return token != null && now.isBefore(expiresAt) ? new Outcome.Success<>(token) : outcome;
    }

    private synchronized void abandon() {
        flight = null;
    }

    /** How long before it expires a token is renewed: a tenth of its life, 30 seconds at most. */
    private static Duration margin(Duration lifetime) {
        Duration tenth = lifetime.dividedBy(MARGIN_DIVISOR);
        return tenth.compareTo(LARGEST_MARGIN) < 0 ? tenth : LARGEST_MARGIN;
    }

    /** Half of what is due, or what the server wants if that is longer, and of the other half as much as chance says. */
    private Duration pause(Failure reason) {
        int half = HALF_A_SECOND << Math.min(failures++, MOST_DOUBLINGS);
        Duration least = Duration.ofMillis(half);
        if (reason instanceof Unreachable unreachable
                && unreachable.retryAfter().isPresent()) {
            Duration wanted = unreachable.retryAfter().get();
            Duration capped = wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
            least = capped.compareTo(least) > 0 ? capped : least;
        }
        return least.plusMillis(client.chance(half + 1));
    }

    /** What is asked for. */
    @Override
    public String toString() {
        return "TokenSource of " + client + ", scope " + scope;
    }

    /** One request to the server, made by whoever gets to it first, or the outcome that needs none. */
    private final class Flight implements Runnable {

        private final @Nullable TokenRequest asking;
        private final AtomicBoolean queued;
        private final AtomicBoolean begun;
        private final CompletableFuture<Outcome<IssuedToken>> result;

        Flight(TokenRequest request) {
            asking = request;
            queued = new AtomicBoolean();
            begun = new AtomicBoolean();
            result = new CompletableFuture<>();
        }

        Flight(Outcome<IssuedToken> known) {
            asking = null;
            queued = new AtomicBoolean(true);
            begun = new AtomicBoolean(true);
            result = CompletableFuture.completedFuture(known);
        }

        @Override
        public void run() {
            if (asking != null && begun.compareAndSet(false, true)) {
                Instant asked = client.now();
                try {
                    result.complete(settle(client.ask(asking), asked));
                } catch (RuntimeException | Error e) {
                    abandon();
                    result.completeExceptionally(e);
                }
            }
        }

        /** No thread is to be had. */
        void giveUp(Failure overloaded) {
            if (begun.compareAndSet(false, true)) {
                result.complete(settle(
                        new TokenCalls.Answer(new Outcome.Failed<>(overloaded), Optional.ofNullable(asking)),
                        client.now()));
            }
        }
    }
}
