package dev.signet.app.listener;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's certificate chain and its private key, from PEM text. Checked: the key belongs to the first certificate.
 */
public final class TlsMaterial {

    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** Algorithm of a key to an algorithm of signatures, to try the pair. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private final List<Certificate> chain;
    private final PrivateKey key;

    private TlsMaterial(List<Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /** The certificates of a PEM file, the server's own first. */
    public static List<Certificate> certificates(String pem) {
        try {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (!chain.isEmpty()) {
                return List.copyOf(chain);
            }
        } catch (CertificateException e) {
            // Falls through: for whoever reads the message both are the same.
        }
        throw new IllegalArgumentException("expected a PEM file with X.509 certificates, the server's own first");
    }

    /**
     * The private key of a PEM file, to go with a certificate; the chain may stand in the same file. Signing keys are read
     * elsewhere: they come one to a file, are held to an algorithm, and never leave their class.
     */
    public static PrivateKey privateKey(String pem) {
        Matcher matcher = PRIVATE_KEY.matcher(pem);
        if (!matcher.find()) {
            throw new IllegalArgumentException(
                    "expected a PEM file with an unencrypted PKCS#8 private key " + "(-----BEGIN PRIVATE KEY-----)");
        }
        byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
        return SIGNATURES.keySet().stream()
                .sorted()
                .flatMap(algorithm -> privateKey(algorithm, der).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected an RSA, EC or Ed25519 private key"));
    }

    private static Optional<PrivateKey> privateKey(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // another kind of key
        }
    }

    /** A chain and the key of its first certificate. */
    public static TlsMaterial of(List<Certificate> chain, PrivateKey key) {
        if (!belongTogether(chain.get(0), key)) {
            throw new IllegalArgumentException("the private key does not belong to the first certificate");
        }
        return new TlsMaterial(List.copyOf(chain), key);
    }

    /** A key store for the listener, protected by {@code password} within this process. */
    KeyStore keyStore(String password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, password.toCharArray(), chain.toArray(Certificate[]::new));
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificate could not be put into a key store", e);
        }
    }

    private static boolean belongTogether(Certificate certificate, PrivateKey key) {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null || !certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            byte[] signature = signer.sign();
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(probe);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
