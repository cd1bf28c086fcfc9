package dev.signet.client;

import dev.signet.client.Failure.Unreachable;
import dev.signet.client.Failure.Unusable;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Encrypts assertions to the authorization server, with what it publishes for that (RFC 7523 §7, RFC 7519 §11.2). */
final class AssertionEncryption {

    /** The best first. */
    private static final List<String> ALGORITHMS =
            List.of("ECDH-ES+A256KW", "ECDH-ES+A128KW", "ECDH-ES", "RSA-OAEP-256");

    private static final String ENCRYPTION = "A256GCM";

    private final KeySource keys;

    AssertionEncryption(KeySource keys) {
        this.keys = keys;
    }

    /** The assertion as a nested JWT; never as it was. */
    String encrypt(String assertion, URI endpoint) throws FailureException {
        try {
            Optional<EncryptionKey> key = ALGORITHMS.stream()
                    .flatMap(algorithm -> keys.encryptionKeys(algorithm).stream())
                    .findFirst();
            if (key.isEmpty()) {
                throw new FailureException(new Unusable(
                        Problem.NO_ENCRYPTION_KEY, "the server publishes no key to encrypt assertions to", endpoint));
            }
            return JwtEncrypter.of(key.get(), ENCRYPTION).encrypt(assertion);
        } catch (KeysUnavailableException e) {
            throw new FailureException(new Unreachable(e.detail(), endpoint, Optional.empty()));
        }
    }
}
