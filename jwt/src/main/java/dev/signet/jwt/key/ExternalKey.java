package dev.signet.jwt.key;

import dev.signet.jwt.internal.Curve;
import dev.signet.jwt.internal.EcdsaSignature;
import java.util.Objects;
import java.util.Optional;

/** A private key that signs somewhere else. What comes back is looked at for its length, the one mistake that is common. */
final class ExternalKey implements SignerKey {
    private static final int SHORTEST_RSA = 256;
    private static final int ED25519 = 64;

    private final JwsAlgorithm algorithm;
    private final String keyId;
    private final Signer signer;

    ExternalKey(JwsAlgorithm algorithm, String keyId, Signer signer) {
        if (algorithm.isMac()) {
            throw new IllegalArgumentException("algorithm is a MAC, which has no private key");
        }
        if (keyId.isEmpty()) {
            throw new IllegalArgumentException("keyId is empty");
        }
        this.algorithm = algorithm;
        this.keyId = keyId;
        this.signer = Objects.requireNonNull(signer, "signer");
    }

    static Signer fromDer(JwsAlgorithm algorithm, Signer service) {
        int length = algorithm
                .curve()
                .map(Curve::coordinateLength)
                .orElseThrow(() -> new IllegalArgumentException("algorithm is not one of the ES algorithms"));
        return input -> {
            byte[] signature = EcdsaSignature.fromDer(service.sign(input), length);
            if (signature == null) {
                throw new IllegalStateException("the signer's signature is not DER");
            }
            return signature;
        };
    }

    @Override
    public JwsAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public Optional<String> headerKeyId() {
        return Optional.of(keyId);
    }

    @Override
    public byte[] sign(byte[] input) {
        byte[] signature = signer.sign(input);
        if (!hasLength(signature.length)) {
            throw new IllegalStateException("the signer gave " + signature.length + " octets, which is no signature of "
                    + algorithm.joseName() + " as JWS carries it");
        }
        return signature;
    }

    private boolean hasLength(int octets) {
        return switch (algorithm.family()) {
            case EC -> octets == 2 * algorithm.curve().orElseThrow().coordinateLength();
            case OKP -> octets == ED25519;
            default -> octets >= SHORTEST_RSA;
        };
    }

    /** Shows identifier and algorithm only. */
    @Override
    public String toString() {
        return "SignerKey[kid=" + keyId + ", alg=" + algorithm.joseName() + "]";
    }
}
