package dev.signet.authorizationserver.store;

import java.util.Objects;

/** What came of a {@link Redemption}; nothing was recorded unless it was done. */
public sealed interface RedemptionOutcome {

    /** All is recorded. */
    record Done() implements RedemptionOutcome {}

    /** Something else was used before that the request may use once. */
    record Replayed(ReplayKey key) implements RedemptionOutcome {

        /** It is needed. */
        public Replayed {
            Objects.requireNonNull(key, "key");
        }
    }

    /** The code or refresh token was used before. */
    record Used() implements RedemptionOutcome {}

    /** The grant is revoked, or was never there. */
    record Revoked() implements RedemptionOutcome {}
}
