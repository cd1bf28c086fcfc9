package dev.signet.authorizationserver.registry;

import java.time.Duration;

/**
 * Whether the refresh tokens of a client are replaced each time they are used (RFC 9700 §4.14.2).
 *
 * @param isRotated whether they are
 * @param grace how long after its first use a former one may be used again, for a client that lost the answer: up to 60 whole seconds;
 *     a leniency, whose use is reported
 */
public record RefreshTokenRotation(boolean isRotated, Duration grace) {

    // Before the constants below, which are held to it.
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(60);

    /** They stay. */
    public static final RefreshTokenRotation NONE = new RefreshTokenRotation(false, Duration.ZERO);

    /** They are replaced, and the former ones are good no more. */
    public static final RefreshTokenRotation STRICT = new RefreshTokenRotation(true, Duration.ZERO);

    /** @throws IllegalArgumentException if the grace is out of bounds, or given though they stay */
    public RefreshTokenRotation {
        if (grace.isNegative()
                || grace.compareTo(LONGEST_GRACE) > 0
                || !grace.equals(Duration.ofSeconds(grace.toSeconds()))) {
            throw new IllegalArgumentException("refresh_token_grace must be 0 to 60 whole seconds");
        }
        if (!isRotated && !grace.isZero()) {
            throw new IllegalArgumentException("refresh_token_grace is given without rotate_refresh_tokens");
        }
    }
}
