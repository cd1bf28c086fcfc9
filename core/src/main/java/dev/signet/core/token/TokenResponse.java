package dev.signet.core.token;

import dev.signet.core.Scope;
import dev.signet.core.error.OAuthException;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.internal.Syntax;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * A successful answer of the token endpoint (RFC 6749 §5.1).
 *
 * @param accessToken the access token, opaque to the client
 * @param tokenType how the token is used; {@code Bearer} from this server
 * @param expiresIn how long the token lives from the time of the response, in whole seconds; at most about 68 years
 * @param scope the scope of the token; if absent it is the one that was asked for
 * @param refreshToken stands for the same grant later (RFC 6749 §6)
 */
public record TokenResponse(
        String accessToken,
        String tokenType,
        Optional<Duration> expiresIn,
        Optional<Scope> scope,
        Optional<String> refreshToken) {

    /** The token type of RFC 6750. */
    public static final String BEARER = "Bearer";

    private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

    /** @throws IllegalArgumentException if a part has no valid form; the message does not quote it */
    public TokenResponse {
        if (!Syntax.isVschar(accessToken)) {
            throw new IllegalArgumentException("access_token must be visible ASCII");
        }
        if (!Syntax.isVschar(tokenType)) {
            throw new IllegalArgumentException("token_type must be visible ASCII");
        }
        if (expiresIn.isPresent()
                && (expiresIn.get().isNegative() || expiresIn.get().compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("expires_in must be 0 to 2147483647 seconds");
        }
        if (refreshToken.isPresent() && !Syntax.isVschar(refreshToken.get())) {
            throw new IllegalArgumentException("refresh_token must be visible ASCII");
        }
    }

    /** A bearer token with lifetime and scope, as this server always answers. */
    public static TokenResponse bearer(String accessToken, Duration expiresIn, Scope scope) {
        return new TokenResponse(
                accessToken,
                BEARER,
                Optional.of(expiresIn),
                scope.isEmpty() ? Optional.empty() : Optional.of(scope),
                Optional.empty());
    }

    /** The same with a refresh token. */
    public TokenResponse withRefreshToken(String token) {
        return new TokenResponse(accessToken, tokenType, expiresIn, scope, Optional.of(token));
    }

    /**
     * Reads the body of a response with status 200; unknown members are ignored (RFC 6749 §5.1).
     *
     * @throws TokenResponseException if a member is missing or has no valid form
     */
    public static TokenResponse parse(JsonObject json) {
        try {
            return new TokenResponse(
                    json.findString("access_token").orElseThrow(() -> missing("access_token")),
                    json.findString("token_type").orElseThrow(() -> missing("token_type")),
                    json.findLong("expires_in").map(Duration::ofSeconds),
                    json.findString("scope").map(Scope::parse),
                    json.findString("refresh_token"));
        } catch (JsonException | IllegalArgumentException e) {
            throw new TokenResponseException("token response: " + e.getMessage());
        } catch (OAuthException e) {
            throw new TokenResponseException("token response: " + e.detail());
        }
    }

    /** True if the token is used as RFC 6750 says; letter case does not matter (RFC 6749 §7.1). */
    public boolean isBearer() {
        return tokenType.equalsIgnoreCase(BEARER);
    }

    /** The body of the response. */
    public JsonObject toJson() {
        JsonObject.Builder json =
                JsonObject.builder().put("access_token", accessToken).put("token_type", tokenType);
        expiresIn.ifPresent(lifetime -> json.put("expires_in", lifetime.toSeconds()));
        scope.ifPresent(granted -> json.put("scope", granted.toString()));
        refreshToken.ifPresent(token -> json.put("refresh_token", token));
        return json.build();
    }

    /** The whole response; not to be stored. */
    public ProtocolResponse toHttp() {
        return ProtocolResponse.builder(200).json(toJson()).noStore().build();
    }

    /** Everything but the tokens. */
    @Override
    public String toString() {
        return "TokenResponse of type " + tokenType + ", expires in " + expiresIn + ", scope " + scope;
    }

    private static TokenResponseException missing(String member) {
        return new TokenResponseException("token response: " + member + " is missing");
    }
}
