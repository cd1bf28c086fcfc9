package dev.signet.client;

import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.token.GrantType;
import java.util.Optional;

/**
 * Which token is wanted: by what grant, with what scope, for what resource. Requests that are equal may share a token.
 *
 * <pre>{@code
 * TokenRequest request = TokenRequest.clientCredentials()
 *         .withScope(Scope.of("orders.read"))
 *         .withResource(new ResourceIndicator("https://api.example.com/orders"));
 * }</pre>
 *
 * @param grantType the {@code grant_type}
 * @param assertions where the assertions of a JWT-bearer grant come from; present for that grant only
 * @param scope the scope to ask for; if empty the server decides
 * @param resource the resource the token is for; one at most, so that a token is good in one place only (RFC 8707 §2.2)
 */
public record TokenRequest(
        String grantType, Optional<AssertionSource> assertions, Scope scope, Optional<ResourceIndicator> resource) {

    /** @throws IllegalArgumentException if the grant is unknown, or has assertions where it should not, or the reverse */
    public TokenRequest {
        if (!grantType.equals(GrantType.CLIENT_CREDENTIALS) && !grantType.equals(GrantType.JWT_BEARER)) {
            throw new IllegalArgumentException("grantType must be client_credentials or jwt-bearer");
        }
        if (assertions.isPresent() != grantType.equals(GrantType.JWT_BEARER)) {
            throw new IllegalArgumentException("assertions belong to the JWT-bearer grant, and to it only");
        }
    }

    /** A token for the client itself (RFC 6749 §4.4). */
    public static TokenRequest clientCredentials() {
        return new TokenRequest(GrantType.CLIENT_CREDENTIALS, Optional.empty(), Scope.empty(), Optional.empty());
    }

    /** A token for the subject of an assertion (RFC 7523 §2.1). */
    public static TokenRequest jwtBearer(AssertionSource assertions) {
        return new TokenRequest(GrantType.JWT_BEARER, Optional.of(assertions), Scope.empty(), Optional.empty());
    }

    /** This request with that scope. */
    public TokenRequest withScope(Scope wanted) {
        return new TokenRequest(grantType, assertions, wanted, resource);
    }

    /** This request for that resource. */
    public TokenRequest withResource(ResourceIndicator wanted) {
        return new TokenRequest(grantType, assertions, scope, Optional.of(wanted));
    }
}
