package dev.signet.authorizationserver.store;

import dev.signet.jwt.key.SigningKey;
import java.time.Instant;
import java.util.Objects;

/**
 * A signing key with its times. Of each algorithm the key in use is the one whose {@code activeFrom} is the latest that has come;
 * how a key stands is told by {@link dev.signet.authorizationserver.accesstoken.SigningKeyState}.
 *
 * @param key the key
 * @param publishedAt from when it is in the JWK Set
 * @param activeFrom from when it signs; not before {@code publishedAt}
 */
public record StoredSigningKey(SigningKey key, Instant publishedAt, Instant activeFrom) {

    /** @throws IllegalArgumentException if it were to sign before it is published */
    public StoredSigningKey {
        Objects.requireNonNull(key, "key");
        if (activeFrom.isBefore(publishedAt)) {
            throw new IllegalArgumentException("activeFrom must not be before publishedAt");
        }
    }
}
