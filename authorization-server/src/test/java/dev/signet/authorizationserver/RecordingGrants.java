package dev.signet.authorizationserver;

import dev.signet.authorizationserver.store.GrantRevocation;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.Redeemable;
import dev.signet.authorizationserver.store.Redemption;
import dev.signet.authorizationserver.store.RedemptionOutcome;
import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Remembers what was granted, and keeps it in another store. */
final class RecordingGrants implements GrantStore {

    /** A grant with what was put beside it. */
    record Put(StoredGrant grant, TokenDigest code, Instant codeExpiresAt) {}

    final List<Put> all = new CopyOnWriteArrayList<>();
    private volatile @Nullable GrantStore kept;
    private volatile boolean failing;

    /** Keeps them there from now on. */
    void keepIn(GrantStore store) {
        kept = store;
    }

    /** Answers nothing any more. */
    void fail() {
        failing = true;
    }

    private GrantStore kept() {
        if (failing) {
            throw new StoreException("hunter2");
        }
        return Objects.requireNonNull(kept);
    }

    @Override
    public Optional<ReplayKey> put(StoredGrant grant, TokenDigest code, Instant codeExpiresAt, List<SingleUse> uses) {
        Optional<ReplayKey> used = kept().put(grant, code, codeExpiresAt, uses);
        if (used.isEmpty()) {
            all.add(new Put(grant, code, codeExpiresAt));
        }
        return used;
    }

    @Override
    public Optional<Redeemable> findCode(TokenDigest code) {
        return kept().findCode(code);
    }

    @Override
    public Optional<Redeemable> findRefreshToken(TokenDigest refreshToken) {
        return kept().findRefreshToken(refreshToken);
    }

    @Override
    public RedemptionOutcome redeem(Redemption redemption) {
        return kept().redeem(redemption);
    }

    @Override
    public GrantRevocation revoke(JwtId grantId, List<SingleUse> uses) {
        return kept().revoke(grantId, uses);
    }

    @Override
    public List<RevokedToken> revokeAll(ClientId clientId, String subject) {
        return kept().revokeAll(clientId, subject);
    }
}
