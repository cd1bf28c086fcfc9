package dev.signet.jwt.key;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;

/**
 * Where cryptographic operations come from. A given provider need not be installed in the JVM; it is used for the
 * services it has, and the JVM's own for the rest.
 *
 * <p>ECDSA signatures are as the provider makes them: with the JVM's own and with Amazon Corretto Crypto Provider, from
 * fresh randomness of the provider's own source for each signature, not deterministic (RFC 6979).
 */
public final class CryptoProvider {
    private static final CryptoProvider JDK = new CryptoProvider(Optional.empty());

    private final Optional<Provider> preferred;

    private CryptoProvider(Optional<Provider> preferred) {
        this.preferred = preferred;
    }

    /** The JVM's installed providers. */
    public static CryptoProvider jdk() {
        return JDK;
    }

    /** The provider for all that it offers, the JVM's installed ones for the rest. */
    public static CryptoProvider of(Provider provider) {
        return new CryptoProvider(Optional.of(provider));
    }

    /** The name of the provider in use for the algorithm, for diagnostics. */
    public String nameFor(JwsAlgorithm algorithm) {
        return preferred
                .filter(provider -> provider.getService("Signature", algorithm.standardName()) != null)
                .map(Provider::getName)
                .orElse("JDK");
    }

    boolean hasPreferred() {
        return preferred.isPresent();
    }

    /** Whether the preferred provider, rather than the JVM, has this signature algorithm. */
    boolean prefersSignature(String name) {
        return preferred.isPresent() && preferred.get().getService("Signature", name) != null;
    }

    Signature signature(String name) throws NoSuchAlgorithmException {
        return prefersSignature(name)
                ? Signature.getInstance(name, preferred.orElseThrow())
                : Signature.getInstance(name);
    }

    KeyPairGenerator keyPairGenerator(String name) throws GeneralSecurityException {
        return preferred.isPresent() && preferred.get().getService("KeyPairGenerator", name) != null
                ? KeyPairGenerator.getInstance(name, preferred.get())
                : KeyPairGenerator.getInstance(name);
    }

    /** Names the provider. */
    @Override
    public String toString() {
        return "CryptoProvider[" + preferred.map(Provider::getName).orElse("JDK") + "]";
    }
}
