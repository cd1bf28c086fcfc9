package dev.signet.outbound;

import dev.signet.outbound.OutboundException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Status and header fields of a response (RFC 9112 §4, §5).
 *
 * @param atLeast11 whether the server speaks HTTP/1.1
 * @param fields the values by field name in lower case, in order
 */
record ResponseHead(int status, boolean atLeast11, Map<String, List<String>> fields) {

    /** Longer is for ever. */
    private static final long LONGEST_AGE = 366L * 24 * 60 * 60;

    private static final int SERVER_ERRORS = 500;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MOST_DIGITS = 18;

    List<String> values(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The only value of a field that must not come twice. */
    Optional<String> single(String name) {
        List<String> values = values(name);
        if (values.size() > 1) {
            throw new OutboundException(Reason.MALFORMED_RESPONSE, "the answer has more than one " + name);
        }
        return values.stream().findFirst();
    }

    /** The media type in lower case, without parameters. */
    Optional<String> contentType() {
        return single("content-type").map(value -> {
            int parameters = value.indexOf(';');
            return (parameters < 0 ? value : value.substring(0, parameters))
                    .strip()
                    .toLowerCase(Locale.ROOT);
        });
    }

    /** Whether another try may be answered otherwise (RFC 9110 §15.6, RFC 6585 §4). */
    boolean saysLater() {
        return status >= SERVER_ERRORS || status == TOO_MANY_REQUESTS;
    }

    /** How long the response may be kept from now (RFC 9111 §4.2). */
    Optional<Duration> maximumAge() {
        Optional<Duration> age = Optional.empty();
        for (String value : values("cache-control")) {
            for (String element : value.split(",", -1)) {
                String directive = element.strip().toLowerCase(Locale.ROOT);
                if (directive.equals("no-store") || directive.equals("no-cache") || directive.startsWith("no-cache=")) {
                    return Optional.of(Duration.ZERO);
                }
                if (directive.startsWith("max-age=") && age.isEmpty()) {
                    age = seconds(directive.substring("max-age=".length()).replace("\"", ""));
                }
            }
        }
        long spent = values("age").stream()
                .findFirst()
                .flatMap(value -> seconds(value.strip()))
                .map(Duration::toSeconds)
                .orElse(0L);
        return age.map(whole -> Duration.ofSeconds(Math.max(0, whole.toSeconds() - spent)));
    }

    private static Optional<Duration> seconds(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return Optional.empty();
        }
        long seconds = digits.length() > MOST_DIGITS ? LONGEST_AGE : Math.min(LONGEST_AGE, Long.parseLong(digits));
        return Optional.of(Duration.ofSeconds(seconds));
    }
}
