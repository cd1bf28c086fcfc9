package dev.signet.authorizationserver.accesstoken;

import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.core.introspection.IntrospectionJwt;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.util.Optional;

/** A signing key made ready for access tokens, and for answers about them, once for all of them. Thread-safe. */
final class TokenSigner {

    private final Optional<String> keyId;
    private final JwsAlgorithm algorithm;
    private final JwtSigner signer;
    private final JwtSigner answers;
    private final JwtSigner interactions;

    TokenSigner(SigningKey key) {
        this.keyId = Optional.of(key.keyId());
        this.algorithm = key.algorithm();
        this.signer = JwtSigner.of(key, AccessTokenProfile.TYPE);
        this.answers = JwtSigner.of(key, IntrospectionJwt.TYPE);
        this.interactions = JwtSigner.of(key, SignedInteractions.TYPE);
    }

    /** The {@code kid}; never empty. */
    Optional<String> keyId() {
        return keyId;
    }

    JwsAlgorithm algorithm() {
        return algorithm;
    }

    String sign(JsonObject claims) {
        return signer.sign(claims);
    }

    String signAnswer(JsonObject claims) {
        return answers.sign(claims);
    }

    String signInteraction(JsonObject claims) {
        return interactions.sign(claims);
    }
}
