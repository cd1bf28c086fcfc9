package dev.signet.client;

import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which token is wanted: by what grant, with what scope, for what resource.
 *
 * <pre>{@code
 * TokenRequest request = TokenRequest.clientCredentials()
 *         .withScope(Scope.of("orders.read"))
 *         .withResource(new ResourceIndicator("https://api.example.com/orders"));
 * }</pre>
 *
 * @param grant what it is asked for with
 * @param scope the scope to ask for; if empty the server decides
 * @param resource the resource the token is for; one at most, so that a token is good in one place only (RFC 8707 §2.2)
 */
public record TokenRequest(Grant grant, Scope scope, Optional<ResourceIndicator> resource) {

    /** A token for the client itself (RFC 6749 §4.4). */
    public static TokenRequest clientCredentials() {
        return of(new Grant.ClientCredentials());
    }

    /** A token for the subject of an assertion (RFC 7523 §2.1). */
    public static TokenRequest jwtBearer(AssertionSource assertions) {
        return of(new Grant.JwtBearer(assertions, false));
    }

    /**
     * As {@link #jwtBearer}, with the assertion encrypted to the server, so that nobody between reads whom it is about
     * (RFC 7523 §7). The server must publish a key for that; without one nothing is sent.
     */
    public static TokenRequest encryptedJwtBearer(AssertionSource assertions) {
        return of(new Grant.JwtBearer(assertions, true));
    }

    /**
     * A token by a code (RFC 6749 §4.1.3). The scope is not sent: it was asked for, and is what the token has unless the server says
     * otherwise.
     *
     * @param keeper of the refresh tokens, as in {@link RefreshToken#of}
     */
    public static TokenRequest authorizationCode(AuthorizationCode code, Consumer<String> keeper) {
        return of(new Grant.Code(code, keeper));
    }

    /** A token by what was granted before (RFC 6749 §6); the scope must not be more than was granted. */
    public static TokenRequest refresh(RefreshToken token) {
        return of(new Grant.Refresh(token));
    }

    private static TokenRequest of(Grant grant) {
        return new TokenRequest(grant, Scope.empty(), Optional.empty());
    }

    /** This request with that scope. */
    public TokenRequest withScope(Scope wanted) {
        return new TokenRequest(grant, wanted, resource);
    }

    /** This request for that resource. */
    public TokenRequest withResource(ResourceIndicator wanted) {
        return new TokenRequest(grant, scope, Optional.of(wanted));
    }
}
