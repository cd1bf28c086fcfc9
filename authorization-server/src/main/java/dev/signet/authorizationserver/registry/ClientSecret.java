package dev.signet.authorizationserver.registry;

import dev.signet.jwt.json.JsonObject;
import java.security.SecureRandom;

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
