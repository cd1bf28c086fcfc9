package dev.signet.authorizationserver.registry;

import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.key.EncryptionKey;

/**
 * What the access tokens of a resource look like (RFC 9068 §1, §6). The resource server of opaque tokens asks about them (RFC
 * 7662); the others it can check by itself. Clients see no difference.
 */
public sealed interface TokenFormat {

    /** Signed JWTs, which everybody can read who gets hold of one. */
    static TokenFormat jwt() {
        return new Jwt();
    }

    /** Random texts that say nothing to anybody; the server keeps what they stand for. */
    static TokenFormat opaque() {
        return new Opaque();
    }

    /**
     * Signed JWTs, encrypted to the resource server, so that the client can't read them. This server can't either, and keeps
     * what they stand for.
     *
     * @param key the public key of the resource server, for one {@code alg}
     * @param encryption the {@code enc}, of {@link EncryptedJwt#ENCRYPTIONS}
     * @throws IllegalArgumentException if there is no such {@code enc}
     */
    static TokenFormat encryptedJwt(EncryptionKey key, String encryption) {
        return new Encrypted(JwtEncrypter.of(key, encryption));
    }

    /** Whether the server keeps what the tokens stand for. */
    boolean isKept();

    /** See {@link #jwt()}. */
    record Jwt() implements TokenFormat {

        @Override
        public boolean isKept() {
            return false;
        }
    }

    /** See {@link #opaque()}. */
    record Opaque() implements TokenFormat {

        @Override
        public boolean isKept() {
            return true;
        }
    }

    /**
     * See {@link #encryptedJwt}.
     *
     * @param encrypter what encrypts the signed JWT
     */
    record Encrypted(JwtEncrypter encrypter) implements TokenFormat {

        @Override
        public boolean isKept() {
            return true;
        }
    }
}
