package dev.signet.resourceserver;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a resource owner must have been authenticated for a request (RFC 9470 §3).
 *
 * <pre>{@code
 * StepUp strongAndRecent = StepUp.toAnyAcr("phr", "mfa").within(Duration.ofMinutes(5));
 * AccessTokenOutcome outcome = validator.validate(request).requireAuthentication(strongAndRecent);
 * }</pre>
 *
 * @param acrValues the authentication context classes of which one is needed, the preferred first; empty if any will do
 * @param maxAge how long ago the authentication may be, that included; in whole seconds
 */
public record StepUp(List<String> acrValues, Optional<Duration> maxAge) {

    /** @throws IllegalArgumentException if nothing is required, or something that a challenge cannot say */
    public StepUp {
        acrValues = List.copyOf(acrValues);
        if (acrValues.isEmpty() && maxAge.isEmpty()) {
            throw new IllegalArgumentException("acrValues or maxAge is missing");
        }
        if (!acrValues.stream().allMatch(StepUp::isAcr)) {
            throw new IllegalArgumentException("acrValues must be visible ASCII without quote and backslash");
        }
        if (maxAge.filter(age -> age.isNegative() || !age.equals(Duration.ofSeconds(age.toSeconds())))
                .isPresent()) {
            throw new IllegalArgumentException("maxAge must be whole seconds, not negative");
        }
    }

    private static boolean isAcr(String value) {
        return !value.isEmpty()
                && value.chars().allMatch(unit -> unit > ' ' && unit < 0x7F && unit != '"' && unit != '\\');
    }

    /** One of these classes of authentication. */
    public static StepUp toAnyAcr(String... acrValues) {
        return new StepUp(List.of(acrValues), Optional.empty());
    }

    /** Any authentication that is at most this long ago. */
    public static StepUp toRecent(Duration maxAge) {
        return new StepUp(List.of(), Optional.of(maxAge));
    }

    /** The same, but at most this long ago. */
    public StepUp within(Duration maxAge) {
        return new StepUp(acrValues, Optional.of(maxAge));
    }

    /** What a challenge says of it. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!acrValues.isEmpty()) {
            parameters.put("acr_values", String.join(" ", acrValues));
        }
        maxAge.ifPresent(age -> parameters.put("max_age", Long.toString(age.toSeconds())));
        return parameters;
    }
}
