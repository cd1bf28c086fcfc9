package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.store.GrantRevocation;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.Presented;
import dev.signet.authorizationserver.store.Redeemable;
import dev.signet.authorizationserver.store.Redemption;
import dev.signet.authorizationserver.store.RedemptionOutcome;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Keeps grants as long as the process lives: after a restart all have to be given again, and access tokens from before can't be
 * revoked by their grant. For tests, and for one node whose operator accepts that. Each grant that is put clears away a few of which
 * nothing is good any more.
 */
public final class InMemoryGrantStore implements GrantStore {

    private static final int CLEARED_PER_GRANT = 4;

    private final Clock clock;
    private final ReplayGuard replayGuard;
    private final StoredTokens storedTokens;
    private final RevokedTokens revokedTokens;
    private final Map<JwtId, Kept> grants = new HashMap<>();
    private final Map<TokenDigest, Kept> codes = new HashMap<>();
    private final Map<TokenDigest, Kept> refreshTokens = new HashMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));

    /**
     * A store without grants.
     *
     * @param clock says when nothing of a grant is good any more
     * @param replayGuard where the uses of requests are recorded
     * @param storedTokens where it is kept what access tokens stand for that don't say it themselves
     * @param revokedTokens where the access tokens of revoked grants go
     */
    public InMemoryGrantStore(
            Clock clock, ReplayGuard replayGuard, StoredTokens storedTokens, RevokedTokens revokedTokens) {
        this.clock = clock;
        this.replayGuard = replayGuard;
        this.storedTokens = storedTokens;
        this.revokedTokens = revokedTokens;
    }

    /** When to look whether a grant may be forgotten. */
    private record Due(JwtId grantId, Instant at) {}

    private record RefreshTokenState(Instant expiresAt, Optional<Instant> usedAt) {}

    /** Only touched under the lock of the store. */
    private static final class Kept {

        private final StoredGrant grant;
        private final TokenDigest code;
        private final Instant codeExpiresAt;
        private final Map<TokenDigest, RefreshTokenState> refreshTokens = new HashMap<>();
        private final List<RevokedToken> accessTokens = new ArrayList<>();
        private Optional<Instant> codeUsedAt = Optional.empty();
        private Instant goodUntil;

        Kept(StoredGrant grant, TokenDigest code, Instant codeExpiresAt) {
            this.grant = grant;
            this.code = code;
            this.codeExpiresAt = codeExpiresAt;
            this.goodUntil = codeExpiresAt;
        }

        Redeemable code() {
            return new Redeemable(grant, codeExpiresAt, codeUsedAt);
        }

        @Nullable
        Redeemable find(Presented presented) {
            return presented instanceof Presented.Code ? code() : refreshToken(presented.digest());
        }

        @Nullable
        Redeemable refreshToken(TokenDigest digest) {
            RefreshTokenState state = refreshTokens.get(digest);
            return state == null ? null : new Redeemable(grant, state.expiresAt(), state.usedAt());
        }
    }

    @Override
    public synchronized Optional<ReplayKey> put(
            StoredGrant grant, TokenDigest code, Instant codeExpiresAt, List<SingleUse> uses) {
        Optional<ReplayKey> used = uses.isEmpty() ? Optional.empty() : replayGuard.consume(uses);
        if (used.isPresent()) {
            return used;
        }
        clear(clock.instant());
        Kept kept = new Kept(grant, code, codeExpiresAt);
        grants.put(grant.id(), kept);
        codes.put(code, kept);
        due.add(new Due(grant.id(), codeExpiresAt));
        return Optional.empty();
    }

    private void clear(Instant now) {
        for (int cleared = 0; cleared < CLEARED_PER_GRANT; cleared++) {
            Due oldest = due.peek();
            if (oldest == null || oldest.at().isAfter(now)) {
                return;
            }
            due.remove();
            Kept kept = grants.get(oldest.grantId());
            if (kept != null && kept.goodUntil.isAfter(now)) {
                due.add(new Due(oldest.grantId(), kept.goodUntil));
            } else if (kept != null) {
                remove(kept);
            }
        }
    }

    private void remove(Kept kept) {
        grants.remove(kept.grant.id());
        codes.remove(kept.code);
        kept.refreshTokens.keySet().forEach(refreshTokens::remove);
    }

    @Override
    public synchronized Optional<Redeemable> findCode(TokenDigest code) {
        return Optional.ofNullable(codes.get(code)).map(Kept::code);
    }

    @Override
    public synchronized Optional<Redeemable> findRefreshToken(TokenDigest refreshToken) {
        return Optional.ofNullable(refreshTokens.get(refreshToken)).map(kept -> kept.refreshToken(refreshToken));
    }

    @Override
    public synchronized RedemptionOutcome redeem(Redemption redemption) {
        Kept kept = grants.get(redemption.grantId());
        Redeemable presented = kept == null ? null : kept.find(redemption.presented());
        if (kept == null || presented == null) {
            return new RedemptionOutcome.Revoked();
        }
        if (!presented.isUsable(redemption.presented())) {
            return new RedemptionOutcome.Used();
        }
        Optional<ReplayKey> replayed = redemption
                .storedToken()
                .map(token -> storedTokens.put(token, redemption.uses()))
                .orElseGet(() -> consume(redemption.uses()));
        if (replayed.isPresent()) {
            return new RedemptionOutcome.Replayed(replayed.get());
        }
        record(redemption, presented, kept);
        return new RedemptionOutcome.Done();
    }

    private Optional<ReplayKey> consume(List<SingleUse> uses) {
        return uses.isEmpty() ? Optional.empty() : replayGuard.consume(uses);
    }

    private void record(Redemption redemption, Redeemable presented, Kept kept) {
        forgetExpired(kept, redemption.at());
        Optional<Instant> usedAt = presented.usedAt().or(() -> Optional.of(redemption.at()));
        if (redemption.presented() instanceof Presented.LastingRefreshToken lasting) {
            kept.refreshTokens.put(lasting.digest(), new RefreshTokenState(lasting.expiresAt(), Optional.empty()));
        } else if (redemption.presented() instanceof Presented.RotatedRefreshToken rotated) {
            kept.refreshTokens.put(rotated.digest(), new RefreshTokenState(presented.expiresAt(), usedAt));
        } else {
            kept.codeUsedAt = usedAt;
        }
        redemption.refreshToken().ifPresent(next -> {
            kept.refreshTokens.put(next.digest(), new RefreshTokenState(next.expiresAt(), Optional.empty()));
            refreshTokens.put(next.digest(), kept);
        });
        kept.accessTokens.add(new RevokedToken(redemption.accessToken(), redemption.accessTokenExpiresAt()));
        if (redemption.lastExpiry().isAfter(kept.goodUntil)) {
            kept.goodUntil = redemption.lastExpiry();
        }
    }

    private void forgetExpired(Kept kept, Instant now) {
        kept.accessTokens.removeIf(token -> !token.expiresAt().isAfter(now));
        kept.refreshTokens.entrySet().removeIf(entry -> {
            boolean expired = !entry.getValue().expiresAt().isAfter(now);
            if (expired) {
                refreshTokens.remove(entry.getKey());
            }
            return expired;
        });
    }

    @Override
    public synchronized GrantRevocation revoke(JwtId grantId, List<SingleUse> uses) {
        Optional<ReplayKey> replayed = consume(uses);
        if (replayed.isPresent()) {
            return GrantRevocation.refused(replayed.get());
        }
        Kept kept = grants.get(grantId);
        return GrantRevocation.of(kept == null ? List.of() : revoke(kept));
    }

    @Override
    public synchronized List<RevokedToken> revokeAll(ClientId clientId, String subject) {
        List<RevokedToken> revoked = new ArrayList<>();
        grants.values().stream()
                .filter(kept -> kept.grant.clientId().equals(clientId)
                        && kept.grant.subject().equals(subject))
                .toList()
                .forEach(kept -> revoked.addAll(revoke(kept)));
        return revoked;
    }

    private List<RevokedToken> revoke(Kept kept) {
        remove(kept);
        Instant now = clock.instant();
        List<RevokedToken> live = kept.accessTokens.stream()
                .filter(token -> token.expiresAt().isAfter(now))
                .toList();
        live.forEach(token -> revokedTokens.revoke(token, List.of()));
        return live;
    }

    /** How many grants are kept. */
    public synchronized int size() {
        return grants.size();
    }
}
