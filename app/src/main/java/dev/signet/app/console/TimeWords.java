package dev.signet.app.console;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as people say them. */
public final class TimeWords {

    private TimeWords() {}

    /** Such as {@code 2026-11-21T08:30:00Z, in 9 minutes}. */
    public static String of(Instant time, Instant now) {
        return time.truncatedTo(ChronoUnit.SECONDS) + ", " + distance(time, now);
    }

    /** Such as {@code in 9 minutes} or {@code 2 days ago}. */
    public static String distance(Instant time, Instant now) {
        Duration ahead = Duration.between(now, time);
        if (ahead.abs().compareTo(Duration.ofSeconds(1)) < 0) {
            return "now";
        }
        return ahead.isNegative() ? span(ahead.negated()) + " ago" : "in " + span(ahead);
    }

    /** The two largest units at most: {@code 1 hour 5 minutes}. */
    public static String span(Duration span) {
        long days = span.toDays();
        if (days >= 2) {
            return amount(days, "day");
        }
        if (span.toHours() >= 1) {
            return joined(amount(span.toHours(), "hour"), span.toMinutesPart(), "minute");
        }
        if (span.toMinutes() >= 1) {
            return joined(amount(span.toMinutes(), "minute"), span.toSecondsPart(), "second");
        }
        return amount(span.toSeconds(), "second");
    }

    private static String joined(String larger, long rest, String unit) {
        return rest == 0 ? larger : larger + " " + amount(rest, unit);
    }

    private static String amount(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
