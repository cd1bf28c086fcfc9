package dev.signet.app.pages;

import java.time.Duration;

/**
 * How long somebody stays signed in.
 *
 * @param idle without doing anything
 * @param absolute at most
 */
public record SessionLimits(Duration idle, Duration absolute) {

    /** Half an hour, and twelve. */
    public static final SessionLimits STANDARD = new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12));
}
