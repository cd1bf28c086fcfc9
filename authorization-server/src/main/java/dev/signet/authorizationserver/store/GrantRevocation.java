package dev.signet.authorizationserver.store;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of revoking a grant.
 *
 * @param replayed what the request may use once and was used before; then nothing was revoked
 * @param accessTokens those that were revoked with the grant
 */
public record GrantRevocation(Optional<ReplayKey> replayed, List<RevokedToken> accessTokens) {

    /** Copies the list. */
    public GrantRevocation {
        Objects.requireNonNull(replayed, "replayed");
        accessTokens = List.copyOf(accessTokens);
    }

    /** It was revoked, and these with it. */
    public static GrantRevocation of(List<RevokedToken> accessTokens) {
        return new GrantRevocation(Optional.empty(), accessTokens);
    }

    /** Nothing was revoked. */
    public static GrantRevocation refused(ReplayKey replayed) {
        return new GrantRevocation(Optional.of(replayed), List.of());
    }
}
