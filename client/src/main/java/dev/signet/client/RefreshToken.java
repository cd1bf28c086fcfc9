package dev.signet.client;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
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
    private boolean isKept;

    private RefreshToken(String value, Consumer<String> keeper, boolean isKept) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("value is empty");
        }
        this.value = value;
        this.keeper = Objects.requireNonNull(keeper, "keeper");
        this.isKept = isKept;
    }

    /**
     * One whose replacements are kept.
     *
     * @param keeper is given each replacement before anybody is given the access token that came with it; the one before is
     *     of no use any more. If it throws, there is no access token ({@link Failure.NotKept}), and it is given the same
     *     replacement again before the server is asked another time
     */
    public static RefreshToken of(String value, Consumer<String> keeper) {
        return new RefreshToken(value, keeper, true);
    }

    /** One that has just been issued, and is still to be kept. */
    static RefreshToken issued(String value, Consumer<String> keeper) {
        return new RefreshToken(value, keeper, false);
    }

    /** The one there is now; a secret. */
    public String value() {
        return value;
    }

    /** Makes one request with it. The lock is held meanwhile: that is what it is for. */
    <T> Outcome<T> exchange(
            Function<String, Outcome<T>> request, Function<T, Optional<String>> replacement, URI endpoint) {
        lock.lock();
        try {
            Optional<Failure> unkept = keep(endpoint);
            if (unkept.isPresent()) {
                return new Outcome.Failed<>(unkept.get());
            }
            Outcome<T> outcome = request.apply(value);
            outcome.value()
                    .flatMap(replacement)
                    .filter(next -> !next.equals(value))
                    .ifPresent(next -> {
                        value = next;
                        isKept = false;
                    });
            return keep(endpoint).<Outcome<T>>map(Outcome.Failed::new).orElse(outcome);
        } finally {
            lock.unlock();
        }
    }

    /** Has it kept, if it is not yet; what came of that, if it failed. */
    Optional<Failure> keep(URI endpoint) {
        lock.lock();
        try {
            if (!isKept) {
                keeper.accept(value);
                isKept = true;
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(new Failure.NotKept(e, endpoint));
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
