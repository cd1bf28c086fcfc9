package dev.signet.client.discovery;

import dev.signet.core.metadata.MetadataException;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.NumericDate;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who vouches for metadata (RFC 9728 §2.2), and with which keys.
 *
 * @param signer the {@code iss} of {@code signed_metadata}
 */
record SignedMetadata(String signer, KeySource keys, Set<JwsAlgorithm> algorithms) {

    private static final String MEMBER = "signed_metadata";
    private static final Set<String> ABOUT_THE_JWT = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    /**
     * The document with what its signer says in place of what the document says.
     *
     * @throws MetadataException if it is not signed by that signer, or not about any resource
     * @throws dev.signet.jwt.json.JsonException if it is not signed at all
     * @throws dev.signet.outbound.KeysUnavailableException if that can't be found out
     */
    JsonObject applyTo(JsonObject document, Instant now) {
        JsonObject claims;
        try {
            VerifiedJwt jwt = keys.verify(UnverifiedJwt.parse(document.requireString(MEMBER)), algorithms);
            claims = jwt.claims();
            // A JWT that says what it is says that it is something else: RFC 9728 names no type.
            if (!jwt.type().orElse("JWT").equalsIgnoreCase("JWT")) {
                throw new MetadataException("signed_metadata is another kind of JWT");
            }
        } catch (JwtRejected rejected) {
            throw new MetadataException("signed_metadata: " + rejected.detail());
        }
        if (!claims.findString("iss").equals(Optional.of(signer))) {
            throw new MetadataException("signed_metadata is not of its signer");
        }
        if (!claims.has("resource")) {
            throw new MetadataException("signed_metadata does not say which resource it is about");
        }
        if (claims.has(MEMBER)) {
            throw new MetadataException("signed_metadata holds signed_metadata");
        }
        requireTime(claims, "exp", until -> until.isAfter(now));
        requireTime(claims, "nbf", from -> !from.isAfter(now));
        JsonObject.Builder merged = document.toBuilder().remove(MEMBER);
        for (String name : claims.names()) {
            if (!ABOUT_THE_JWT.contains(name)) {
                merged.put(name, claims.find(name).orElseThrow());
            }
        }
        return merged.build();
    }

    private static void requireTime(JsonObject claims, String name, Predicate<Instant> holds) {
        if (claims.has(name)
                && claims.find(name).flatMap(NumericDate::find).filter(holds).isEmpty()) {
            throw new MetadataException("signed_metadata is not valid now");
        }
    }
}
