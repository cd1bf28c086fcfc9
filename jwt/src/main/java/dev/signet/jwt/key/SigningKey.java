package dev.signet.jwt.key;

import dev.signet.jwt.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A private key with its public half, for signing with one algorithm. Thread-safe. */
public final class SigningKey implements SignerKey, PrivateJwk {
    private static final byte[] PROBE = "do both halves belong together?".getBytes(StandardCharsets.US_ASCII);

    private final PrivateKey privateKey;
    private final VerificationKey verificationKey;
    private final JwsAlgorithm algorithm;
    private final String keyId;
    private final SignaturePool pool;

    private SigningKey(PrivateKey privateKey, VerificationKey verificationKey, CryptoProvider provider) {
        this.privateKey = privateKey;
        this.verificationKey = verificationKey;
        this.algorithm = verificationKey.algorithm().orElseThrow();
        this.keyId = verificationKey.keyId().orElseThrow();
        this.pool = SignaturePool.signing(algorithm, privateKey, provider);
        if (!canVerifyItself()) {
            throw new KeyException("the private and the public half do not belong together");
        }
    }

    private boolean canVerifyItself() {
        try {
            return verificationKey.verifies(algorithm, PROBE, 0, PROBE.length, sign(PROBE));
        } catch (IllegalStateException signingFailed) {
            return false;
        }
    }

    /**
     * Makes a new key, known by its RFC 7638 thumbprint. RSA keys have 2048 bits.
     *
     * @param random where the key comes from; must be cryptographically strong
     */
    public static SigningKey generate(JwsAlgorithm algorithm, CryptoProvider provider, SecureRandom random) {
        try {
            KeyPair pair = switch (algorithm.family()) {
                case RSA -> KeyPairs.rsa(provider, random);
                case EC -> KeyPairs.ec(algorithm.curve().orElseThrow(), provider, random);
                case OKP -> KeyPairs.ed25519(random);
                case MAC -> throw new IllegalArgumentException("algorithm is a MAC, which has no key pair");
            };
            // Read back, so that the key object is the JVM's own and can be written out whatever the provider.
            PrivateKey key = PrivateKeys.decode(pair.getPrivate().getEncoded());
            return of(key, PublicKeys.check(pair.getPublic()), Optional.empty(), algorithm, provider);
        } catch (GeneralSecurityException failed) {
            throw new KeyException("no key pair for " + algorithm.joseName() + " could be made", failed);
        }
    }

    /**
     * The key of a private JWK. The algorithm is its {@code alg}, else the only one its curve allows; an RSA key must
     * state it. The identifier is its {@code kid}, else the thumbprint.
     */
    public static SigningKey fromJwk(JsonObject jwk, CryptoProvider provider) {
        JwkMembers members = new JwkMembers(jwk);
        if (!members.has("d")) {
            throw new KeyException("the JWK has no private members where a private key is expected");
        }
        PublicKey publicKey = PublicKeys.read(members);
        members.requireUse("sig", List.of("sign"));
        JwsAlgorithm algorithm = VerificationKey.algorithmOf(members, publicKey)
                .orElseThrow(() -> new KeyException("alg is missing, which a private RSA key must state"));
        return of(PrivateKeys.read(members), publicKey, members.find("kid"), algorithm, provider);
    }

    /** The key of a PEM block PRIVATE KEY (unencrypted PKCS#8), known by its RFC 7638 thumbprint. */
    public static SigningKey fromPem(String pem, JwsAlgorithm algorithm, CryptoProvider provider) {
        PrivateKey key = Pem.parse(pem).privateKey();
        return of(key, PrivateKeys.publicOf(key), Optional.empty(), algorithm, provider);
    }

    /**
     * The key of an entry of a key store, such as a PKCS#12 file, known by its RFC 7638 thumbprint. Of the certificate only
     * the key counts. A store that keeps its keys to itself signs through {@link SignerKey#of} instead.
     *
     * <pre>{@code
     * KeyStore store = KeyStore.getInstance(new File("reporter.p12"), password);
     * SigningKey key = SigningKey.fromKeyStore(store, "reporter", password, JwsAlgorithm.ES256, CryptoProvider.jdk());
     * }</pre>
     *
     * @param password of the entry; in PKCS#12 the store's own
     */
    public static SigningKey fromKeyStore(
            KeyStore store, String alias, char[] password, JwsAlgorithm algorithm, CryptoProvider provider) {
        try {
            Certificate certificate = store.getCertificate(alias);
            if (certificate == null || !(store.getKey(alias, password) instanceof PrivateKey key)) {
                throw new KeyException("the key store has no private key with a certificate of that alias");
            }
            byte[] pkcs8 = key.getEncoded();
            if (pkcs8 == null) {
                throw new KeyException("the key store keeps the key to itself");
            }
            return of(
                    PrivateKeys.decode(pkcs8),
                    PublicKeys.check(certificate.getPublicKey()),
                    Optional.empty(),
                    algorithm,
                    provider);
        } catch (GeneralSecurityException unreadable) {
            throw new KeyException("the key store does not give the key: the password may be another", unreadable);
        }
    }

    private static SigningKey of(
            PrivateKey key,
            PublicKey checked,
            Optional<String> keyId,
            JwsAlgorithm algorithm,
            CryptoProvider provider) {
        PublicKeys.requireFits(checked, algorithm);
        String id = keyId.orElseGet(() -> PublicKeys.thumbprint(checked));
        return new SigningKey(key, VerificationKey.of(checked, id, algorithm, provider), provider);
    }

    @Override
    public JwsAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public KeyUse use() {
        return KeyUse.SIGNATURE;
    }

    @Override
    public String algorithmName() {
        return algorithm.joseName();
    }

    @Override
    public String keyId() {
        return keyId;
    }

    @Override
    public Optional<String> headerKeyId() {
        return Optional.of(keyId);
    }

    /** The public half. */
    public VerificationKey verificationKey() {
        return verificationKey;
    }

    @Override
    public byte[] sign(byte[] input) {
        return pool.sign(input);
    }

    @Override
    public JsonObject toPrivateJwk() {
        return PrivateKeys.write(privateKey, verificationKey.toJwk());
    }

    /** The private key as a PEM block PRIVATE KEY (unencrypted PKCS#8, RFC 7468 §10), for whoever is to sign with it. */
    public String toPrivatePem() {
        return Pem.privateKey(privateKey);
    }

    /** Equal if the public halves are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SigningKey that && verificationKey.equals(that.verificationKey);
    }

    @Override
    public int hashCode() {
        return verificationKey.hashCode();
    }

    /** Shows identifier and algorithm only. */
    @Override
    public String toString() {
        return "SigningKey[kid=" + keyId + ", alg=" + algorithm.joseName() + "]";
    }
}
