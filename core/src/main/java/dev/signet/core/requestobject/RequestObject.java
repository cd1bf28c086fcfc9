package dev.signet.core.requestobject;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.CheckedClaims;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A JWT whose claims are the parameters of an authorization request (RFC 9101 §2.1, §4). */
public final class RequestObject {

    /** The {@code typ} that a client sends (RFC 9101 §10.8). */
    public static final String TYPE = "oauth-authz-req+jwt";

    /** The media type of one that is hosted (RFC 9101 §9.4.1). */
    public static final String MEDIA_TYPE = "application/oauth-authz-req+jwt";

    /** What the URIs of pushed requests begin with (RFC 9126 §2.2). */
    public static final String PUSHED_URN = "urn:ietf:params:oauth:request_uri:";

    /** The longest time from now to {@code exp}, before skew is added. */
    public static final Duration MAXIMUM_LIFETIME = Duration.ofMinutes(60);

    /** The claims that say something about the JWT, and are no parameters whatever they say (RFC 9101 §9.1). */
    public static final Set<String> JWT_CLAIMS = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    private RequestObject() {}

    /** What a request object of that client is held to, beside its parameters. */
    public static Rules rules(ClientId client, Issuer audience, Options options) {
        ClaimsRules.Builder rules = ClaimsRules.builder()
                .issuer(client.value())
                .audienceContains(Set.of(audience.value()))
                .skew(options.skew())
                .maximumLifetimeAhead(MAXIMUM_LIFETIME);
        if (options.requireType()) {
            rules.types(Set.of(TYPE));
        } else {
            rules.types(Set.of(TYPE, "JWT")).allowAbsentType();
        }
        if (options.requireJwtId()) {
            rules.requireText("jti");
        }
        return new Rules(rules.build(), client, audience, options.claimsOptional());
    }

    /** What request objects of one client are held to. Immutable. */
    public static final class Rules {

        private final ClaimsRules rules;
        private final JsonObject whenAbsent;
        private final boolean optional;

        private Rules(ClaimsRules rules, ClientId client, Issuer audience, boolean optional) {
            this.rules = rules;
            this.optional = optional;
            this.whenAbsent = JsonObject.builder()
                    .put("iss", client.value())
                    .put("aud", audience.value())
                    .build();
        }

        /** Refuses other kinds of JWTs by their {@code typ} (RFC 9101 §10.8). */
        public void requireType(VerifiedJwt jwt) {
            rules.requireType(jwt);
        }

        /**
         * Whom it is from and for, and when it is good (RFC 9101 §4). What may be absent is as it should be if it is.
         *
         * @throws dev.signet.jwt.JwtRejected if it does not satisfy the rules
         */
        public CheckedClaims check(VerifiedJwt jwt, Instant now) {
            if (jwt.claims().find("jti").filter(""::equals).isPresent()) {
                throw new JwtRejected(Reason.MALFORMED_CLAIM, "jti is empty");
            }
            return optional ? rules.checkUnsigned(filled(jwt.claims(), now), now) : rules.check(jwt, now);
        }

        private JsonObject filled(JsonObject claims, Instant now) {
            JsonObject.Builder filled = claims.toBuilder();
            whenAbsent.names().stream()
                    .filter(name -> !claims.has(name))
                    .forEach(name -> filled.put(name, whenAbsent.requireString(name)));
            if (!claims.has("exp")) {
                filled.put("exp", NumericDate.of(now) + MAXIMUM_LIFETIME.toSeconds());
            }
            return filled.build();
        }
    }

    /**
     * What may differ from client to client.
     *
     * @param requireType whether {@code typ} must be there and must be {@link #TYPE}
     * @param requireJwtId whether there must be a {@code jti}
     * @param claimsOptional whether {@code iss}, {@code aud} and {@code exp} may be absent; if they are there they count
     * @param skew how far the clocks may be apart
     */
    public record Options(boolean requireType, boolean requireJwtId, boolean claimsOptional, Duration skew) {}
}
