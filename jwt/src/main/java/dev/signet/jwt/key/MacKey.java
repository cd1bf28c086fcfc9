package dev.signet.jwt.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A shared secret for one of the HS algorithms: what {@code client_secret_jwt} is made and checked with. At least as
 * long as the hash (RFC 7518 §3.2, RFC 8725 §3.5). Thread-safe.
 */
public final class MacKey implements SignerKey {
    private static final int SLOTS = 4;

    private final JwsAlgorithm algorithm;
    private final SecretKeySpec key;
    private final AtomicReferenceArray<@Nullable Mac> slots = new AtomicReferenceArray<>(SLOTS);

    private MacKey(SecretKeySpec key, JwsAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    /** A key of these octets, which are copied. */
    public static MacKey of(byte[] secret, JwsAlgorithm algorithm) {
        if (!algorithm.isMac()) {
            throw new IllegalArgumentException("algorithm is not a MAC");
        }
        if (secret.length < algorithm.macLength()) {
            throw new KeyException(
                    "a secret for " + algorithm.joseName() + " needs at least " + algorithm.macLength() + " octets");
        }
        return new MacKey(new SecretKeySpec(secret, algorithm.standardName()), algorithm);
    }

    /** A key of the UTF-8 octets of a {@code client_secret} (OpenID Connect Core §10.1). */
    public static MacKey ofSecret(String clientSecret, JwsAlgorithm algorithm) {
        return of(clientSecret.getBytes(StandardCharsets.UTF_8), algorithm);
    }

    @Override
    public JwsAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public Optional<String> headerKeyId() {
        return Optional.empty();
    }

    @Override
    public byte[] sign(byte[] input) {
        return mac(input, 0, input.length);
    }

    /** Whether this is the MAC over the octets from {@code start} to before {@code end}; compared in constant time. */
    public boolean verifies(byte[] octets, int start, int end, byte[] mac) {
        return MessageDigest.isEqual(mac(octets, start, end), mac);
    }

    private byte[] mac(byte[] octets, int start, int end) {
        try {
            int slot = (int) Thread.currentThread().getId() & (SLOTS - 1);
            Mac kept = slots.getAndSet(slot, null);
            Mac mac = kept != null ? kept : make();
            mac.update(octets, start, end - start);
            byte[] result = mac.doFinal();
            slots.setRelease(slot, mac);
            return result;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JVM has " + algorithm.standardName(), impossible);
        }
    }

    private Mac make() throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm.standardName());
        mac.init(key);
        return mac;
    }

    /** Shows the algorithm only. */
    @Override
    public String toString() {
        return "MacKey[alg=" + algorithm.joseName() + "]";
    }
}
