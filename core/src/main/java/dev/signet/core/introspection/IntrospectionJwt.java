package dev.signet.core.introspection;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What makes a JWT the answer of an introspection endpoint (RFC 9701 §5), for who makes one and for who gets one. */
public final class IntrospectionJwt {

    /** The {@code typ} header. */
    public static final String TYPE = "token-introspection+jwt";

    /** The media type that is asked for, and answered. */
    public static final String MEDIA_TYPE = "application/" + TYPE;

    /** The claim that holds what is said about the token. */
    public static final String ANSWER = "token_introspection";

    /** How old an answer may be when it arrives; it is made for one request and read at once. */
    public static final Duration LONGEST_AGE = Duration.ofSeconds(60);

    private IntrospectionJwt() {}

    /**
     * The claims of an answer. There is no {@code sub} and no {@code exp} beside it, so that it can't be taken for an access
     * token (RFC 9701 §5, §8.1).
     *
     * @param audience the resource server that asked
     * @param answer the members of RFC 7662 §2.2
     */
    public static JsonObject claims(Issuer issuer, ClientId audience, Instant issuedAt, JsonObject answer) {
        return JsonObject.builder()
                .put("iss", issuer.value())
                .put("aud", audience.value())
                .put("iat", issuedAt.getEpochSecond())
                .put(ANSWER, answer)
                .build();
    }

    /**
     * What the resource server holds an answer to.
     *
     * @param audience the resource server itself, which must be the only one
     * @param leeway how far the clocks may be apart; at most 300 s
     */
    public static ClaimsRules rules(Issuer issuer, ClientId audience, Duration leeway) {
        return ClaimsRules.builder()
                .types(Set.of(TYPE))
                .issuer(issuer.value())
                .audienceIsOnly(Set.of(audience.value()), false)
                .expiresAfterIssue(LONGEST_AGE)
                .skew(leeway)
                .build();
    }
}
