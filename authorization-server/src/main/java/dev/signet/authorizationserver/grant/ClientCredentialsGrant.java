package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.clientauth.AuthenticatedClient;
import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.core.token.GrantType;
import java.util.Set;

/** The client acts for itself (RFC 6749 §4.4): {@code sub} is its {@code client_id} (RFC 9068 §2.2). */
public final class ClientCredentialsGrant implements Grant {

    private final Gate gate;

    /** The grant, ending at that gate. */
    public ClientCredentialsGrant(Gate gate) {
        this.gate = gate;
    }

    @Override
    public String type() {
        return GrantType.CLIENT_CREDENTIALS;
    }

    @Override
    public Set<String> parameters() {
        return Set.of();
    }

    @Override
    public Approval authorize(TokenRequest request, Caller caller) {
        AuthenticatedClient client = caller.requireAuthenticated();
        return gate.approve(
                request,
                Entitlement.of(
                                client.registration(),
                                client.registration().clientId().value())
                        .subjectAttributes(client.registration().attributes())
                        .clientUses(client.singleUses())
                        .leniencies(client.leniencies())
                        .build());
    }
}
