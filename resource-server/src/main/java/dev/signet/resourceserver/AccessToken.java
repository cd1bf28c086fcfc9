package dev.signet.resourceserver;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.Scope;
import dev.signet.core.error.OAuthException;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.claims.CheckedClaims;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A good access token, as far as an API needs to know it (RFC 9068 §2.2): holding one is the proof that it was
 * validated. The token itself is not in it, so it can't be passed on. Immutable.
 */
public final class AccessToken {

    private final Issuer issuer;
    private final String subject;
    private final ClientId clientId;
    private final List<String> audience;
    private final Scope scope;
    private final Instant issuedAt;
    private final Instant expiresAt;
    private final JwtId jwtId;
    private final JsonObject claims;

    private AccessToken(Issuer issuer, CheckedClaims valid) {
        this.issuer = issuer;
        this.claims = valid.all();
        this.audience = valid.audience();
        this.expiresAt = valid.expiresAt();
        this.subject = require("sub", Function.identity());
        this.clientId = require("client_id", ClientId::new);
        this.jwtId = require("jti", JwtId::new);
        this.issuedAt = valid.issuedAt().orElseThrow(() -> malformed("iat"));
        this.scope = claims.has("scope") ? require("scope", AccessToken::parseScope) : Scope.empty();
    }

    /**
     * The token of these claims.
     *
     * @throws JwtRejected if a claim of RFC 9068 §2.2 has another JSON type or form than it must have
     */
    static AccessToken of(Issuer issuer, CheckedClaims valid) {
        return new AccessToken(issuer, valid);
    }

    private <T> T require(String name, Function<String, T> form) {
        try {
            return form.apply(claims.requireString(name));
        } catch (JsonException | IllegalArgumentException e) {
            throw malformed(name);
        }
    }

    private static Scope parseScope(String text) {
        try {
            return Scope.parse(text);
        } catch (OAuthException e) {
            throw malformed("scope");
        }
    }

    private static JwtRejected malformed(String name) {
        return new JwtRejected(Reason.CLAIM_FORM, name + " has the wrong JSON type or form");
    }

    /** {@code iss}: the authorization server that issued the token. */
    public Issuer issuer() {
        return issuer;
    }

    /** {@code sub}: the resource owner, or the client where there is none. Unique at this issuer only. */
    public String subject() {
        return subject;
    }

    /** {@code client_id}: the client the token was issued to. */
    public ClientId clientId() {
        return clientId;
    }

    /** {@code aud}: for whom the token is; this resource server is among them. */
    public List<String> audience() {
        return audience;
    }

    /** {@code scope}: what the client may do; empty if the token does not say. */
    public Scope scope() {
        return scope;
    }

    /** {@code iat}: when the token was issued. */
    public Instant issuedAt() {
        return issuedAt;
    }

    /** {@code exp}: the token is not used at or after this time, leeway aside. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** {@code jti}: the identifier of the token. */
    public JwtId jwtId() {
        return jwtId;
    }

    /**
     * {@code groups} (RFC 9068 §2.2.3.1): those the subject is in, whether written as strings or as SCIM objects with a
     * {@code value} (RFC 7643 §4.1.2). An entry of another form names nothing.
     */
    public Set<String> groups() {
        return AuthorityClaim.GROUPS.values(claims);
    }

    /** {@code roles}, read as {@link #groups}. */
    public Set<String> roles() {
        return AuthorityClaim.ROLES.values(claims);
    }

    /** {@code entitlements}, read as {@link #groups}. */
    public Set<String> entitlements() {
        return AuthorityClaim.ENTITLEMENTS.values(claims);
    }

    /** {@code acr} (RFC 9068 §2.2.1): by which class of authentication the resource owner was authenticated. */
    public Optional<String> acr() {
        return claims.find("acr").filter(String.class::isInstance).map(String.class::cast);
    }

    /** {@code auth_time} (RFC 9068 §2.2.1): when the resource owner was authenticated. */
    public Optional<Instant> authTime() {
        return claims.find("auth_time").flatMap(NumericDate::find);
    }

    /** All claims, also those of the authorization server's own. Those of an opaque token are what its introspection said. */
    public JsonObject claims() {
        return claims;
    }

    /** Issuer, client and expiry only: the other claims may be personal. */
    @Override
    public String toString() {
        return "AccessToken of client " + clientId + " from " + issuer + ", expires at " + expiresAt;
    }
}
