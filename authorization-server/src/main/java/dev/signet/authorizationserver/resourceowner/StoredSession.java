package dev.signet.authorizationserver.resourceowner;

import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.authorization.Authentication;
import java.time.Instant;
import java.util.Objects;

/**
 * That somebody signed in with a user agent, and need not do so again for a while.
 *
 * @param id the digest of the secret that the user agent has
 * @param subject who it is
 * @param authentication how and when that was found out
 * @param startedAt when it began; however much it is used, it ends some time after that
 * @param expiresAt when it ends unless it is used before
 */
public record StoredSession(
        TokenDigest id, String subject, Authentication authentication, Instant startedAt, Instant expiresAt) {

    /** @throws IllegalArgumentException if nobody can be the subject */
    public StoredSession {
        Objects.requireNonNull(id, "id");
        if (!Account.isSubject(subject)) {
            throw new IllegalArgumentException("subject must be one that an account can have");
        }
        Objects.requireNonNull(authentication, "authentication");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** When it ends. */
    @Override
    public String toString() {
        return "StoredSession until " + expiresAt;
    }
}
