package dev.signet.authorizationserver.rule;

import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.TargetSelection;
import dev.signet.authorizationserver.rule.AuthorizationRequestRule.Answer;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.http.FormParameters;
import java.time.Instant;
import java.util.List;

/** Holds authorization requests to the rules of an endpoint, and makes the proofs of that. Thread-safe. */
public final class AuthorizationRequestRules {

    private final List<AuthorizationRequestRule> shown;
    private final List<AuthorizationRequestRule> sent;
    private final ClientRegistry clients;
    private final TargetSelection targets;

    /** The rules of that endpoint, for these clients and resources. */
    public AuthorizationRequestRules(RequestEndpoint endpoint, ClientRegistry clients, ProtectedResources resources) {
        this.shown = AuthorizationRequestRule.of(endpoint, Answer.SHOWN);
        this.sent = AuthorizationRequestRule.of(endpoint, Answer.SENT);
        this.clients = clients;
        this.targets = new TargetSelection(resources);
    }

    /**
     * Finds out who asks, and where the answer goes.
     *
     * @throws dev.signet.core.error.OAuthException if that can't be known; the client must not be told
     */
    public RedirectableRequest redirectable(FormParameters parameters, Instant receivedAt) {
        Draft draft = new Draft(clients, targets, parameters);
        shown.forEach(rule -> rule.check(draft));
        return new RedirectableRequest(
                parameters,
                draft.client(),
                draft.redirectUri(),
                ParameterRules.responseMode(parameters),
                ParameterRules.state(parameters),
                receivedAt,
                draft.leniencies);
    }

    /**
     * Applies all other rules.
     *
     * @throws dev.signet.core.error.OAuthException that the client is to be told
     */
    public ApprovableRequest approvable(RedirectableRequest request) {
        Draft draft = new Draft(clients, targets, request.parameters())
                .of(request.client())
                .answeredAt(request.redirectUri());
        draft.leniencies.addAll(request.leniencies());
        sent.forEach(rule -> rule.check(draft));
        return new ApprovableRequest(request, draft.scope, draft.resources, draft.codeChallenge, draft.leniencies);
    }
}
