package dev.signet.authorizationserver.store;

import dev.signet.jwt.key.PrivateJwk;
import java.time.Instant;
import java.util.Objects;

/**
 * A key of the server with its times. Of each algorithm the key in use is the one whose {@code activeFrom} is the latest that has
 * come; how a key stands is told by {@link KeyState}.
 *
 * @param <K> a signing key, or a decryption key
 * @param key the key
 * @param publishedAt from when it is in the JWK Set
 * @param activeFrom from when it takes the place of the one before it: it signs, or others can only encrypt to it; not before
 *     {@code publishedAt}
 */
public record StoredKey<K extends PrivateJwk>(K key, Instant publishedAt, Instant activeFrom) {

    /** @throws IllegalArgumentException if it were to be active before it is published */
    public StoredKey {
        Objects.requireNonNull(key, "key");
        if (activeFrom.isBefore(publishedAt)) {
            throw new IllegalArgumentException("activeFrom must not be before publishedAt");
        }
    }
}
