package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.RefreshTokenRotation;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.Presented;
import dev.signet.authorizationserver.store.Redeemable;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ParameterName;
import dev.signet.core.token.GrantType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A refresh token stands for what was granted before (RFC 6749 §6). One of a client that authenticates is bound to it and stays; one
 * of another client is rotated, and whoever uses the former one again ends the grant (RFC 9700 §4.14.2, D-29). Both stand for all that
 * was granted, whatever part of it was asked for last.
 */
public final class RefreshTokenGrant implements Grant {

    private final Gate gate;
    private final KeptGrants grants;
    private final RefreshTokenLifetimes lifetimes;

    /** The grant, ending at that gate. */
    public RefreshTokenGrant(Gate gate, KeptGrants grants, RefreshTokenLifetimes lifetimes) {
        this.gate = gate;
        this.grants = grants;
        this.lifetimes = lifetimes;
    }

    @Override
    public String type() {
        return GrantType.REFRESH_TOKEN;
    }

    @Override
    public Set<String> parameters() {
        return Set.of(ParameterName.REFRESH_TOKEN);
    }

    @Override
    public Approval authorize(TokenRequest request, Caller caller) {
        RegisteredClient client = caller.requireClient();
        String text = request.require(ParameterName.REFRESH_TOKEN);
        Redeemable token = grants.findRefreshToken(text)
                .orElseThrow(() -> refused(
                        RefusalReason.REFRESH_TOKEN_UNKNOWN,
                        "no such refresh token was issued, or it is forgotten, or its grant revoked"));
        StoredGrant grant = token.grant();
        if (!KeptGrants.isOf(client, grant)) {
            throw refused(
                    RefusalReason.REFRESH_TOKEN_OF_OTHER_CLIENT, "the refresh token was issued to another client");
        }
        Instant now = request.receivedAt();
        GrantUse use = use(client.refreshTokenRotation(), TokenDigest.of(text), grant, now);
        if (!token.isUsable(use.presented())) {
            throw grants.reused(grant, use.presented(), caller.singleUses());
        }
        if (!token.expiresAt().isAfter(now)) {
            throw refused(RefusalReason.REFRESH_TOKEN_EXPIRED, "the refresh token expired at " + token.expiresAt());
        }
        Entitlement.Builder entitlement = Entitlement.of(client, grant.subject())
                .granted(use)
                .clientUses(caller.singleUses())
                .leniencies(caller.leniencies());
        if (token.usedAt().isPresent()) {
            entitlement.leniencies(List.of(
                    new LeniencyUse("refreshTokenGrace", client.clientId().value())));
        }
        return gate.approve(request, entitlement.build());
    }

    private GrantUse use(RefreshTokenRotation rotation, TokenDigest digest, StoredGrant grant, Instant now) {
        Instant until = lifetimes.until(grant, now);
        return rotation.isRotated()
                ? new GrantUse(
                        grant, new Presented.RotatedRefreshToken(digest, now, rotation.grace()), Optional.of(until))
                : new GrantUse(grant, new Presented.LastingRefreshToken(digest, until), Optional.empty());
    }

    private static OAuthException refused(RefusalReason reason, String detail) {
        return OAuthException.invalidGrant(reason, detail);
    }
}
