package dev.signet.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The token for one request, and who is just asking for the next. No lock is held while the server is asked. */
final class CachedToken {

    private static final Duration WITHOUT_LIFETIME = Duration.ofMinutes(1);
    private static final Duration LARGEST_MARGIN = Duration.ofSeconds(30);
    private static final int MARGIN_DIVISOR = 10;
    private static final int DOUBLINGS = 4;

    private final TokenClient client;
    private final TokenRequest request;

    private @Nullable IssuedToken token;
    private Instant expiresAt = Instant.MIN;
    private Instant renewAt = Instant.MIN;
    private @Nullable TokenOutcome failure;
    private int failures;
    private Instant retryAt = Instant.MIN;
    private @Nullable CompletableFuture<TokenOutcome> flight;

    CachedToken(TokenClient client, TokenRequest request) {
        this.client = client;
        this.request = request;
    }

    TokenOutcome token() {
        CompletableFuture<TokenOutcome> own = new CompletableFuture<>();
        CompletableFuture<TokenOutcome> other;
        synchronized (this) {
            Instant now = client.now();
            if (token != null && now.isBefore(renewAt)) {
                return new TokenOutcome.Issued(token);
            }
            boolean resting = failure != null && now.isBefore(retryAt);
            if ((resting || flight != null) && token != null && now.isBefore(expiresAt)) {
                return new TokenOutcome.Issued(token);
            }
            if (failure != null && resting) {
                return failure;
            }
            other = flight;
            if (other == null) {
                flight = own;
            }
        }
        return other == null ? renew(own) : join(other);
    }

    synchronized void forget(IssuedToken refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private TokenOutcome renew(CompletableFuture<TokenOutcome> own) {
        Instant asked = client.now();
        try {
            TokenOutcome outcome = settle(client.request(request), asked);
            own.complete(outcome);
            return outcome;
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                flight = null;
            }
            own.completeExceptionally(e);
            throw e;
        }
    }

    private synchronized TokenOutcome settle(TokenOutcome outcome, Instant asked) {
        flight = null;
        if (outcome instanceof TokenOutcome.Issued issued) {
            failure = null;
            failures = 0;
            token = issued.issued();
            expiresAt = token.expiresAt().orElse(asked.plus(WITHOUT_LIFETIME));
            renewAt = expiresAt.minus(margin(Duration.between(asked, expiresAt)));
            return outcome;
        }
        failure = outcome;
        retryAt = client.now().plusSeconds(1L << Math.min(failures++, DOUBLINGS));
        return token != null && client.now().isBefore(expiresAt) ? new TokenOutcome.Issued(token) : outcome;
    }

    /** How long before it expires a token is renewed: a tenth of its life, 30 seconds at most. */
    private static Duration margin(Duration lifetime) {
        Duration tenth = lifetime.dividedBy(MARGIN_DIVISOR);
        return tenth.compareTo(LARGEST_MARGIN) < 0 ? tenth : LARGEST_MARGIN;
    }

    private static TokenOutcome join(CompletableFuture<TokenOutcome> other) {
        try {
            return other.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new TokenOutcome.Unreachable("interrupted while another thread asked the server");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("the thread that asked the server failed", e.getCause());
        }
    }
}
