package dev.signet.jwt.key;

/**
 * Makes signatures with a private key that this program never sees. Replace it to sign in a hardware security module or a
 * key management service. Thread-safe; asked once for each JWT.
 */
@FunctionalInterface
public interface Signer {
    /**
     * The signature over the octets, which are to be hashed as the algorithm says.
     *
     * @return the form that JWS carries (RFC 7518 §3): of ECDSA r and s side by side, 64 octets for ES256. Services that
     *     follow X.509 give ECDSA signatures in DER, for which there is {@link #ofDer}.
     * @throws RuntimeException if there is no signature now; it reaches whoever wanted the JWT
     */
    byte[] sign(byte[] input);

    /**
     * A signer whose service gives ECDSA signatures in DER, as the {@code ECDSA-Sig-Value} of RFC 3279 §2.2.3.
     *
     * @param algorithm one of the ES algorithms
     */
    static Signer ofDer(JwsAlgorithm algorithm, Signer service) {
        return ExternalKey.fromDer(algorithm, service);
    }
}
