package dev.signet.core.assertion;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * A JWT by which a client says who it is (RFC 7521 §4.2, RFC 7523 §2.2, §3, OpenID Connect Core §9).
 *
 * <p>Its sole audience is the issuer identifier of the authorization server, at every endpoint; a one-element array is
 * read as equal to the string, more elements are refused even if they are equal. {@code jti} is required.
 */
public final class ClientAssertion {

    /** The {@code typ} that a client sends. */
    public static final String TYPE = "client-authentication+jwt";

    /** The value of {@code client_assertion_type} (RFC 7523 §2.2). */
    public static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /** The longest time from now to {@code exp}, and from {@code iat} to now, before skew is added. */
    public static final Duration MAXIMUM_LIFETIME = Duration.ofMinutes(5);

    private ClientAssertion() {}

    /**
     * The claims of a new assertion: these six and no more.
     *
     * @param lifetime whole seconds, at most {@link #MAXIMUM_LIFETIME}
     * @throws IllegalArgumentException if the lifetime is under a second or too long
     */
    public static JsonObject claims(ClientId client, Issuer audience, JwtId jwtId, Instant now, Duration lifetime) {
        if (lifetime.compareTo(MAXIMUM_LIFETIME) > 0) {
            throw new IllegalArgumentException("lifetime must be at most " + MAXIMUM_LIFETIME.toSeconds() + " s");
        }
        return AssertionClaims.of(client.value(), client.value(), audience, jwtId, now, lifetime);
    }

    /** What an assertion of that client is held to. */
    public static ClaimsRules rules(ClientId client, Issuer audience, Options options) {
        ClaimsRules.Builder rules = ClaimsRules.builder()
                .issuer(client.value())
                .subject(client.value())
                .requireText("jti")
                .skew(options.skew())
                .maximumLifetimeAhead(MAXIMUM_LIFETIME)
                .maximumAge(MAXIMUM_LIFETIME);
        if (options.requireType()) {
            rules.types(Set.of(TYPE));
        } else {
            rules.types(Set.of(TYPE, "JWT")).allowAbsentType();
        }
        if (options.legacyAudiences().isEmpty()) {
            rules.audienceIsOnly(Set.of(audience.value()), false);
        } else {
            Set<String> audiences = new HashSet<>(options.legacyAudiences());
            audiences.add(audience.value());
            rules.audienceContains(audiences);
        }
        return rules.build();
    }

    /**
     * What may differ from client to client.
     *
     * @param legacyAudiences other values that name the authorization server, such as the URL of its token endpoint; if
     *     there are any, each of them and the issuer is accepted as sole or as one of several values
     * @param requireType whether {@code typ} must be there and must be {@link #TYPE}
     * @param skew how far the clocks may be apart
     */
    public record Options(Set<String> legacyAudiences, boolean requireType, Duration skew) {

        private static final Options STRICT = new Options(Set.of(), false, Duration.ofSeconds(30));

        /** Copies the set. */
        public Options {
            legacyAudiences = Set.copyOf(legacyAudiences);
        }

        /** The issuer as sole audience, any or no generic type, 30 s of skew. */
        public static Options strict() {
            return STRICT;
        }

        /** These options, with the switch {@code legacyAssertionAudience} on for these values. */
        public Options withLegacyAudiences(Set<String> audiences) {
            return new Options(audiences, requireType, skew);
        }

        /** These options, with the switch {@code requireAssertionTyp} as given. */
        public Options withRequireType(boolean required) {
            return new Options(legacyAudiences, required, skew);
        }

        /** These options, with another skew. */
        public Options withSkew(Duration other) {
            return new Options(legacyAudiences, requireType, other);
        }
    }
}
