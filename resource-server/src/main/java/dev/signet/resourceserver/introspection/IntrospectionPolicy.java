package dev.signet.resourceserver.introspection;

import java.time.Duration;
import java.util.Optional;

/**
 * How often the authorization server is asked whether a token is still good (RFC 7662 §4, D-24). Whoever has no policy trusts a
 * token until it expires. Immutable.
 */
public final class IntrospectionPolicy {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final IntrospectionClient client;
    private final Optional<Duration> bound;

    private IntrospectionPolicy(IntrospectionClient client, Optional<Duration> bound) {
        this.client = client;
        this.bound = bound;
    }

    /** Asks at every request: what is revoked is refused from then on. */
    public static IntrospectionPolicy always(IntrospectionClient client) {
        return new IntrospectionPolicy(client, Optional.empty());
    }

    /**
     * Asks again when the last answer about the token is so old; many requests with one token lead to one question.
     *
     * @param bound up to 60 seconds: for so long a revoked token may still be accepted
     * @throws IllegalArgumentException if the bound is longer, or nothing
     */
    public static IntrospectionPolicy cached(IntrospectionClient client, Duration bound) {
        if (bound.toMillis() < 1 || bound.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("bound must be 1 millisecond to 60 seconds");
        }
        return new IntrospectionPolicy(client, Optional.of(bound));
    }

    /** Who asks. */
    public IntrospectionClient client() {
        return client;
    }

    /** For how long an answer is used; empty if each is used once. */
    public Optional<Duration> bound() {
        return bound;
    }

    @Override
    public String toString() {
        return bound.map(each -> "cached " + each).orElse("always") + " by " + client;
    }
}
