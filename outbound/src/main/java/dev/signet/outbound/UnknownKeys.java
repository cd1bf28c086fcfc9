package dev.signet.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides whether a JWT that the keys at hand do not fit is a reason to fetch them again. Senders choose {@code kid} as
 * they like, so such fetches are rare whatever comes in, and what was looked for in vain is remembered for a while.
 */
final class UnknownKeys {
    /** Between fetches for the sake of a JWT (RFC 7523 §5: key rotation without help from outside). */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** The same, if the {@code kid} is known and only the signature is wrong: keys rarely change under their name. */
    static final Duration PAUSE_FOR_KNOWN = Duration.ofMinutes(5);

    /** How long a {@code kid} that was looked for in vain is not looked for again. */
    static final Duration REMEMBERED = Duration.ofMinutes(5);

    static final int MOST_REMEMBERED = 1_000;

    /** Longer ones are found when the keys are fetched anyway. */
    static final int LONGEST_KEY_ID = 256;

    private final Map<String, Instant> missing = new LinkedHashMap<>();
    private Instant lastFetch = Instant.MIN;

    /** Whether the keys may be fetched now; if so, this counts as done. */
    synchronized boolean permitsFetch(boolean isKnown, Instant now) {
        Duration pause = isKnown ? PAUSE_FOR_KNOWN : PAUSE;
        // A fetch that lies ahead was made before the clock was set back.
        if (Duration.between(lastFetch, now).abs().compareTo(pause) < 0) {
            return false;
        }
        lastFetch = now;
        return true;
    }

    /** Whether the identifier was looked for in vain a short time ago, or is not looked for at all. */
    synchronized boolean isHopeless(String keyId, Instant now) {
        if (keyId.length() > LONGEST_KEY_ID) {
            return true;
        }
        Instant until = missing.get(keyId);
        return until != null && now.isBefore(until) && !now.isBefore(until.minus(REMEMBERED));
    }

    /** The identifier is not among keys just fetched. */
    synchronized void noteMissing(String keyId, Instant now) {
        // Put last again, so that the first is always the oldest.
        missing.remove(keyId);
        missing.put(keyId, now.plus(REMEMBERED));
        if (missing.size() > MOST_REMEMBERED) {
            missing.remove(missing.keySet().iterator().next());
        }
    }
}
