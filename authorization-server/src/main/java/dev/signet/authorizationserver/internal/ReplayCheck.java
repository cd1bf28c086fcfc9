package dev.signet.authorizationserver.internal;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.util.List;
import java.util.Optional;

/** Refuses what was used before: the last question about a request (RFC 7523 §3 item 7). Thread-safe. */
public final class ReplayCheck {

    private final ReplayGuard replayGuard;

    /** Asks that one. */
    public ReplayCheck(ReplayGuard replayGuard) {
        this.replayGuard = replayGuard;
    }

    /**
     * Records all uses of a request, or none.
     *
     * @throws OAuthException as {@link #requireFirst}
     */
    public void consume(List<SingleUse> uses) {
        if (!uses.isEmpty()) {
            requireFirst(replayGuard.consume(uses));
        }
    }

    /**
     * Goes on if nothing was used before.
     *
     * @param replayed what a store found used
     * @throws OAuthException {@code invalid_client} if that is the client's own assertion, else {@code invalid_grant}
     */
    public static void requireFirst(Optional<ReplayKey> replayed) {
        if (replayed.isPresent()) {
            String detail = "the assertion with this jti was used before";
            throw replayed.get().use().equals(ReplayKey.CLIENT_AUTHENTICATION)
                    ? OAuthException.invalidClient(RefusalReason.ASSERTION_REPLAYED, detail)
                    : OAuthException.invalidGrant(RefusalReason.ASSERTION_REPLAYED, detail);
        }
    }
}
