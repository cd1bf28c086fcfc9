package dev.signet.jwt.key;

import dev.signet.jwt.json.JsonObject;

/** A private key of ours that can be written down as a JWK (RFC 7517 §4), to be kept encrypted. */
public sealed interface PrivateJwk permits SigningKey, DecryptionKey {

    /** The {@code kid}. */
    String keyId();

    /** The {@code use}. */
    KeyUse use();

    /** The {@code alg}: the one algorithm that it is used with. */
    String algorithmName();

    /** The private JWK, for storing it encrypted. */
    JsonObject toPrivateJwk();
}
