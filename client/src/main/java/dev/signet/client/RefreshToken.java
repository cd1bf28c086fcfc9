package dev.signet.client;

import dev.signet.core.token.TokenResponse;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A refresh token, which the server may replace each time it is used (RFC 6749 §6, RFC 9700 §4.14.2). Thread-safe: requests
 * with it are made one after another, for a server takes a replaced token that comes again for a stolen one and ends them all.
 *
 * <pre>{@code
 * RefreshToken granted = RefreshToken.of(kept, replacement -> keep(replacement));
 * Outcome<IssuedToken> outcome = client.token(TokenRequest.refresh(granted));
 * }</pre>
 */
public final class RefreshToken {

    private final ReentrantLock lock = new ReentrantLock();
    private final Consumer<String> keeper;
    private volatile String value;

    private RefreshToken(String value, Consumer<String> keeper) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("value is empty");
        }
        this.value = value;
        this.keeper = Objects.requireNonNull(keeper, "keeper");
    }

    /**
     * One whose replacements are kept.
     *
     * @param keeper is given each replacement before anybody is given the access token that came with it; the one before is
     *     of no use any more. What it throws reaches whoever asked for a token, and the replacement is used all the same
     */
    public static RefreshToken of(String value, Consumer<String> keeper) {
        return new RefreshToken(value, keeper);
    }

    /** The one there is now; a secret. */
    public String value() {
        return value;
    }

    /** Makes one request with it. The lock is held meanwhile: that is what it is for. */
    Outcome<TokenResponse> exchange(Function<String, Outcome<TokenResponse>> request) {
        lock.lock();
        try {
            Outcome<TokenResponse> outcome = request.apply(value);
            outcome.value()
                    .flatMap(TokenResponse::refreshToken)
                    .filter(next -> !next.equals(value))
                    .ifPresent(next -> {
                        value = next;
                        keeper.accept(next);
                    });
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    /** Shows nothing of it. */
    @Override
    public String toString() {
        return "RefreshToken";
    }
}
