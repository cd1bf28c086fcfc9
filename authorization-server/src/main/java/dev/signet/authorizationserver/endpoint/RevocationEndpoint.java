package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.AccessTokenReader;
import dev.signet.authorizationserver.accesstoken.IssuedAccessToken;
import dev.signet.authorizationserver.accesstoken.RevocationList;
import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.endpoint.ClientForms.ClientForm;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.core.ClientId;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.JwtRejected;
import java.util.List;
import java.util.Set;

/**
 * Revokes access tokens (RFC 7009 §2). What is none of this server's, or has expired, is as good as revoked: the answer is the
 * same (§2.2). {@code token_type_hint} is not read, since the token itself says what it is (§2.1).
 */
public final class RevocationEndpoint implements Endpoint {

    private final ClientForms forms;
    private final AccessTokenReader tokens;
    private final RevocationList revocations;
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
        this.forms = forms;
        this.tokens = tokens;
        this.revocations = revocations;
        this.replays = replays;
        this.irrevocable = irrevocable;
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
        ClientId clientId = caller.requireClient().clientId();
        try {
            IssuedAccessToken issued = tokens.read(token, events.receivedAt());
            requireRevocable(issued, clientId);
            ReplayCheck.requireFirst(revocations.revoke(issued, caller.singleUses()), caller.singleUses());
            events.revoked(caller, issued);
        } catch (JwtRejected nothingToRevoke) {
            replays.consume(caller.singleUses());
            events.nothingRevoked(caller, nothingToRevoke);
        }
        return ProtocolResponse.builder(200).noStore().build();
    }

    private void requireRevocable(IssuedAccessToken token, ClientId clientId) {
        if (!token.clientId().equals(clientId)) {
            throw OAuthException.invalidRequest(
                    "The token was not issued to this client",
                    RefusalReason.TOKEN_OF_OTHER_CLIENT,
                    "the token was issued to another client; nothing was revoked");
        }
        if (irrevocable) {
            throw OAuthException.of(
                    ErrorCode.UNSUPPORTED_TOKEN_TYPE,
                    "Access tokens of this server cannot be revoked",
                    RefusalReason.TOKEN_IRREVOCABLE,
                    "allowIrrevocableAccessTokens is on");
        }
    }
}
