package dev.signet.authorizationserver.registry;

import dev.signet.jwt.json.JsonObject;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What is kept of a client's secret: a hash, except where a MAC needs the secret itself (RFC 6749 §2.3.1, OpenID Connect
 * Core §9).
 */
public sealed interface ClientSecret permits HashedSecret, MacSecret {

    /** The fewest characters a secret may have. With chance in them a fast hash is enough, and guessing is hopeless. */
    int MINIMUM_LENGTH = 32;

    /** The most characters a secret may have. */
    int MAXIMUM_LENGTH = 1024;

    /**
     * The salted hash of a secret.
     *
     * @throws IllegalArgumentException if the secret is too short, too long or holds a control character
     */
    static HashedSecret hashed(String secret, SecureRandom random) {
        return HashedSecret.of(secret, random);
    }

    /**
     * The secret itself, to check MACs with.
     *
     * @throws IllegalArgumentException if the secret is too short, too long or holds a control character
     */
    static MacSecret forMac(String secret) {
        return new MacSecret(secret);
    }

    /** A new secret of 384 random bits: as long as every MAC wants it (RFC 7518 §3.2), in characters that need no escaping anywhere. */
    static String generate(SecureRandom random) {
        byte[] octets = new byte[48];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** Whether that is the secret; takes the same time whatever it is (RFC 6749 §10.12). */
    boolean matches(String presented);

    /** What a store keeps, sealed where {@link #isSensitive()}; {@link #fromJson} reads it. */
    JsonObject toJson();

    /** Whether whoever reads {@link #toJson()} could pose as the client. */
    boolean isSensitive();

    /**
     * Reads what {@link #toJson()} gave.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static ClientSecret fromJson(JsonObject json) {
        return json.has("secret") ? MacSecret.read(json) : HashedSecret.read(json);
    }
}
