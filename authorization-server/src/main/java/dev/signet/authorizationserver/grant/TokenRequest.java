package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.registry.RequestedTarget;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a request asks of the token endpoint, without who sent it (RFC 6749 §3.2, RFC 8707 §2.2). Immutable. */
public final class TokenRequest {

    private final String grantType;
    private final Map<String, String> parameters;
    private final RequestedTarget target;
    private final Instant receivedAt;

    private TokenRequest(FormParameters form, Grant grant, Instant receivedAt) {
        this.grantType = grant.type();
        this.parameters = read(form, grant.parameters());
        this.target = RequestedTarget.read(form);
        this.receivedAt = receivedAt;
    }

    /**
     * Keeps of a form what the grant reads.
     *
     * @throws OAuthException if {@code scope} or {@code resource} is malformed
     */
    public static TokenRequest read(FormParameters form, Grant grant, Instant receivedAt) {
        return new TokenRequest(form, grant, receivedAt);
    }

    private static Map<String, String> read(FormParameters form, Set<String> names) {
        Map<String, String> parameters = new HashMap<>();
        names.forEach(name -> form.single(name).ifPresent(value -> parameters.put(name, value)));
        return Map.copyOf(parameters);
    }

    /** {@code grant_type}. */
    public String grantType() {
        return grantType;
    }

    /**
     * A parameter of the grant.
     *
     * @throws OAuthException {@code invalid_request} if it is missing
     */
    public String require(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw OAuthException.invalidRequest(
                    name + " is missing", RefusalReason.PARAMETER_MISSING, name + " is absent or empty");
        }
        return value;
    }

    /** A parameter of the grant; empty if it is missing. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** {@code scope} and {@code resource}. */
    public RequestedTarget target() {
        return target;
    }

    /** The time that everything about this request is judged by. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** The grant only: parameters may be secret. */
    @Override
    public String toString() {
        return "TokenRequest for " + grantType;
    }
}
