package dev.signet.jwt.key;

import dev.signet.jwt.internal.JweEncryption;
import dev.signet.jwt.json.JsonObject;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * A public key that JWEs to its holder are encrypted with, for one key management algorithm (RFC 7518 §4.3, §4.6): the
 * other half of a {@link DecryptionKey}. Thread-safe.
 */
public final class EncryptionKey {
    private final PublicKey publicKey;
    private final Optional<String> keyId;
    private final String algorithm;

    private EncryptionKey(PublicKey checked, Optional<String> keyId, String algorithm) {
        PublicKeys.requireFits(checked, algorithm);
        this.publicKey = checked;
        this.keyId = keyId;
        this.algorithm = algorithm;
    }

    /**
     * The key of a public JWK; one with private members, for signatures or for another algorithm is refused.
     *
     * @param algorithm of {@link DecryptionKey#ALGORITHMS}, which the JWK need not state
     */
    public static EncryptionKey fromJwk(JsonObject jwk, String algorithm) {
        JwkMembers members = new JwkMembers(jwk);
        PublicKey key = PublicKeys.readPublic(members);
        members.requireUse("enc", List.of("encrypt", "wrapKey", "deriveKey", "deriveBits"));
        if (members.find("alg").filter(stated -> !stated.equals(algorithm)).isPresent()) {
            throw new KeyException("the JWK is for another alg than " + algorithm);
        }
        return new EncryptionKey(key, members.find("kid"), algorithm);
    }

    /**
     * The key of a PEM block PUBLIC KEY, or of a CERTIFICATE, whose dates and issuer are not looked at. It is known
     * by its RFC 7638 thumbprint.
     *
     * @param algorithm of {@link DecryptionKey#ALGORITHMS}
     */
    public static EncryptionKey fromPem(String pem, String algorithm) {
        PublicKey key = Pem.parse(pem).publicKey();
        return new EncryptionKey(key, Optional.of(PublicKeys.thumbprint(key)), algorithm);
    }

    /** The {@code kid}; empty if the JWK had none. */
    public Optional<String> keyId() {
        return keyId;
    }

    /** The one key management algorithm. */
    public String algorithm() {
        return algorithm;
    }

    /**
     * The compact JWE of a plaintext, under this key's algorithm and a content encryption key of its own
     * (RFC 7516 §5.1). Says nothing about the plaintext: for JWTs there is {@code JwtEncrypter}.
     *
     * @param contentType the {@code cty} header
     */
    public String encrypt(String encryption, String contentType, byte[] plaintext) {
        return JweEncryption.encrypt(publicKey, keyId, algorithm, encryption, contentType, plaintext);
    }

    /** Shows identifier and algorithm only. */
    @Override
    public String toString() {
        return "EncryptionKey[kid=" + keyId.orElse("none") + ", alg=" + algorithm + "]";
    }
}
