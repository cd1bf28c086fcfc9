package dev.signet.outbound;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is accepted as the answer to one call.
 *
 * @param maxBytes the octets of the largest body, 1 to 16 MB
 * @param contentTypes the media types accepted, without parameters, in whatever case; at least one
 * @param timeout the time for all of it, looking up the name included; up to a minute
 */
public record FetchLimits(int maxBytes, Set<String> contentTypes, Duration timeout) {
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+");

    /** A JWK Set: 256 KB, 5 seconds. */
    public static final FetchLimits JWK_SET =
            new FetchLimits(256 * 1024, Set.of("application/jwk-set+json", "application/json"), FIVE_SECONDS);

    /** A metadata document: 256 KB, 5 seconds. */
    public static final FetchLimits METADATA = new FetchLimits(256 * 1024, Set.of("application/json"), FIVE_SECONDS);

    /** The answer of a token endpoint: 64 KB, 5 seconds. */
    public static final FetchLimits TOKEN_RESPONSE =
            new FetchLimits(64 * 1024, Set.of("application/json"), FIVE_SECONDS);

    /** @throws IllegalArgumentException naming the parameter that is out of its range */
    public FetchLimits {
        if (maxBytes < 1 || maxBytes > LARGEST) {
            throw new IllegalArgumentException("maxBytes must be from 1 to " + LARGEST);
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout must be more than nothing and at most a minute");
        }
        contentTypes = contentTypes.stream()
                .map(type -> type.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (contentTypes.isEmpty()
                || !contentTypes.stream()
                        .allMatch(type -> MEDIA_TYPE.matcher(type).matches())) {
            throw new IllegalArgumentException("contentTypes must be media types without parameters");
        }
    }

    /** The same limits with another time. */
    public FetchLimits withTimeout(Duration other) {
        return new FetchLimits(maxBytes, contentTypes, other);
    }
}
