package dev.signet.client;

import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.SignerKey;
import java.util.List;

/**
 * What protects the request objects that a client makes (RFC 9101 §4): a signature always, and encryption to the server where that is
 * wanted.
 *
 * <pre>{@code
 * RequestProtection protection = RequestProtection.signed(signingKey).encrypted();
 * }</pre>
 *
 * @param key a private key whose public half the server knows as the client's; it may be another than the one that the client
 *     authenticates with (RFC 9101 §10.8)
 * @param algorithms the key management algorithms to choose from, the best first; empty if nothing is encrypted
 * @param contents the content encryption algorithms to choose from, the best first; empty if nothing is encrypted
 */
public record RequestProtection(SignerKey key, List<String> algorithms, List<String> contents) {

    /** @throws IllegalArgumentException if the key is a shared secret, or an algorithm is not one there is */
    public RequestProtection {
        algorithms = List.copyOf(algorithms);
        contents = List.copyOf(contents);
        if (key.algorithm().isMac()) {
            throw new IllegalArgumentException("key is a shared secret");
        }
        if (!DecryptionKey.ALGORITHMS.containsAll(algorithms)) {
            throw new IllegalArgumentException("algorithms must be of " + DecryptionKey.ALGORITHMS);
        }
        if (!EncryptedJwt.ENCRYPTIONS.containsAll(contents)) {
            throw new IllegalArgumentException("contents must be of " + EncryptedJwt.ENCRYPTIONS);
        }
        if (algorithms.isEmpty() != contents.isEmpty()) {
            throw new IllegalArgumentException("algorithms and contents belong together");
        }
    }

    /** Signed with that key. */
    public static RequestProtection signed(SignerKey key) {
        return new RequestProtection(key, List.of(), List.of());
    }

    /** Then encrypted, by the best that the server has a key for. */
    public RequestProtection encrypted() {
        return new RequestProtection(key, ServerEncryption.ALGORITHMS, List.copyOf(EncryptedJwt.ENCRYPTIONS));
    }

    /**
     * Then encrypted as the client is registered for.
     *
     * @param algorithm its {@code request_object_encryption_alg}
     * @param content its {@code request_object_encryption_enc}
     */
    public RequestProtection encrypted(String algorithm, String content) {
        return new RequestProtection(key, List.of(algorithm), List.of(content));
    }

    /** Whether it is more than signed. */
    public boolean isEncrypted() {
        return !algorithms.isEmpty();
    }
}
