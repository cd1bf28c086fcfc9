package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.clientauth.Caller;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.endpoint.ClientForms.ClientForm;
import dev.signet.authorizationserver.internal.RateLimit;
import dev.signet.authorizationserver.requestobject.Interactions;
import dev.signet.authorizationserver.requestobject.PushedRequests;
import dev.signet.authorizationserver.rule.ApprovableRequest;
import dev.signet.authorizationserver.rule.AuthorizationRequestRules;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes authorization requests from the clients themselves, and gives them a URI for the user agent to bring (RFC 9126 §2). Clients
 * authenticate as at the token endpoint, and the request has to satisfy the rules of the authorization endpoint.
 */
public final class PushedRequestEndpoint implements Endpoint {

    private static final Set<String> REPEATABLE = Set.of(ParameterName.RESOURCE);

    /** What is about who sends it, and no part of the request; no interaction begins here. */
    private static final Set<String> NOT_OF_THE_REQUEST = Set.of(
            ParameterName.CLIENT_SECRET,
            ParameterName.CLIENT_ASSERTION,
            ParameterName.CLIENT_ASSERTION_TYPE,
            Interactions.FIELD);

    private static final int CREATED = 201;

    private final ClientForms forms;
    private final AuthorizationRequestRules rules;
    private final PushedRequests pushed;
    private final RateLimit<ClientId> unproven;

    /**
     * An endpoint that keeps requests there.
     *
     * @param unproven how often those may push who don't authenticate: anybody can take the name of a public client
     */
    public PushedRequestEndpoint(
            ClientForms forms, AuthorizationRequestRules rules, PushedRequests pushed, RateLimit<ClientId> unproven) {
        this.forms = forms;
        this.rules = rules;
        this.pushed = pushed;
        this.unproven = unproven;
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        ClientForm form = forms.read(request, REPEATABLE, events);
        Caller caller = forms.authenticate(form, ClientEndpoint.PUSHED_AUTHORIZATION_REQUEST, events);
        if (caller.method() == ClientAuthenticationMethod.NONE) {
            unproven.require(
                    caller.requireClient().clientId(),
                    "the client pushed requests without authentication",
                    events.receivedAt());
        }
        ApprovableRequest approvable =
                rules.pushed(caller.requireClient(), request(form.parameters()), events.receivedAt());
        String requestUri = pushed.put(
                approvable.client().clientId(),
                approvable.parameters(),
                approvable.redirectable().read(),
                caller.singleUses(),
                events.receivedAt());
        if (caller.method() == ClientAuthenticationMethod.NONE) {
            unproven.note(approvable.client().clientId(), events.receivedAt());
        }
        events.pushed(caller, approvable, events.receivedAt().plus(pushed.lifetime()));
        JsonObject answer = JsonObject.builder()
                .put(ParameterName.REQUEST_URI, requestUri)
                .put("expires_in", pushed.lifetime().toSeconds())
                .build();
        return ProtocolResponse.builder(CREATED)
                .json(answer)
                .header("Cache-Control", "no-cache, no-store")
                .build();
    }

    /** Without the credentials, and, if there is a request object, without all that is beside it (RFC 9126 §3). */
    private static FormParameters request(FormParameters form) {
        Set<String> left = new HashSet<>(form.names());
        if (form.single(ParameterName.REQUEST).isPresent()) {
            left.removeAll(Set.of(ParameterName.CLIENT_ID, ParameterName.REQUEST, ParameterName.REQUEST_URI));
        } else {
            left.retainAll(NOT_OF_THE_REQUEST);
        }
        return form.without(left);
    }
}
