package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.AccessTokenReader;
import dev.signet.authorizationserver.accesstoken.IssuedAccessToken;
import dev.signet.authorizationserver.accesstoken.RevocationList;
import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.endpoint.ClientForms.ClientForm;
import dev.signet.authorizationserver.grant.KeptGrants;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.Redeemable;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.JwtRejected;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Revokes access tokens, and refresh tokens with all that came of their grant (RFC 7009 §2, D-44). What is none of this server's, or has expired, is as good as revoked: the answer is the
 * same (§2.2). {@code token_type_hint} is not read, since the token itself says what it is (§2.1).
 */
public final class RevocationEndpoint implements Endpoint {

    private final ClientForms forms;
    private final AccessTokenReader tokens;
    private final RevocationList revocations;
    private final @Nullable KeptGrants grants;
    private final ReplayCheck replays;
    private final boolean irrevocable;

    /**
     * An endpoint for the tokens that are read there.
     *
     * @param irrevocable whether it refuses to revoke them
     */
    public RevocationEndpoint(
            ClientForms forms,
            AccessTokenReader tokens,
            RevocationList revocations,
            ReplayCheck replays,
            boolean irrevocable) {
        this(forms, tokens, revocations, null, replays, irrevocable);
    }

    private RevocationEndpoint(
            ClientForms forms,
            AccessTokenReader tokens,
            RevocationList revocations,
            @Nullable KeptGrants grants,
            ReplayCheck replays,
            boolean irrevocable) {
        this.forms = forms;
        this.tokens = tokens;
        this.revocations = revocations;
        this.grants = grants;
        this.replays = replays;
        this.irrevocable = irrevocable;
    }

    /** The same, which revokes refresh tokens as well. */
    public RevocationEndpoint revokingGrantsOf(KeptGrants kept) {
        return new RevocationEndpoint(forms, tokens, revocations, kept, replays, irrevocable);
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        ClientForm form = forms.read(request, Set.of(), events);
        String token = form.parameters().require(ParameterName.TOKEN);
        Caller caller = forms.authenticate(form, ClientEndpoint.REVOCATION, events);
        RegisteredClient client = caller.requireClient();
        Optional<StoredGrant> grant = grants == null
                ? Optional.empty()
                : grants.findRefreshToken(token).map(Redeemable::grant);
        if (grants != null && grant.isPresent()) {
            requireOwn(KeptGrants.isOf(client, grant.get()));
            // Also by a refresh token that was used up: its client wants it to end.
            events.revoked(caller, grant.get(), grants.revoke(grant.get(), caller.singleUses()));
        } else {
            revoke(token, caller, client, events);
        }
        return ProtocolResponse.builder(200).noStore().build();
    }

    private void revoke(String token, Caller caller, RegisteredClient client, RequestEvents events) {
        try {
            IssuedAccessToken issued = tokens.read(token, events.receivedAt());
            requireOwn(issued.clientId().equals(client.clientId()));
            requireRevocable();
            ReplayCheck.requireFirst(revocations.revoke(issued, caller.singleUses()), caller.singleUses());
            events.revoked(caller, issued);
        } catch (JwtRejected nothingToRevoke) {
            replays.consume(caller.singleUses());
            events.nothingRevoked(caller, nothingToRevoke);
        }
    }

    private static void requireOwn(boolean own) {
        if (!own) {
            throw OAuthException.invalidRequest(
                    "The token was not issued to this client",
                    RefusalReason.TOKEN_OF_OTHER_CLIENT,
                    "the token was issued to another client; nothing was revoked");
        }
    }

    private void requireRevocable() {
        if (irrevocable) {
            throw OAuthException.of(
                    ErrorCode.UNSUPPORTED_TOKEN_TYPE,
                    "Access tokens of this server cannot be revoked",
                    RefusalReason.TOKEN_IRREVOCABLE,
                    "allowIrrevocableAccessTokens is on");
        }
    }
}
