package dev.signet.authorizationserver.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A code or refresh token as it is kept.
 *
 * @param grant what it stands for
 * @param expiresAt from when on it is refused
 * @param usedAt when it was used up, if it was
 */
public record Redeemable(StoredGrant grant, Instant expiresAt, Optional<Instant> usedAt) {

    /** All are needed. */
    public Redeemable {
        Objects.requireNonNull(grant, "grant");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(usedAt, "usedAt");
    }

    /** Whether it may be redeemed as that, if it has not expired. */
    public boolean isUsable(Presented presented) {
        return usedAt.map(presented::isUsableAgain).orElse(true);
    }
}
