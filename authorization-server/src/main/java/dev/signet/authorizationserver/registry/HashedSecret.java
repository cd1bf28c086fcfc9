package dev.signet.authorizationserver.registry;

import dev.signet.jwt.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The salted SHA-256 of a client secret. Secrets are machine-made and long, so that a slow hash would cost the server more
 * than an attacker.
 */
public final class HashedSecret implements ClientSecret {

    private static final int SALT_LENGTH = 16;
    private static final int HASH_LENGTH = 32;

    private final byte[] salt;
    private final byte[] hash;

    private HashedSecret(byte[] salt, byte[] hash) {
        if (salt.length != SALT_LENGTH || hash.length != HASH_LENGTH) {
            throw new IllegalArgumentException("a hashed client secret has 16 octets of salt and 32 of hash");
        }
        this.salt = salt;
        this.hash = hash;
    }

    static HashedSecret of(String secret, SecureRandom random) {
        SecretSyntax.require(secret);
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        return new HashedSecret(salt, hash(salt, secret));
    }

    static HashedSecret read(JsonObject json) {
        return new HashedSecret(
                Base64.getUrlDecoder().decode(json.requireString("salt")),
                Base64.getUrlDecoder().decode(json.requireString("sha256")));
    }

    private static byte[] hash(byte[] salt, String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean matches(String presented) {
        return MessageDigest.isEqual(hash, hash(salt, presented));
    }

    @Override
    public JsonObject toJson() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return JsonObject.builder()
                .put("salt", base64.encodeToString(salt))
                .put("sha256", base64.encodeToString(hash))
                .build();
    }

    @Override
    public boolean isSensitive() {
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HashedSecret that
                && Arrays.equals(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "HashedSecret";
    }
}
