package dev.signet.jwt.key;

import dev.signet.jwt.internal.Curve;
import dev.signet.jwt.internal.EcdsaSignature;
import dev.signet.jwt.internal.UnsignedOctets;
import dev.signet.jwt.json.JsonObject;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A public key that signatures are checked with, for one algorithm (RFC 8725 §3.1). Thread-safe.
 *
 * <p>Only an RSA key read from a JWK without {@code alg} has no algorithm yet; it is usable where the caller accepts
 * exactly one RSA algorithm.
 */
public final class VerificationKey {
    private static final int ED25519_SIGNATURE_LENGTH = 64;

    private final PublicKey publicKey;
    private final Optional<String> keyId;
    private final Optional<JwsAlgorithm> algorithm;
    private final String thumbprint;
    private final CryptoProvider provider;
    private final byte[] order;
    private final int signatureLength;
    /** For the algorithm of this key; for an RSA key without one, for RS256. */
    private final SignaturePool pool;

    /** For the other algorithms of an RSA key without one, as they come into use. */
    private final Map<JwsAlgorithm, SignaturePool> unpinnedPools = new ConcurrentHashMap<>();

    private VerificationKey(
            PublicKey checked, Optional<String> keyId, Optional<JwsAlgorithm> algorithm, CryptoProvider provider) {
        this.publicKey = checked;
        this.thumbprint = PublicKeys.thumbprint(checked);
        this.keyId = keyId;
        this.algorithm = algorithm;
        this.provider = provider;
        if (checked instanceof ECPublicKey ec) {
            Curve curve = PublicKeys.curve(ec);
            this.order = UnsignedOctets.of(curve.order(), curve.coordinateLength());
            this.signatureLength = 2 * curve.coordinateLength();
        } else {
            this.order = new byte[0];
            this.signatureLength = checked instanceof RSAPublicKey rsa
                    ? (rsa.getModulus().bitLength() + 7) / 8
                    : ED25519_SIGNATURE_LENGTH;
        }
        // Makes the first signature object, so that a key the provider refuses is refused now.
        this.pool = SignaturePool.verifying(algorithm.orElse(JwsAlgorithm.RS256), checked, provider);
    }

    /** A key known by its RFC 7638 thumbprint. */
    public static VerificationKey of(PublicKey key, JwsAlgorithm algorithm, CryptoProvider provider) {
        PublicKey checked = PublicKeys.check(key);
        PublicKeys.requireFits(checked, algorithm);
        return new VerificationKey(
                checked, Optional.of(PublicKeys.thumbprint(checked)), Optional.of(algorithm), provider);
    }

    /** The key of a public JWK; one with private members, for another use or of an unsupported kind is refused. */
    public static VerificationKey fromJwk(JsonObject jwk, CryptoProvider provider) {
        JwkMembers members = new JwkMembers(jwk);
        PublicKey key = PublicKeys.readPublic(members);
        members.requireUse("sig", List.of("verify"));
        return new VerificationKey(key, members.find("kid"), algorithmOf(members, key), provider);
    }

    /** The algorithm the JWK states, else the only one its curve allows; empty for RSA. */
    static Optional<JwsAlgorithm> algorithmOf(JwkMembers members, PublicKey key) {
        Optional<String> stated = members.find("alg");
        if (stated.isPresent()) {
            JwsAlgorithm algorithm = JwsAlgorithm.find(stated.get())
                    .orElseThrow(() -> new KeyException("alg is not a supported signature algorithm"));
            PublicKeys.requireFits(key, algorithm);
            return Optional.of(algorithm);
        }
        if (key instanceof RSAPublicKey) {
            return Optional.empty();
        }
        if (key instanceof ECPublicKey ec) {
            return Optional.of(
                    switch (PublicKeys.curve(ec)) {
                        case P256 -> JwsAlgorithm.ES256;
                        case P384 -> JwsAlgorithm.ES384;
                        case P521 -> JwsAlgorithm.ES512;
                    });
        }
        return Optional.of(JwsAlgorithm.Ed25519);
    }

    /**
     * The key of a PEM block PUBLIC KEY, or of a CERTIFICATE, whose dates and issuer are not looked at. It is known
     * by its RFC 7638 thumbprint.
     */
    public static VerificationKey fromPem(String pem, JwsAlgorithm algorithm, CryptoProvider provider) {
        return of(Pem.parse(pem).publicKey(), algorithm, provider);
    }

    /** The same key under the algorithm and identifier of its private half. */
    static VerificationKey of(PublicKey checked, String keyId, JwsAlgorithm algorithm, CryptoProvider provider) {
        return new VerificationKey(checked, Optional.of(keyId), Optional.of(algorithm), provider);
    }

    /** The {@code kid}; empty if the JWK had none. */
    public Optional<String> keyId() {
        return keyId;
    }

    /** The one algorithm; empty for an RSA JWK that does not state it. */
    public Optional<JwsAlgorithm> algorithm() {
        return algorithm;
    }

    /** The RFC 7638 thumbprint with SHA-256 in base64url. */
    public String thumbprint() {
        return thumbprint;
    }

    /** The key as the JCA knows it. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** Whether this key's type, curve and stated algorithm allow signatures of the algorithm. */
    public boolean permits(JwsAlgorithm other) {
        return algorithm
                .map(own -> own.isSameOperation(other))
                .orElseGet(() -> other.isRsa() && publicKey instanceof RSAPublicKey);
    }

    /**
     * Whether this is a signature, as JWS carries it, over the octets from {@code start} to before {@code end}. Length
     * and, for ECDSA, range are checked here before the provider is asked (RFC 8725 §3.4). Says nothing about a JWT:
     * that is what {@code UnverifiedJwt.verify} is for.
     */
    public boolean verifies(JwsAlgorithm used, byte[] octets, int start, int end, byte[] signature) {
        if (!permits(used)) {
            throw new IllegalArgumentException("used is an algorithm this key is not for");
        }
        if (signature.length != signatureLength) {
            return false;
        }
        if (order.length > 0 && !EcdsaSignature.isInRange(signature, order)) {
            return false;
        }
        return pool(used).verify(octets, start, end, signature);
    }

    private SignaturePool pool(JwsAlgorithm used) {
        return algorithm.isPresent() || used == JwsAlgorithm.RS256
                ? pool
                : unpinnedPools.computeIfAbsent(used, each -> SignaturePool.verifying(each, publicKey, provider));
    }

    /** The public JWK with {@code kid}, {@code alg} and {@code use}, as far as known. */
    public JsonObject toJwk() {
        JsonObject.Builder jwk = PublicKeys.write(publicKey).toBuilder();
        keyId.ifPresent(id -> jwk.put("kid", id));
        algorithm.ifPresent(name -> jwk.put("alg", name.joseName()));
        return jwk.put("use", "sig").build();
    }

    /** Equal if key, identifier and algorithm are. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerificationKey that
                && thumbprint.equals(that.thumbprint)
                && keyId.equals(that.keyId)
                && algorithm.equals(that.algorithm);
    }

    @Override
    public int hashCode() {
        return thumbprint.hashCode();
    }

    @Override
    public String toString() {
        return "VerificationKey[kid=" + keyId.orElse("none") + ", alg="
                + algorithm.map(JwsAlgorithm::joseName).orElse("not pinned") + "]";
    }
}
