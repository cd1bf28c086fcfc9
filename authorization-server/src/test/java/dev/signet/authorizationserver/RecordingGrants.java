package dev.signet.authorizationserver;

import dev.signet.authorizationserver.store.GrantRevocation;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.Redeemable;
import dev.signet.authorizationserver.store.Redemption;
import dev.signet.authorizationserver.store.RedemptionOutcome;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was granted, for tests in which nothing comes of it. */
class RecordingGrants implements GrantStore {

    /** A grant with what was put beside it. */
    record Put(StoredGrant grant, TokenDigest code, Instant codeExpiresAt) {}

    final List<Put> all = new CopyOnWriteArrayList<>();

    @Override
    public void put(StoredGrant grant, TokenDigest code, Instant codeExpiresAt) {
        all.add(new Put(grant, code, codeExpiresAt));
    }

    @Override
    public Optional<Redeemable> findCode(TokenDigest code) {
        return Optional.empty();
    }

    @Override
    public Optional<Redeemable> findRefreshToken(TokenDigest refreshToken) {
        return Optional.empty();
    }

    @Override
    public RedemptionOutcome redeem(Redemption redemption) {
        return new RedemptionOutcome.Revoked();
    }

    @Override
    public GrantRevocation revoke(JwtId grantId, List<SingleUse> uses) {
        return GrantRevocation.of(List.of());
    }

    @Override
    public List<RevokedToken> revokeAll(ClientId clientId, String subject) {
        return List.of();
    }
}
