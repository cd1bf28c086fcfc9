package dev.signet.jwt.key;

import dev.signet.jwt.internal.Curve;
import dev.signet.jwt.internal.EcdsaSignature;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Initialised {@link Signature} objects of one key and algorithm, reused: making one costs as much as a fast
 * provider's signature. Nobody waits: who finds no object makes one, who finds the slot full on return replaces what
 * is in it. An object that has thrown is not used again.
 */
final class SignaturePool {
    private static final int SLOTS = 16;

    /** Gives the key to a new object. */
    private interface Initialization {
        void of(Signature signature) throws InvalidKeyException;
    }

    private final AtomicReferenceArray<@Nullable Signature> slots = new AtomicReferenceArray<>(SLOTS);
    private final JwsAlgorithm algorithm;
    private final CryptoProvider provider;
    private final Initialization initialization;
    private final String name;
    private final boolean der;

    private SignaturePool(JwsAlgorithm algorithm, CryptoProvider provider, Initialization initialization)
            throws GeneralSecurityException {
        this.algorithm = algorithm;
        this.provider = provider;
        this.initialization = initialization;
        String standard = algorithm.standardName();
        String raw = standard + "inP1363Format";
        boolean ecdsa = algorithm.family() == JwsAlgorithm.Family.EC;
        // A preferred provider that knows only DER is still preferred.
        this.der = ecdsa && !provider.prefersSignature(raw) && provider.prefersSignature(standard);
        this.name = ecdsa && !der ? raw : standard;
        giveBack(make());
    }

    static SignaturePool verifying(JwsAlgorithm algorithm, PublicKey key, CryptoProvider provider) {
        return create(algorithm, provider, signature -> signature.initVerify(key));
    }

    static SignaturePool signing(JwsAlgorithm algorithm, PrivateKey key, CryptoProvider provider) {
        return create(algorithm, provider, signature -> signature.initSign(key));
    }

    private static SignaturePool create(
            JwsAlgorithm algorithm, CryptoProvider provider, Initialization initialization) {
        try {
            return new SignaturePool(algorithm, provider, initialization);
        } catch (GeneralSecurityException | RuntimeException refused) {
            if (provider.hasPreferred()) {
                // It has the algorithm but not for this key.
                return create(algorithm, CryptoProvider.jdk(), initialization);
            }
            throw new KeyException("the key cannot be used for " + algorithm.joseName(), refused);
        }
    }

    private Signature make() throws GeneralSecurityException {
        Signature signature = provider.signature(name);
        if (algorithm.parameters().isPresent()) {
            signature.setParameter(algorithm.parameters().get());
        }
        initialization.of(signature);
        return signature;
    }

    private Signature take() throws GeneralSecurityException {
        Signature kept = slots.getAndSet(slot(), null);
        return kept != null ? kept : make();
    }

    private void giveBack(Signature signature) {
        slots.setRelease(slot(), signature);
    }

    private static int slot() {
        return (int) Thread.currentThread().getId() & (SLOTS - 1);
    }

    /** Whether this is a signature over the octets from {@code start} to before {@code end}; a provider that throws says no. */
    boolean verify(byte[] octets, int start, int end, byte[] signature) {
        try {
            Signature verifier = take();
            verifier.update(octets, start, end - start);
            boolean good = verifier.verify(der ? EcdsaSignature.toDer(signature) : signature);
            giveBack(verifier);
            return good;
        } catch (GeneralSecurityException | RuntimeException refused) {
            return false;
        }
    }

    /** The signature over the octets, in the form JWS carries. */
    byte[] sign(byte[] input) {
        try {
            Signature signer = take();
            signer.update(input);
            byte[] made = signer.sign();
            giveBack(signer);
            return der ? fromDer(made) : made;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException("signing with " + algorithm.joseName() + " failed", failed);
        }
    }

    private byte[] fromDer(byte[] made) throws SignatureException {
        int length = algorithm.curve().map(Curve::coordinateLength).orElse(0);
        byte[] raw = EcdsaSignature.fromDer(made, length);
        if (raw == null) {
            throw new SignatureException("the provider's signature is not DER");
        }
        return raw;
    }
}
