package dev.signet.authorizationserver.accesstoken;

import dev.signet.core.accesstoken.AccessTokenProfile;
import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SigningKey;
import java.util.Optional;

/** A signing key made ready for access tokens, once for all of them. Thread-safe. */
final class TokenSigner {

    private final Optional<String> keyId;
    private final JwtSigner signer;

    TokenSigner(SigningKey key) {
        this.keyId = Optional.of(key.keyId());
        this.signer = JwtSigner.of(key, AccessTokenProfile.TYPE);
    }

    /** The {@code kid}; never empty. */
    Optional<String> keyId() {
        return keyId;
    }

    String sign(JsonObject claims) {
        return signer.sign(claims);
    }
}
