package dev.signet.jwt.claims;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * RFC 7519 §2 NumericDate: seconds since 1970-01-01T00:00:00Z, from 0 to the end of the year 9999. The one place where
 * wire seconds become instants and back.
 */
public final class NumericDate {
    private static final long LAST = 253_402_300_799L;
    private static final BigDecimal BEYOND = BigDecimal.valueOf(LAST + 1);
    private static final BigDecimal NANOSECOND = BigDecimal.valueOf(1, 9);

    private NumericDate() {}

    /**
     * The instant of a JSON value, fractions cut off after the nanoseconds; empty for what is no number, negative or
     * beyond the range.
     *
     * @param json a value as {@code JsonObject.find} gives it
     */
    public static Optional<Instant> find(Object json) {
        return Optional.ofNullable(read(json));
    }

    static @Nullable Instant read(Object json) {
        if (json instanceof Long seconds) {
            return seconds < 0 || seconds > LAST ? null : Instant.ofEpochSecond(seconds);
        }
        // Compared before any conversion: 1e999999999 as an integer would fill the memory.
        if (json instanceof BigDecimal number && number.signum() >= 0 && number.compareTo(BEYOND) < 0) {
            return number.compareTo(NANOSECOND) < 0 ? Instant.EPOCH : toInstant(number);
        }
        return null;
    }

    private static Instant toInstant(BigDecimal number) {
        BigDecimal nanos = number.setScale(9, RoundingMode.DOWN);
        long seconds = nanos.longValue();
        BigDecimal fraction = nanos.subtract(BigDecimal.valueOf(seconds));
        return Instant.ofEpochSecond(seconds, fraction.movePointRight(9).longValue());
    }

    /** The whole seconds of an instant, rounded down. */
    public static long of(Instant instant) {
        long seconds = instant.getEpochSecond();
        if (seconds < 0 || seconds > LAST) {
            throw new IllegalArgumentException("instant must be from 1970 to 9999");
        }
        return seconds;
    }
}
