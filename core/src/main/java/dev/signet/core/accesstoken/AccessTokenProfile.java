package dev.signet.core.accesstoken;

import dev.signet.core.Issuer;
import dev.signet.jwt.claims.ClaimsRules;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What makes a JWT an access token (RFC 9068 §2, §4). */
public final class AccessTokenProfile {

    /** The {@code typ} that is sent; {@code application/at+jwt}, in any letter case, is the same (RFC 9068 §2.1). */
    public static final String TYPE = "at+jwt";

    /**
     * The names of claims that only the authorization server itself may set: those of RFC 9068 §2.2 and RFC 7519 §4.1, the
     * confirmation of RFC 7800 and the actors of RFC 8693; what introspection says beside the claims (RFC 7662 §2.2, RFC 9701
     * §5); the authorization of RFC 9396; and what makes another JWT than an access token: an ID Token, a logout token, a
     * security event, a proof of possession.
     */
    public static final Set<String> RESERVED_CLAIMS = Set.of(
            // RFC 7519 §4.1, RFC 9068 §2.2
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "client_id",
            "scope",
            "auth_time",
            "acr",
            "amr",
            // RFC 7800, RFC 8693, RFC 9396
            "cnf",
            "act",
            "may_act",
            "authorization_details",
            // RFC 7662, RFC 9701
            "active",
            "username",
            "token_type",
            "token_introspection",
            // other kinds of JWT
            "typ",
            "sid",
            "events",
            "sub_id",
            "azp",
            "nonce",
            "at_hash",
            "c_hash",
            "s_hash",
            "htm",
            "htu",
            "ath");

    private AccessTokenProfile() {}

    /** Those of the names that are among {@link #RESERVED_CLAIMS}, in order. */
    public static List<String> reservedAmong(Collection<String> names) {
        return names.stream().filter(RESERVED_CLAIMS::contains).sorted().toList();
    }

    /**
     * What an access token is held to by a resource server (RFC 9068 §4). The proof that a {@code cnf} claim asks for is
     * not part of it.
     *
     * @param audiences the identifiers of the resource server, one of which the token must name; not empty
     * @param leeway how far the clocks may be apart; at most 300 s
     */
    public static ClaimsRules rules(Issuer issuer, Set<String> audiences, Duration leeway) {
        return rules(issuer, leeway, Set.of(TYPE)).audienceContains(audiences).build();
    }

    /**
     * The same for an authorization server from before RFC 9068: {@code typ} may be {@code JWT} or absent, too (D-09).
     * All else is required as ever.
     */
    public static ClaimsRules rulesAllowingLegacyTyp(Issuer issuer, Set<String> audiences, Duration leeway) {
        return rules(issuer, leeway, Set.of(TYPE, "JWT"))
                .audienceContains(audiences)
                .allowAbsentType()
                .build();
    }

    /**
     * What the authorization server holds the tokens to that it issued itself and is asked about, for whomever they are
     * meant. For {@code exp} no leeway is allowed, as the issuer knows what it meant.
     *
     * @param leeway how far the clocks of its nodes may be apart; at most 300 s
     */
    public static ClaimsRules issuersOwnRules(Issuer issuer, Duration leeway) {
        return rules(issuer, leeway, Set.of(TYPE))
                .allowAnyAudience()
                .expiryIsExact()
                .build();
    }

    private static ClaimsRules.Builder rules(Issuer issuer, Duration leeway, Set<String> types) {
        return ClaimsRules.builder()
                .types(types)
                .issuer(issuer.value())
                .require("iat")
                .requireText("sub", "client_id", "jti")
                .skew(leeway);
    }
}
