package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.store.StoredGrant;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How long refresh tokens are good (RFC 9700 §4.14.2).
 *
 * @param idle how long one is good unless it is used: a minute to ten years, in whole seconds
 * @param absolute how long after the resource owner approved all of them end, used or not; not shorter
 */
public record RefreshTokenLifetimes(Duration idle, Duration absolute) {

    // Before the constant below, which is held to them.
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** Two weeks, and 90 days in all. */
    public static final RefreshTokenLifetimes STANDARD =
            new RefreshTokenLifetimes(Duration.ofDays(14), Duration.ofDays(90));

    /** @throws IllegalArgumentException naming the one that is out of bounds */
    public RefreshTokenLifetimes {
        require(idle, "idle");
        require(absolute, "absolute");
        if (idle.compareTo(absolute) > 0) {
            throw new IllegalArgumentException("idle must not be longer than absolute");
        }
    }

    private static void require(Duration lifetime, String name) {
        if (lifetime.compareTo(SHORTEST) < 0
                || lifetime.compareTo(LONGEST) > 0
                || !lifetime.equals(Duration.ofSeconds(lifetime.toSeconds()))) {
            throw new IllegalArgumentException(name + " must be a minute to 3650 days, in whole seconds");
        }
    }

    /** When a refresh token expires that is issued or used now. */
    Instant until(StoredGrant grant, Instant now) {
        Instant idleUntil = now.truncatedTo(ChronoUnit.SECONDS).plus(idle);
        Instant last = grant.expiresAt().truncatedTo(ChronoUnit.SECONDS);
        return idleUntil.isBefore(last) ? idleUntil : last;
    }
}
