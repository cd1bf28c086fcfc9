package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says about an access token what its sender may know (RFC 7662 §2.2): a client that is registered as a resource server about
 * tokens for its resources, and a client that may introspect its own tokens about those. A refresh token is not active for anybody: no
 * resource takes one, so that a resource server that has got hold of one must not learn what it is good for, and its client learns
 * more by using it. Thread-safe.
 */
public final class Introspection {

    /** What a client was told with the token or asked for itself, and what names the token. */
    private static final Set<String> KNOWN_TO_THE_CLIENT =
            Set.of("iss", "aud", "client_id", "scope", "iat", "exp", "jti");

    private final ProtectedResources resources;
    private final AccessTokenReader tokens;
    private final TokenParties parties;
    private final RevocationList revocations;

    /** About tokens that are read there. */
    public Introspection(
            ProtectedResources resources, AccessTokenReader tokens, TokenParties parties, RevocationList revocations) {
        this.resources = resources;
        this.tokens = tokens;
        this.parties = parties;
        this.revocations = revocations;
    }

    /**
     * The answer to a client that has authenticated.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if it can't be said whether the token is active
     */
    public IntrospectionAnswer ask(RegisteredClient client, String text, Instant now) {
        if (client.resourceServerFor().isEmpty() && !client.introspectOwnTokens()) {
            return IntrospectionAnswer.inactive(RefusalReason.INTROSPECTION_NOT_ALLOWED);
        }
        IssuedAccessToken token;
        try {
            token = tokens.read(text, now);
        } catch (JwtRejected rejected) {
            return IntrospectionAnswer.inactive(RefusalReason.of(rejected.reason()));
        }
        boolean own = client.introspectOwnTokens() && token.clientId().equals(client.clientId());
        Set<String> served = served(client, token);
        if (!own && served.isEmpty()) {
            return IntrospectionAnswer.inactive(token, RefusalReason.TOKEN_FOR_OTHERS);
        }
        if (revocations.isRevoked(token.jwtId())) {
            return IntrospectionAnswer.inactive(token, RefusalReason.TOKEN_REVOKED);
        }
        Optional<RefusalReason> unusable = parties.unusable(token);
        if (unusable.isPresent()) {
            return IntrospectionAnswer.inactive(token, unusable.get());
        }
        return IntrospectionAnswer.active(token, shown(token, served, own));
    }

    private JsonObject shown(IssuedAccessToken token, Set<String> served, boolean own) {
        boolean others = served.size() < new LinkedHashSet<>(token.audience()).size();
        if (!others || (own && !token.isHidden())) {
            return token.claims();
        }
        return own ? knownToTheClient(token.claims()) : withScopesOf(served, token);
    }

    /** What is hidden in the token is not told beside it (RFC 9068 §6). */
    private static JsonObject knownToTheClient(JsonObject claims) {
        JsonObject.Builder known = claims.toBuilder();
        claims.names().stream()
                .filter(name -> !KNOWN_TO_THE_CLIENT.contains(name))
                .forEach(known::remove);
        return known.build();
    }

    /** Those values of {@code aud} that the client answers for. */
    private static Set<String> served(RegisteredClient client, IssuedAccessToken token) {
        Set<String> served = new LinkedHashSet<>();
        for (ResourceIndicator resource : client.resourceServerFor()) {
            if (token.audience().contains(resource.value())) {
                served.add(resource.value());
            }
        }
        return served;
    }

    /** What a token allows at other resources is none of the caller's business (RFC 7662 §2.2, §5). */
    private JsonObject withScopesOf(Set<String> served, IssuedAccessToken token) {
        Scope known = Scope.of(resources.all().stream()
                .filter(resource -> served.contains(resource.resource().value()))
                .map(ProtectedResource::scope)
                .flatMap(scope -> scope.tokens().stream())
                .toList());
        JsonObject.Builder claims = token.claims().toBuilder();
        Scope shown = token.claims()
                .findString("scope")
                .map(text -> Scope.parse(text).intersect(known))
                .orElse(Scope.empty());
        if (shown.isEmpty()) {
            return claims.remove("scope").build();
        }
        return claims.put("scope", shown.toString()).build();
    }
}
