package dev.signet.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** The {@code Retry-After} of an answer: seconds, or a date (RFC 9110 §10.2.3). What is neither counts as absent. */
final class RetryAfter {

    private static final int MOST_DIGITS = 9;

    private RetryAfter() {}

    static Optional<Duration> parse(List<String> values, Instant now) {
        if (values.size() != 1) {
            return Optional.empty();
        }
        String value = values.get(0).strip();
        if (!value.isEmpty() && value.length() <= MOST_DIGITS && value.chars().allMatch(RetryAfter::isDigit)) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }
}
