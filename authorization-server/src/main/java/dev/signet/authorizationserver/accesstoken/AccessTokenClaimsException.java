package dev.signet.authorizationserver.accesstoken;

import dev.signet.core.error.RefusalReason;
import org.jspecify.annotations.Nullable;

/** Says that {@link AccessTokenClaims} gave no claims that a token can have. The fault is the server's: nothing is issued. */
public final class AccessTokenClaimsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;

    AccessTokenClaimsException(RefusalReason reason, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    /** Why, as a stable identifier. */
    public RefusalReason reason() {
        return reason;
    }
}
