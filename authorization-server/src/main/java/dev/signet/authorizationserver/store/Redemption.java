package dev.signet.authorizationserver.store;

import dev.signet.core.JwtId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a {@link GrantStore} when tokens are issued for a code or a refresh token, all of it together.
 *
 * @param grantId the grant that it stands for
 * @param at the time of the request
 * @param accessToken which access token is issued
 * @param accessTokenExpiresAt its {@code exp}
 * @param storedToken what is kept about the access token, if its format needs that
 * @param refreshToken the refresh token that is issued, if one is
 * @param uses as for {@link ReplayGuard#consume}, in the same store; may be none
 */
public record Redemption(
        JwtId grantId,
        Presented presented,
        Instant at,
        JwtIdDigest accessToken,
        Instant accessTokenExpiresAt,
        Optional<StoredToken> storedToken,
        Optional<RefreshToken> refreshToken,
        List<SingleUse> uses) {

    /** Copies the uses. */
    public Redemption {
        Objects.requireNonNull(grantId, "grantId");
        Objects.requireNonNull(presented, "presented");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(accessTokenExpiresAt, "accessTokenExpiresAt");
        uses = List.copyOf(uses);
    }

    /**
     * A refresh token to be kept.
     *
     * @param expiresAt from when on it is refused, in whole seconds
     */
    public record RefreshToken(TokenDigest digest, Instant expiresAt) {

        /** Both are needed. */
        public RefreshToken {
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(expiresAt, "expiresAt");
        }
    }

    /** Starts the redemption of what was presented for a grant. */
    public static Builder of(StoredGrant grant, Presented presented, Instant at) {
        return new Builder(grant.id(), presented, at);
    }

    /** Until when something of it can be used. */
    public Instant lastExpiry() {
        Instant last = accessTokenExpiresAt;
        if (refreshToken.isPresent() && refreshToken.get().expiresAt().isAfter(last)) {
            last = refreshToken.get().expiresAt();
        }
        return presented instanceof Presented.LastingRefreshToken lasting
                        && lasting.expiresAt().isAfter(last)
                ? lasting.expiresAt()
                : last;
    }

    /** Collects a redemption; the access token must be given. */
    public static final class Builder {

        private final JwtId grantId;
        private final Presented presented;
        private final Instant at;
        private @Nullable JwtIdDigest accessToken;
        private @Nullable Instant accessTokenExpiresAt;
        private @Nullable StoredToken storedToken;
        private @Nullable RefreshToken refreshToken;
        private List<SingleUse> uses = List.of();

        private Builder(JwtId grantId, Presented presented, Instant at) {
            this.grantId = grantId;
            this.presented = presented;
            this.at = at;
        }

        /** The access token that is issued. */
        public Builder accessToken(JwtId jwtId, Instant expiresAt) {
            this.accessToken = JwtIdDigest.of(jwtId);
            this.accessTokenExpiresAt = expiresAt;
            return this;
        }

        /** What is kept about it. */
        public Builder storedToken(StoredToken kept) {
            this.storedToken = kept;
            return this;
        }

        /** The refresh token that is issued with it. */
        public Builder refreshToken(TokenDigest digest, Instant expiresAt) {
            this.refreshToken = new RefreshToken(digest, expiresAt);
            return this;
        }

        /** What else is used up. */
        public Builder uses(List<SingleUse> ofRequest) {
            this.uses = ofRequest;
            return this;
        }

        /**
         * The redemption.
         *
         * @throws IllegalArgumentException if there is no access token
         */
        public Redemption build() {
            if (accessToken == null || accessTokenExpiresAt == null) {
                throw new IllegalArgumentException("accessToken is missing");
            }
            return new Redemption(
                    grantId,
                    presented,
                    at,
                    accessToken,
                    accessTokenExpiresAt,
                    Optional.ofNullable(storedToken),
                    Optional.ofNullable(refreshToken),
                    uses);
        }
    }
}
