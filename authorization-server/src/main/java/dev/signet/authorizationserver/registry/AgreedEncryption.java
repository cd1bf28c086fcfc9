package dev.signet.authorizationserver.registry;

import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.key.DecryptionKey;

/**
 * How what is signed is encrypted between a client and this server: its request objects to a key of the server (RFC 9101 §6.1), or the
 * answers that it gets to a key of its own (RFC 9701 §6).
 *
 * @param algorithm the {@code alg}, of {@link DecryptionKey#ALGORITHMS}
 * @param encryption the {@code enc}, of {@link EncryptedJwt#ENCRYPTIONS}
 */
public record AgreedEncryption(String algorithm, String encryption) {

    /** The {@code enc} of an agreement that names none. */
    public static final String DEFAULT_ENCRYPTION = "A128CBC-HS256";

    /** @throws IllegalArgumentException if one of the two is not supported */
    public AgreedEncryption {
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
