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

/** Encrypts signed JWTs to the authorization server, with what it publishes for that (RFC 7519 §11.2). */
final class ServerEncryption {

    /** The best first. */
    static final List<String> ALGORITHMS = List.of("ECDH-ES+A256KW", "ECDH-ES+A128KW", "ECDH-ES", "RSA-OAEP-256");

    private final KeySource keys;

    ServerEncryption(KeySource keys) {
        this.keys = keys;
    }

    /**
     * The JWT as a nested one; never as it was.
     *
     * @param algorithms to choose from, the best first
     * @param contents how the JWT itself is encrypted
     * @param endpoint what it is for
     */
    String encrypt(String signed, List<String> algorithms, String contents, URI endpoint) throws FailureException {
        try {
            Optional<EncryptionKey> key = algorithms.stream()
                    .flatMap(algorithm -> keys.encryptionKeys(algorithm).stream())
                    .findFirst();
            if (key.isEmpty()) {
                throw new FailureException(
                        new Unusable(Problem.NO_ENCRYPTION_KEY, "the server publishes no key to encrypt to", endpoint));
            }
            return JwtEncrypter.of(key.get(), contents).encrypt(signed);
        } catch (KeysUnavailableException e) {
            throw new FailureException(new Unreachable(e.detail(), endpoint, Optional.empty()));
        }
    }
}
