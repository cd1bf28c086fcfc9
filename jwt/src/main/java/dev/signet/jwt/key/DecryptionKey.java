package dev.signet.jwt.key;

import dev.signet.jwt.internal.Curve;
import dev.signet.jwt.internal.JweDecryption;
import dev.signet.jwt.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A private key that JWEs sent to us are decrypted with, for one key management algorithm (RFC 7518 §4.3, §4.6).
 * RSA1_5, PBES2 and direct encryption with a shared secret are not supported. Thread-safe.
 */
public final class DecryptionKey implements PrivateJwk {
    /** The key management algorithms there are. */
    public static final Set<String> ALGORITHMS = Collections.unmodifiableSet(
            new LinkedHashSet<>(Arrays.asList("RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW")));

    private final PrivateKey privateKey;
    private final PublicKey publicKey;
    private final String keyId;
    private final String algorithm;

    private DecryptionKey(PrivateKey privateKey, PublicKey checked, Optional<String> keyId, String algorithm) {
        PublicKeys.requireFits(checked, algorithm);
        if (!PublicKeys.write(checked).equals(PublicKeys.write(PrivateKeys.publicOf(privateKey)))) {
            throw new KeyException("the private and the public half do not belong together");
        }
        this.privateKey = privateKey;
        this.publicKey = checked;
        this.keyId = keyId.orElseGet(() -> PublicKeys.thumbprint(checked));
        this.algorithm = algorithm;
    }

    /**
     * Makes a new key, known by its RFC 7638 thumbprint: of 2048 bits for RSA, on the curve P-256 for ECDH.
     *
     * @param algorithm of {@link #ALGORITHMS}
     * @param random where the key comes from; must be cryptographically strong
     */
    public static DecryptionKey generate(String algorithm, CryptoProvider provider, SecureRandom random) {
        try {
            KeyPair pair = algorithm.startsWith("RSA")
                    ? KeyPairs.rsa(provider, random)
                    : KeyPairs.ec(Curve.P256, provider, random);
            // Read back, so that the key object is the JVM's own and can be written out whatever the provider.
            PrivateKey key = PrivateKeys.decode(pair.getPrivate().getEncoded());
            return new DecryptionKey(key, PublicKeys.check(pair.getPublic()), Optional.empty(), algorithm);
        } catch (GeneralSecurityException failed) {
            throw new KeyException("no key pair for " + algorithm + " could be made", failed);
        }
    }

    /** The key of a private JWK, which must state its {@code alg}. */
    public static DecryptionKey fromJwk(JsonObject jwk) {
        JwkMembers members = new JwkMembers(jwk);
        if (!members.has("d")) {
            throw new KeyException("the JWK has no private members where a private key is expected");
        }
        members.requireUse("enc", List.of("decrypt", "unwrapKey", "deriveKey", "deriveBits"));
        return new DecryptionKey(
                PrivateKeys.read(members), PublicKeys.read(members), members.find("kid"), members.require("alg"));
    }

    /** The key of a PEM block PRIVATE KEY (unencrypted PKCS#8), known by its RFC 7638 thumbprint. */
    public static DecryptionKey fromPem(String pem, String algorithm) {
        PrivateKey key = Pem.parse(pem).privateKey();
        return new DecryptionKey(key, PrivateKeys.publicOf(key), Optional.empty(), algorithm);
    }

    @Override
    public String keyId() {
        return keyId;
    }

    /** The one key management algorithm. */
    public String algorithm() {
        return algorithm;
    }

    @Override
    public KeyUse use() {
        return KeyUse.ENCRYPTION;
    }

    @Override
    public String algorithmName() {
        return algorithm;
    }

    /**
     * The plaintext of a JWE whose header names this key's algorithm; empty if it cannot be had, for whatever cause.
     * An ephemeral key that is no point of this key's curve is refused before any use (RFC 8725 §3.4).
     */
    public Optional<byte[]> decrypt(JsonObject header, String compact) {
        if (publicKey instanceof ECPublicKey ec && !isValidEphemeralKey(header, PublicKeys.curve(ec))) {
            return Optional.empty();
        }
        return Optional.ofNullable(JweDecryption.decrypt(compact, privateKey));
    }

    private static boolean isValidEphemeralKey(JsonObject header, Curve curve) {
        try {
            JsonObject ephemeral =
                    header.find("epk").map(JsonObject.class::cast).orElseThrow(() -> new KeyException("no epk"));
            return PublicKeys.read(new JwkMembers(ephemeral)) instanceof ECPublicKey point
                    && PublicKeys.curve(point) == curve;
        } catch (KeyException | ClassCastException invalid) {
            return false;
        }
    }

    /** The public JWK to publish, with {@code kid}, {@code alg} and {@code use}. */
    public JsonObject toJwk() {
        return PublicKeys.write(publicKey).toBuilder()
                .put("kid", keyId)
                .put("alg", algorithm)
                .put("use", KeyUse.ENCRYPTION.wireName())
                .build();
    }

    @Override
    public JsonObject toPrivateJwk() {
        return PrivateKeys.write(privateKey, toJwk());
    }

    /** Equal if the public halves are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DecryptionKey that && toJwk().equals(that.toJwk());
    }

    @Override
    public int hashCode() {
        return keyId.hashCode();
    }

    /** Shows identifier and algorithm only. */
    @Override
    public String toString() {
        return "DecryptionKey[kid=" + keyId + ", alg=" + algorithm + "]";
    }
}
