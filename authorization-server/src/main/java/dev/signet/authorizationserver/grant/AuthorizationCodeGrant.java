package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.clientauth.AuthenticatedClient;
import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.Presented;
import dev.signet.authorizationserver.store.Redeemable;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ParameterName;
import dev.signet.core.token.GrantType;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A code stands for what a resource owner approved (RFC 6749 §4.1.3), and the verifier proves that the client who redeems it is the
 * one who asked for it (RFC 7636 §4.6).
 */
public final class AuthorizationCodeGrant implements Grant {

    private final Gate gate;
    private final KeptGrants grants;
    private final RefreshTokenLifetimes lifetimes;

    /**
     * The grant, ending at that gate.
     *
     * @param lifetimes of the refresh tokens for clients that are registered for some
     */
    public AuthorizationCodeGrant(Gate gate, KeptGrants grants, RefreshTokenLifetimes lifetimes) {
        this.gate = gate;
        this.grants = grants;
        this.lifetimes = lifetimes;
    }

    @Override
    public String type() {
        return GrantType.AUTHORIZATION_CODE;
    }

    @Override
    public Set<String> parameters() {
        return Set.of(ParameterName.CODE, ParameterName.REDIRECT_URI, ParameterName.CODE_VERIFIER);
    }

    @Override
    public Approval authorize(TokenRequest request, Caller caller) {
        RegisteredClient client = caller.requireClient();
        String text = request.require(ParameterName.CODE);
        Redeemable code = grants.findCode(text)
                .orElseThrow(() -> refused(RefusalReason.CODE_UNKNOWN, "no such code was issued, or it is forgotten"));
        Presented presented = new Presented.Code(TokenDigest.of(text));
        StoredGrant grant = code.grant();
        requireProven(request, caller, client, code);
        if (!code.isUsable(presented)) {
            throw grants.reused(grant, presented, caller.singleUses());
        }
        Instant now = request.receivedAt();
        if (!code.expiresAt().isAfter(now)) {
            throw refused(RefusalReason.CODE_EXPIRED, "the code expired at " + code.expiresAt());
        }
        Optional<Instant> refreshTokenUntil = client.grantTypes().contains(GrantType.REFRESH_TOKEN)
                ? Optional.of(lifetimes.until(grant, now))
                : Optional.empty();
        return gate.approve(
                request,
                Entitlement.of(client, grant.subject())
                        .granted(new GrantUse(grant, presented, refreshTokenUntil))
                        .clientUses(caller.singleUses())
                        .leniencies(caller.leniencies())
                        .build());
    }

    /** Who can't prove to be the client revokes nothing with a used code: else all who see one could (D-31). */
    private static void requireProven(TokenRequest request, Caller caller, RegisteredClient client, Redeemable code) {
        try {
            requireOwn(client, code.grant());
            requireRedirectUri(request, code.grant());
            requireVerifier(request, caller instanceof AuthenticatedClient, code.grant());
        } catch (OAuthException unproven) {
            throw code.usedAt().isEmpty()
                    ? unproven
                    : refused(
                            RefusalReason.CODE_REUSE_UNPROVEN, unproven.reason().id() + ": " + unproven.detail());
        }
    }

    private static void requireOwn(RegisteredClient client, StoredGrant grant) {
        if (!KeptGrants.isOf(client, grant)) {
            throw refused(RefusalReason.CODE_OF_OTHER_CLIENT, "the code was issued to another client");
        }
    }

    /** Compared only if the authorization request had one (RFC 6749 §4.1.3). */
    private static void requireRedirectUri(TokenRequest request, StoredGrant grant) {
        if (grant.redirectUri().isPresent() && !grant.redirectUri().equals(request.find(ParameterName.REDIRECT_URI))) {
            throw refused(
                    RefusalReason.CODE_REDIRECT_URI,
                    "redirect_uri is missing, or is not that of the authorization request");
        }
    }

    private static void requireVerifier(TokenRequest request, boolean authenticated, StoredGrant grant) {
        Optional<String> verifier = request.find(ParameterName.CODE_VERIFIER);
        if (grant.codeChallenge().isEmpty()) {
            if (verifier.isPresent()) {
                // Somebody may have taken the challenge out of the authorization request (RFC 9700 §4.8.2).
                throw refused(RefusalReason.CODE_VERIFIER_UNEXPECTED, "the authorization request had no challenge");
            }
            if (!authenticated) {
                throw refused(RefusalReason.CODE_VERIFIER_MISSING, "nothing proves that the code is this client's");
            }
            return;
        }
        if (verifier.isEmpty()) {
            throw refused(RefusalReason.CODE_VERIFIER_MISSING, "code_verifier is missing");
        }
        if (!verifier.flatMap(CodeVerifier::find)
                .filter(grant.codeChallenge().get()::isOf)
                .isPresent()) {
            throw refused(
                    RefusalReason.CODE_VERIFIER_WRONG,
                    "code_verifier is malformed, or does not give the challenge of the authorization request");
        }
    }

    private static OAuthException refused(RefusalReason reason, String detail) {
        return OAuthException.invalidGrant(reason, detail);
    }
}
