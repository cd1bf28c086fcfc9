package dev.signet.jwt.key;

import java.util.Optional;

/** A key that JWTs can be signed with, for exactly one algorithm. */
public sealed interface SignerKey permits SigningKey, MacKey {
    /** The one algorithm this key is used with. */
    JwsAlgorithm algorithm();

    /** The {@code kid} to put into headers: a signing key's identifier, none for a shared secret. */
    Optional<String> headerKeyId();

    /** The signature or MAC over the octets, in the form JWS carries. Thread-safe. */
    byte[] sign(byte[] input);
}
