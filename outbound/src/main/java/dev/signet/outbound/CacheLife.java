package dev.signet.outbound;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a fetched document is used: as long as its server says, but from 5 minutes to 24 hours.
 *
 * @param staleFor how much longer it is used while it cannot be fetched again
 */
record CacheLife(Duration staleFor) {
    static final Duration SHORTEST = Duration.ofMinutes(5);
    static final Duration LONGEST = Duration.ofHours(24);

    /** Where the server says nothing. */
    static final Duration UNSAID = Duration.ofMinutes(15);

    /** What is wrong with the time beyond the life, if anything. */
    static Optional<String> fault(Duration staleFor) {
        return staleFor.isNegative() || staleFor.compareTo(LONGEST) > 0
                ? Optional.of("allowStaleFor must be from nothing to 24 hours")
                : Optional.empty();
    }

    static Duration of(Optional<Duration> maximumAge) {
        Duration said = maximumAge.orElse(UNSAID);
        return said.compareTo(SHORTEST) < 0 ? SHORTEST : said.compareTo(LONGEST) > 0 ? LONGEST : said;
    }
}
