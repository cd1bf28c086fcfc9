package dev.signet.authorizationserver.store;

import java.util.List;

/**
 * What was revoked after a mark, oldest first.
 *
 * @param revoked the tokens; those that have expired may be left out
 * @param mark what to ask with next. One that is lower than the mark asked with says that the store was set back, to a copy
 *     for example: who asks begins anew, with {@link RevokedTokens#START}
 * @param more whether there is more already
 */
public record RevocationChanges(List<RevokedToken> revoked, long mark, boolean more) {

    /** Copies the list. */
    public RevocationChanges {
        revoked = List.copyOf(revoked);
    }
}
