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
     * Records all uses of a request that authenticate its client, or none.
     *
     * @throws OAuthException as {@link #requireFirst}
     */
    public void consume(List<SingleUse> ofClient) {
        consume(ofClient, ofClient);
    }

    /**
     * Records all uses of a request, or none.
     *
     * @param ofClient those among them that authenticate the client
     * @throws OAuthException as {@link #requireFirst}
     */
    public void consume(List<SingleUse> uses, List<SingleUse> ofClient) {
        if (!uses.isEmpty()) {
            requireFirst(replayGuard.consume(uses), ofClient);
        }
    }

    /**
     * Goes on if nothing was used before.
     *
     * @param replayed what a store found used
     * @param ofClient what authenticates the client
     * @throws OAuthException {@code invalid_client} if it is among that, else {@code invalid_grant}
     */
    public static void requireFirst(Optional<ReplayKey> replayed, List<SingleUse> ofClient) {
        if (replayed.isPresent()) {
            String detail = "the assertion with this jti was used before";
            throw ofClient.stream().anyMatch(use -> use.key().equals(replayed.get()))
                    ? OAuthException.invalidClient(RefusalReason.ASSERTION_REPLAYED, detail)
                    : OAuthException.invalidGrant(RefusalReason.ASSERTION_REPLAYED, detail);
        }
    }
}
