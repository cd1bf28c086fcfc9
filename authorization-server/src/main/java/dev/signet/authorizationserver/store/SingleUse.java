package dev.signet.authorizationserver.store;

import java.time.Instant;
import java.util.Objects;

/**
 * A use that must stay the only one.
 *
 * @param key what is used
 * @param expiresAt from when on the key is refused for its age anyway: {@code exp} plus the allowed skew
 */
public record SingleUse(ReplayKey key, Instant expiresAt) {

    /** Both are needed. */
    public SingleUse {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
