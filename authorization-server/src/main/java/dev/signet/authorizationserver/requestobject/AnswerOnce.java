package dev.signet.authorizationserver.requestobject;

import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.util.List;

/** Gives one answer to a request that may have one only (RFC 9101 §10.2, RFC 9126 §4, §7.3). Thread-safe. */
public final class AnswerOnce {

    private final ReplayGuard replayGuard;

    /** Records answers there. */
    public AnswerOnce(ReplayGuard replayGuard) {
        this.replayGuard = replayGuard;
    }

    /**
     * Records that the answer is given now.
     *
     * @param uses what it uses up; may be none
     * @throws OAuthException {@link #refusal} if there was one before
     */
    public void record(List<SingleUse> uses) {
        if (!uses.isEmpty()) {
            replayGuard.consume(uses).ifPresent(used -> {
                throw refusal(used);
            });
        }
    }

    /**
     * The refusal of whoever comes second.
     *
     * @param used what a store found used
     * @return {@code invalid_request_uri} of a pushed request, else {@code invalid_request_object}
     */
    public static OAuthException refusal(ReplayKey used) {
        if (used.use().equals(ReplayKey.PUSHED_REQUEST)) {
            return PushedRequests.unknown(
                    RefusalReason.REQUEST_OBJECT_ANSWERED, "the pushed request was answered before");
        }
        return OAuthException.invalidRequestObject(
                RefusalReason.REQUEST_OBJECT_ANSWERED, "a request object with this jti was answered before");
    }
}
