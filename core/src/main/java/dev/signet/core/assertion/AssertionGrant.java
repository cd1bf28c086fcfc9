package dev.signet.core.assertion;

import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * A JWT that is exchanged for an access token: a trusted issuer speaks for a subject (RFC 7521 §4.1, RFC 7523 §2.1, §3).
 *
 * <p>Its sole audience is the issuer identifier of the authorization server, unless options say otherwise. An explicit
 * {@code typ} other than {@code JWT} says that the JWT was made for something else, and is refused.
 */
public final class AssertionGrant {

    /** The value of {@code grant_type} (RFC 7523 §2.1). */
    public static final String GRANT_TYPE = GrantType.JWT_BEARER;

    /** The {@code typ} that an issuer sends. */
    public static final String TYPE = "JWT";

    private AssertionGrant() {}

    /**
     * The claims of a new assertion.
     *
     * @param issuer who speaks; the {@code client_id} for a client that speaks for itself (RFC 7521 §5.2)
     * @param subject whom the token will be for
     * @param lifetime whole seconds
     * @throws IllegalArgumentException if the lifetime is under a second
     */
    public static JsonObject claims(
            String issuer, String subject, Issuer audience, JwtId jwtId, Instant now, Duration lifetime) {
        return AssertionClaims.of(issuer, subject, audience, jwtId, now, lifetime);
    }

    /**
     * What an assertion of that issuer is held to. Which subjects the issuer may speak for is not part of it.
     *
     * @param issuer the {@code iss} of the trusted issuer, compared as a plain string
     */
    public static ClaimsRules rules(String issuer, Issuer audience, Options options) {
        ClaimsRules.Builder rules = ClaimsRules.builder()
                .types(Set.of(TYPE))
                .allowAbsentType()
                .issuer(issuer)
                .requireText("sub")
                .require(options.requiredClaims().toArray(String[]::new))
                .skew(options.skew())
                .maximumLifetimeAhead(options.maximumLifetime())
                .maximumAge(options.maximumLifetime());
        if (!options.jtiOptional()) {
            rules.requireText("jti");
        }
        Set<String> audiences = new HashSet<>(options.otherAudiences());
        audiences.add(audience.value());
        if (options.acceptAdditionalAudiences()) {
            rules.audienceContains(audiences);
        } else {
            rules.audienceIsOnly(audiences, false);
        }
        return rules.build();
    }

    /**
     * What may differ from issuer to issuer.
     *
     * @param otherAudiences values beside the issuer identifier that name the authorization server, such as the URL of
     *     its token endpoint
     * @param acceptAdditionalAudiences whether the assertion may be meant for others as well
     * @param requiredClaims claims that must be there besides those of RFC 7523 §3
     * @param jtiOptional whether {@code jti} may be absent
     * @param maximumLifetime the longest time from now to {@code exp}, and from {@code iat} to now, before skew
     * @param skew how far the clocks may be apart
     */
    public record Options(
            Set<String> otherAudiences,
            boolean acceptAdditionalAudiences,
            Set<String> requiredClaims,
            boolean jtiOptional,
            Duration maximumLifetime,
            Duration skew) {

        private static final Options STRICT =
                new Options(Set.of(), false, Set.of(), false, Duration.ofHours(1), Duration.ofSeconds(30));

        /** Copies the sets. */
        public Options {
            otherAudiences = Set.copyOf(otherAudiences);
            requiredClaims = Set.copyOf(requiredClaims);
        }

        /** The issuer identifier as sole audience, {@code jti} required, one hour at most, 30 s of skew. */
        public static Options strict() {
            return STRICT;
        }

        /** These options, with other values that name the authorization server. */
        public Options withOtherAudiences(Set<String> audiences) {
            return new Options(
                    audiences, acceptAdditionalAudiences, requiredClaims, jtiOptional, maximumLifetime, skew);
        }

        /** These options, with the switch {@code acceptAdditionalAudiences} as given. */
        public Options withAcceptAdditionalAudiences(boolean accepted) {
            return new Options(otherAudiences, accepted, requiredClaims, jtiOptional, maximumLifetime, skew);
        }

        /** These options, with claims that must be there besides those of RFC 7523 §3. */
        public Options withRequiredClaims(Set<String> names) {
            return new Options(otherAudiences, acceptAdditionalAudiences, names, jtiOptional, maximumLifetime, skew);
        }

        /** These options, with the switch {@code jtiOptional} as given. */
        public Options withJtiOptional(boolean optional) {
            return new Options(
                    otherAudiences, acceptAdditionalAudiences, requiredClaims, optional, maximumLifetime, skew);
        }

        /** These options, with another bound on the lifetime. */
        public Options withMaximumLifetime(Duration lifetime) {
            return new Options(otherAudiences, acceptAdditionalAudiences, requiredClaims, jtiOptional, lifetime, skew);
        }

        /** These options, with another skew. */
        public Options withSkew(Duration other) {
            return new Options(
                    otherAudiences, acceptAdditionalAudiences, requiredClaims, jtiOptional, maximumLifetime, other);
        }
    }
}
