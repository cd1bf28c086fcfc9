package dev.signet.authorizationserver.rule;

import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.TargetSelection;
import dev.signet.authorizationserver.requestobject.RequestObjectReader;
import dev.signet.authorizationserver.rule.AuthorizationRequestRule.Answer;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.http.FormParameters;
import java.time.Instant;
import java.util.List;

/** Holds authorization requests to the rules of an endpoint, and makes the proofs of that. Thread-safe. */
public final class AuthorizationRequestRules {

    final RequestEndpoint endpoint;
    final ClientRegistry clients;
    final TargetSelection targets;
    final RequestObjectReader reader;
    private final List<AuthorizationRequestRule> shown;
    private final List<AuthorizationRequestRule> sent;

    /** The rules of that endpoint, for these clients and resources, and for requests that are read in that way. */
    public AuthorizationRequestRules(
            RequestEndpoint endpoint,
            ClientRegistry clients,
            ProtectedResources resources,
            RequestObjectReader reader) {
        this.endpoint = endpoint;
        this.clients = clients;
        this.targets = new TargetSelection(resources);
        this.reader = reader;
        this.shown = AuthorizationRequestRule.of(endpoint, Answer.SHOWN);
        this.sent = AuthorizationRequestRule.of(endpoint, Answer.SENT);
    }

    /**
     * Finds out who asks, and where the answer goes.
     *
     * @throws dev.signet.core.error.OAuthException if that can't be known; the client must not be told
     */
    public RedirectableRequest redirectable(FormParameters parameters, Instant receivedAt) {
        return redirectable(new Draft(this, parameters, receivedAt));
    }

    private RedirectableRequest redirectable(Draft draft) {
        shown.forEach(rule -> rule.check(draft));
        return new RedirectableRequest(
                draft.read(),
                draft.client(),
                draft.redirectUri(),
                ParameterRules.responseMode(draft.parameters()),
                ParameterRules.state(draft.parameters()),
                draft.receivedAt,
                draft.leniencies);
    }

    /**
     * Applies all other rules.
     *
     * @throws dev.signet.core.error.OAuthException that the client is to be told
     */
    public ApprovableRequest approvable(RedirectableRequest request) {
        Draft draft = new Draft(this, request.parameters(), request.receivedAt())
                .of(request.client())
                .readAs(request.read())
                .answeredAt(request.redirectUri());
        draft.leniencies.addAll(request.leniencies());
        sent.forEach(rule -> rule.check(draft));
        return new ApprovableRequest(request, draft.scope, draft.resources, draft.codeChallenge, draft.leniencies);
    }

    /**
     * Applies all rules to what a client sends itself.
     *
     * @throws dev.signet.core.error.OAuthException that the client is to be told
     */
    public ApprovableRequest pushed(RegisteredClient client, FormParameters parameters, Instant receivedAt) {
        return approvable(redirectable(new Draft(this, parameters, receivedAt).of(client)));
    }
}
