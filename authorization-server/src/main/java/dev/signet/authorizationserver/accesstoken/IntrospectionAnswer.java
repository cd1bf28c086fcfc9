package dev.signet.authorizationserver.accesstoken;

import dev.signet.core.JwtId;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import java.util.Optional;

/**
 * What is said about a token (RFC 7662 §2.2), and what is only for the operator. Only {@link Introspection} makes it.
 *
 * <p>The answer about a token that is not active never says why.
 */
public final class IntrospectionAnswer {

    private static final JsonObject INACTIVE =
            JsonObject.builder().put("active", false).build();

    private final JsonObject json;
    private final Optional<JwtId> jwtId;
    private final Optional<RefusalReason> reason;

    private IntrospectionAnswer(JsonObject json, Optional<JwtId> jwtId, Optional<RefusalReason> reason) {
        this.json = json;
        this.jwtId = jwtId;
        this.reason = reason;
    }

    static IntrospectionAnswer active(IssuedAccessToken token, JsonObject claims) {
        return new IntrospectionAnswer(
                claims.toBuilder()
                        .put("active", true)
                        .put("token_type", "Bearer")
                        .build(),
                Optional.of(token.jwtId()),
                Optional.empty());
    }

    static IntrospectionAnswer inactive(RefusalReason reason) {
        return new IntrospectionAnswer(INACTIVE, Optional.empty(), Optional.of(reason));
    }

    static IntrospectionAnswer inactive(IssuedAccessToken token, RefusalReason reason) {
        return new IntrospectionAnswer(INACTIVE, Optional.of(token.jwtId()), Optional.of(reason));
    }

    /** What the client is told. */
    public JsonObject toJson() {
        return json;
    }

    /** The token, if it is one of this server's that has not expired. */
    public Optional<JwtId> jwtId() {
        return jwtId;
    }

    /** Why it is not active; empty if it is. */
    public Optional<RefusalReason> reason() {
        return reason;
    }

    /** The reason or {@code active}. */
    @Override
    public String toString() {
        return "IntrospectionAnswer " + reason.map(RefusalReason::id).orElse("active");
    }
}
