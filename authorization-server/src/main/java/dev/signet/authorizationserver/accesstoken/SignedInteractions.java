package dev.signet.authorizationserver.accesstoken;

import dev.signet.authorizationserver.requestobject.Interactions;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.Issuer;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.claims.ClaimsRules;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.claims.ValidClaims;
import dev.signet.jwt.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Has the signing keys vouch for when an interaction began: all nodes know them. Thread-safe. */
public final class SignedInteractions implements Interactions {

    /** Neither an access token nor anything else that is taken anywhere. */
    static final String TYPE = "interaction+jwt";

    private static final String REQUEST = "request_digest";
    private static final String FETCHED_FROM = "fetched_from";

    private final Issuer issuer;
    private final SigningKeys keys;
    private final ClaimsRules rules;

    /**
     * Vouches in the name of an issuer.
     *
     * @param skew how far the clocks of its nodes may differ
     */
    public SignedInteractions(Issuer issuer, SigningKeys keys, Duration skew) {
        this.issuer = issuer;
        this.keys = keys;
        this.rules = ClaimsRules.builder()
                .types(Set.of(TYPE))
                .issuer(issuer.value())
                .audienceIsOnly(Set.of(issuer.value()), true)
                .requireText(REQUEST)
                .require("iat")
                .expiryIsExact()
                .skew(skew)
                .build();
    }

    @Override
    public String field(String request, Begun begun) {
        JsonObject.Builder claims = JsonObject.builder()
                .put("iss", issuer.value())
                .put("aud", issuer.value())
                .put("iat", NumericDate.of(begun.at()))
                .put("exp", NumericDate.of(begun.at().plus(LONGEST)))
                .put(REQUEST, TokenDigest.of(request).value());
        begun.fetchedFrom().ifPresent(uri -> claims.put(FETCHED_FROM, uri.toString()));
        return keys.signer(keys.algorithm(), begun.at()).signInteraction(claims.build());
    }

    @Override
    public Optional<Begun> find(String field, String request, Instant now) {
        try {
            ValidClaims claims =
                    rules.check(UnverifiedJwt.parse(field).verify(keys.published(), AccessTokenReader.ALGORITHMS), now);
            return Optional.of(claims)
                    .filter(valid -> valid.all()
                            .requireString(REQUEST)
                            .equals(TokenDigest.of(request).value()))
                    .map(valid -> new Begun(
                            valid.issuedAt().orElseThrow(),
                            valid.all().findString(FETCHED_FROM).map(URI::create)));
        } catch (JwtRejected notOurs) {
            return Optional.empty();
        }
    }
}
