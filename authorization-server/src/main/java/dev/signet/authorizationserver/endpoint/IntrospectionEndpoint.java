package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.accesstoken.Introspection;
import dev.signet.authorizationserver.accesstoken.IntrospectionAnswer;
import dev.signet.authorizationserver.clientauth.AuthenticatedClient;
import dev.signet.authorizationserver.endpoint.ClientForms.ClientForm;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.util.List;
import java.util.Set;

/**
 * Says whether a token is active, to clients that may ask (RFC 7662 §2). {@code token_type_hint} is not read, since the token
 * itself says what it is (§2.1).
 */
public final class IntrospectionEndpoint implements Endpoint {

    private final ClientForms forms;
    private final Introspection introspection;
    private final ReplayCheck replays;

    /** An endpoint that answers what that one says. */
    public IntrospectionEndpoint(ClientForms forms, Introspection introspection, ReplayCheck replays) {
        this.forms = forms;
        this.introspection = introspection;
        this.replays = replays;
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        ClientForm form = forms.read(request, Set.of(), events);
        String token = form.parameters().require(ParameterName.TOKEN);
        AuthenticatedClient client = forms.authenticate(form, events).requireAuthenticated();
        IntrospectionAnswer answer = introspection.ask(client.registration(), token, events.receivedAt());
        replays.consume(client.singleUses());
        events.introspected(client, answer);
        return ProtocolResponse.builder(200).json(answer.toJson()).noStore().build();
    }
}
