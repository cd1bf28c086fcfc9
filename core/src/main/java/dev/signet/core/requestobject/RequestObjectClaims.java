package dev.signet.core.requestobject;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.http.ParameterName;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What a client says in a request object (RFC 9101 §4). */
public final class RequestObjectClaims {

    /** How long one is good; it is made for one user agent and used at once. */
    public static final Duration LIFETIME = Duration.ofMinutes(5);

    /** What is no part of the request: other requests, and credentials. */
    private static final Set<String> NEVER_INSIDE = Set.of(
            ParameterName.REQUEST,
            ParameterName.REQUEST_URI,
            ParameterName.CLIENT_SECRET,
            ParameterName.CLIENT_ASSERTION,
            ParameterName.CLIENT_ASSERTION_TYPE);

    private RequestObjectClaims() {}

    /**
     * The claims of a new one: the parameters, from whom and for whom it is, and when it is good. There never is a {@code sub}, by
     * which it could be taken for a client's assertion (RFC 9101 §10.8).
     *
     * @param parameters those of the authorization request, in the JSON types they have: a string, a number for {@code max_age}, an
     *     object for {@code claims}, an array for several resources; {@code client_id} is added
     * @throws IllegalArgumentException if there is another request, a credential or a claim about the JWT among them
     */
    public static JsonObject of(ClientId client, Issuer audience, JsonObject parameters, JwtId jwtId, Instant now) {
        for (String name : parameters.names()) {
            if (NEVER_INSIDE.contains(name) || RequestObject.JWT_CLAIMS.contains(name)) {
                throw new IllegalArgumentException("parameters must not have " + name);
            }
        }
        long seconds = NumericDate.of(now);
        return parameters.toBuilder()
                .put(ParameterName.CLIENT_ID, client.value())
                .put("iss", client.value())
                .put("aud", audience.value())
                .put("exp", seconds + LIFETIME.toSeconds())
                .put("nbf", seconds)
                .put("iat", seconds)
                .put("jti", jwtId.value())
                .build();
    }
}
