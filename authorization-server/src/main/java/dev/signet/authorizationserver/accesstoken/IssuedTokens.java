package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.grant.Approval;
import dev.signet.core.JwtId;
import dev.signet.core.token.TokenResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What was issued upon an approval; whatever may be used once has been. Only {@link AccessTokenIssuer} makes it. */
public final class IssuedTokens {

    private final Approval approval;
    private final String accessToken;
    private final JwtId jwtId;
    private final Optional<String> keyId;
    private final List<String> leftOut;
    private final Optional<String> refreshToken;

    IssuedTokens(Approval approval, String accessToken, TokenContent content, Optional<String> keyId) {
        this.approval = approval;
        this.accessToken = accessToken;
        this.jwtId = content.jwtId();
        this.keyId = keyId;
        this.leftOut = content.leftOut();
        this.refreshToken = Optional.empty();
    }

    private IssuedTokens(IssuedTokens like, String refreshToken) {
        this.approval = like.approval;
        this.accessToken = like.accessToken;
        this.jwtId = like.jwtId;
        this.keyId = like.keyId;
        this.leftOut = like.leftOut;
        this.refreshToken = Optional.of(refreshToken);
    }

    IssuedTokens withRefreshToken(String text) {
        return new IssuedTokens(this, text);
    }

    /** What they were issued upon. */
    public Approval approval() {
        return approval;
    }

    String accessToken() {
        return accessToken;
    }

    /** The {@code jti} of the access token. */
    public JwtId jwtId() {
        return jwtId;
    }

    /** The key that signed it; empty if it is opaque. */
    public Optional<String> keyId() {
        return keyId;
    }

    /** How long it is, in octets: all of it is ASCII. */
    public int length() {
        return accessToken.length();
    }

    /** The configured claims that are not in it because their attribute has a value they can't have. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** When it expires: the {@code exp} of the token, in whole seconds. */
    public Instant expiresAt() {
        return approval.approvedAt().truncatedTo(ChronoUnit.SECONDS).plus(approval.lifetime());
    }

    /** The answer to the client; it always names the scope, unless that is empty (RFC 6749 §5.1). */
    public TokenResponse toResponse() {
        TokenResponse response = TokenResponse.bearer(accessToken, approval.lifetime(), approval.scope());
        return refreshToken.map(response::withRefreshToken).orElse(response);
    }

    /** Everything but the token. */
    @Override
    public String toString() {
        return "IssuedTokens upon " + approval;
    }
}
