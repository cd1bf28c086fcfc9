package dev.signet.jwt.key;

import java.util.Optional;

/** A key that JWTs can be signed with, for exactly one algorithm. */
public sealed interface SignerKey permits SigningKey, MacKey, ExternalKey {
    /**
     * A private key that stays where it is: in a hardware security module, a key management service, another process.
     *
     * <pre>{@code
     * SignerKey key = SignerKey.of(JwsAlgorithm.ES256, "reporter-2026", input -> vault.sign("reporter", input));
     * }</pre>
     *
     * @param algorithm any but the MACs
     * @param keyId the {@code kid} by which the public half is known to those who check
     */
    static SignerKey of(JwsAlgorithm algorithm, String keyId, Signer signer) {
        return new ExternalKey(algorithm, keyId, signer);
    }

    /** The one algorithm this key is used with. */
    JwsAlgorithm algorithm();

    /** The {@code kid} to put into headers: a signing key's identifier, none for a shared secret. */
    Optional<String> headerKeyId();

    /** The signature or MAC over the octets, in the form JWS carries. Thread-safe. */
    byte[] sign(byte[] input);
}
