package dev.signet.resourceserver;

import dev.signet.core.Scope;
import dev.signet.core.error.OAuthException;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an access token says after its issuer was asked about it (RFC 7662 §2.2, §4). */
final class AnsweredClaims {

    /** Whoever speaks about another issuer, subject, client or token speaks about another token. */
    private static final List<String> IDENTIFYING = List.of("iss", "sub", "client_id", "jti");

    /** What may have changed since, and is then checked again. */
    private static final List<String> CURRENT = List.of("aud", "nbf", "cnf");

    private AnsweredClaims() {}

    /** The claims of an opaque token: what was answered, without what only an answer says. */
    static JsonObject ofOpaque(JsonObject answer) {
        return answer.toBuilder().remove("active").remove("token_type").build();
    }

    /**
     * The claims of a JWT, of which the answer may take away but add nothing; empty if the answer is about another token.
     */
    static Optional<JsonObject> ofJwt(JsonObject token, JsonObject answer) {
        for (String name : IDENTIFYING) {
            if (answer.has(name) && !answer.find(name).equals(token.find(name))) {
                return Optional.empty();
            }
        }
        JsonObject.Builder claims = token.toBuilder();
        for (String name : CURRENT) {
            answer.find(name).ifPresent(value -> claims.put(name, value));
        }
        answer.find("exp").filter(exp -> isEarlier(exp, token)).ifPresent(exp -> claims.put("exp", exp));
        return answer.has("scope") ? narrowed(claims, token, answer) : Optional.of(claims.build());
    }

    /** What is no time counts as earlier, so that it is refused as a claim. */
    private static boolean isEarlier(Object exp, JsonObject token) {
        Optional<Instant> stated = token.find("exp").flatMap(NumericDate::find);
        return NumericDate.find(exp)
                .map(time -> stated.map(time::isBefore).orElse(true))
                .orElse(true);
    }

    private static Optional<JsonObject> narrowed(JsonObject.Builder claims, JsonObject token, JsonObject answer) {
        Optional<Scope> granted = scope(answer);
        Optional<Scope> asked = token.has("scope") ? scope(token) : Optional.of(Scope.empty());
        if (granted.isEmpty() || asked.isEmpty()) {
            return Optional.empty();
        }
        Scope left = asked.get().intersect(granted.get());
        return Optional.of(
                left.isEmpty()
                        ? claims.remove("scope").build()
                        : claims.put("scope", left.toString()).build());
    }

    private static Optional<Scope> scope(JsonObject claims) {
        try {
            return claims.find("scope")
                    .filter(String.class::isInstance)
                    .map(text -> text.equals("") ? Scope.empty() : Scope.parse((String) text));
        } catch (OAuthException malformed) {
            return Optional.empty();
        }
    }
}
