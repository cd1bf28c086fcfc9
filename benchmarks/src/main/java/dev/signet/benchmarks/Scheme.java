package dev.signet.benchmarks;

import dev.signet.jwt.key.JwsAlgorithm;

/** The algorithms that are measured. */
public enum Scheme {
    RS256(JwsAlgorithm.RS256, "SHA256withRSA", 256),
    ES256(JwsAlgorithm.ES256, "SHA256withECDSAinP1363Format", 64),
    /** Under the name EdDSA, the only one all peers know. */
    ED25519(JwsAlgorithm.EdDSA, "Ed25519", 64);

    private final JwsAlgorithm algorithm;
    private final String rawSignatureName;
    private final int signatureLength;

    Scheme(JwsAlgorithm algorithm, String rawSignatureName, int signatureLength) {
        this.algorithm = algorithm;
        this.rawSignatureName = rawSignatureName;
        this.signatureLength = signatureLength;
    }

    JwsAlgorithm algorithm() {
        return algorithm;
    }

    /** The JCA name of the bare operation, with signatures in the form JWS carries. */
    String rawSignatureName() {
        return rawSignatureName;
    }

    int signatureLength() {
        return signatureLength;
    }
}
