package dev.signet.jwt;

import dev.signet.jwt.key.EncryptionKey;
import java.nio.charset.StandardCharsets;

/**
 * Encrypts signed JWTs to one recipient: sign, then encrypt (RFC 7519 §11.2). The recipient reads the result with
 * {@link EncryptedJwt}. Encrypting proves nothing about the sender; the signature within does. Thread-safe.
 */
public final class JwtEncrypter {
    private final EncryptionKey key;
    private final String encryption;

    private JwtEncrypter(EncryptionKey key, String encryption) {
        this.key = key;
        this.encryption = encryption;
    }

    /**
     * An encrypter whose JWEs carry {@code alg}, {@code enc}, {@code cty} and, if the key has one, {@code kid}.
     *
     * @param encryption the {@code enc}, of {@link EncryptedJwt#ENCRYPTIONS}
     */
    public static JwtEncrypter of(EncryptionKey key, String encryption) {
        if (!EncryptedJwt.ENCRYPTIONS.contains(encryption)) {
            throw new IllegalArgumentException("encryption must be one of " + EncryptedJwt.ENCRYPTIONS);
        }
        return new JwtEncrypter(key, encryption);
    }

    /**
     * The compact JWE around a signed JWT.
     *
     * @throws IllegalArgumentException if it is not the compact serialization of a signed JWT
     */
    public String encrypt(String signedJwt) {
        if (signedJwt.chars().filter(unit -> unit == '.').count() != UnverifiedJwt.PARTS - 1) {
            throw new IllegalArgumentException("signedJwt is not the compact serialization of a signed JWT");
        }
        return key.encrypt(encryption, "JWT", signedJwt.getBytes(StandardCharsets.US_ASCII));
    }

    /** Shows the algorithms only. */
    @Override
    public String toString() {
        return "JwtEncrypter[alg=" + key.algorithm() + ", enc=" + encryption + "]";
    }
}
