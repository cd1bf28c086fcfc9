package dev.signet.authorizationserver.registry;

import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.key.DecryptionKey;

/**
 * How answers to a client are encrypted, after they were signed (RFC 9701 §6). The key is one of the client's own.
 *
 * @param algorithm the {@code alg}, of {@link DecryptionKey#ALGORITHMS}
 * @param encryption the {@code enc}, of {@link EncryptedJwt#ENCRYPTIONS}
 */
public record ResponseEncryption(String algorithm, String encryption) {

    /** The {@code enc} of a client that names none. */
    public static final String DEFAULT_ENCRYPTION = "A128CBC-HS256";

    /** @throws IllegalArgumentException if one of the two is not supported */
    public ResponseEncryption {
        if (!DecryptionKey.ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException(
                    "the key management algorithm is not supported: expected one of " + DecryptionKey.ALGORITHMS);
        }
        if (!EncryptedJwt.ENCRYPTIONS.contains(encryption)) {
            throw new IllegalArgumentException(
                    "the content encryption is not supported: expected one of " + EncryptedJwt.ENCRYPTIONS);
        }
    }
}
