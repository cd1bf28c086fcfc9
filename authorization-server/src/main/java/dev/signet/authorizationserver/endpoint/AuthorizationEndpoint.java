package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.grant.AuthorizationCodes;
import dev.signet.authorizationserver.grant.AuthorizationGate;
import dev.signet.authorizationserver.requestobject.AnswerOnce;
import dev.signet.authorizationserver.resourceowner.Decision;
import dev.signet.authorizationserver.resourceowner.ErrorPage;
import dev.signet.authorizationserver.resourceowner.Question;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.authorizationserver.rule.ApprovableRequest;
import dev.signet.authorizationserver.rule.AuthorizationRequestRules;
import dev.signet.authorizationserver.rule.RedirectableRequest;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthError;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.outbound.KeysUnavailableException;
import java.util.List;
import java.util.Optional;

/**
 * Asks resource owners whether a client may have what it asks for, and answers the client with a code (RFC 6749 §3.1, §4.1). It
 * keeps nothing between the requests of one interaction: each runs all rules again.
 *
 * <p>It answers failures itself: as long as nobody knows where the client is they are shown, from then on they are sent to it (RFC
 * 6749 §4.1.2.1).
 */
public final class AuthorizationEndpoint implements Endpoint {

    private static final OAuthError DENIED =
            OAuthError.of(ErrorCode.ACCESS_DENIED, "The resource owner or the server denied the request");

    private final AuthorizationRequestRules rules;
    private final ResourceOwnerPrompt prompt;
    private final AuthorizationGate gate;
    private final AuthorizationCodes codes;
    private final AnswerOnce answerOnce;
    private final ErrorPage errorPage;
    private final AuthorizationResponses responses;

    /**
     * An endpoint of that issuer.
     *
     * @param gate what resource owners approve has to pass it
     * @param answerOnce what may be answered once is answered there
     */
    public AuthorizationEndpoint(
            Issuer issuer,
            AuthorizationRequestRules rules,
            ResourceOwnerPrompt prompt,
            AuthorizationGate gate,
            AuthorizationCodes codes,
            AnswerOnce answerOnce,
            ErrorPage errorPage) {
        this.rules = rules;
        this.prompt = prompt;
        this.gate = gate;
        this.codes = codes;
        this.answerOnce = answerOnce;
        this.errorPage = errorPage;
        this.responses = new AuthorizationResponses(issuer);
    }

    @Override
    public List<String> methods() {
        return List.of("GET", "POST");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        RedirectableRequest redirectable;
        try {
            redirectable = rules.redirectable(parameters(request, events), events.receivedAt());
        } catch (RuntimeException failure) {
            return UserAgentHeaders.on(shown(request, told(failure, events), events));
        }
        try {
            return UserAgentHeaders.on(answered(request, redirectable, events));
        } catch (RuntimeException failure) {
            return UserAgentHeaders.on(shown(request, told(failure, events), events));
        }
    }

    /** The client is told what is wrong, unless it has got its one answer before, or nobody knows whether it has. */
    private ProtocolResponse answered(ProtocolRequest http, RedirectableRequest request, RequestEvents events) {
        try {
            return answer(http, request, events);
        } catch (RuntimeException failure) {
            answerOnce.record(request.read().uses());
            events.used(request.leniencies());
            return responses.error(request, told(failure, events));
        }
    }

    /** Those of the query; of a form that is posted here, its own as well. What both have is repeated. */
    private static FormParameters parameters(ProtocolRequest request, RequestEvents events) {
        FormParameters parameters = request.queryParameters();
        if (request.method().equals("POST")) {
            parameters = parameters.and(request.form());
        }
        events.claimedClient(
                parameters.all(ParameterName.CLIENT_ID).stream().findFirst().flatMap(ClientId::find));
        return parameters;
    }

    private ProtocolResponse answer(ProtocolRequest http, RedirectableRequest request, RequestEvents events) {
        Optional<ApprovableRequest> proposal = Optional.empty();
        Optional<OAuthException> broken = Optional.empty();
        try {
            proposal = Optional.of(rules.approvable(request));
        } catch (OAuthException refusal) {
            broken = Optional.of(refusal);
            requireLogin(request, refusal, events);
        }
        Decision decision = prompt.decide(new Question(http, request, proposal));
        if (decision instanceof Decision.Ask ask) {
            return ask.response();
        }
        if (broken.isPresent()) {
            throw broken.get();
        }
        Optional<StoredGrant> granted = decision instanceof Decision.Approved approved
                ? gate.approve(proposal.orElseThrow(), approved)
                : Optional.empty();
        List<SingleUse> uses = request.read().uses();
        if (granted.isEmpty()) {
            answerOnce.record(uses);
            events.denied(request);
            return responses.error(request, DENIED);
        }
        String code = codes.issue(granted.get(), uses);
        events.approved(granted.get(), proposal.orElseThrow());
        return responses.code(request, code);
    }

    /**
     * Nobody is to be sent from here to wherever a client wants by a link that is wrong on purpose: the user has to be known first
     * (RFC 9700 §4.11.2).
     */
    private static void requireLogin(RedirectableRequest request, OAuthException refusal, RequestEvents events) {
        if (request.client().authorization().allowsErrorsWithoutLogin()) {
            events.used(List.of(new LeniencyUse(
                    "allowErrorsWithoutLogin", request.client().clientId().value())));
            throw refusal;
        }
    }

    private ProtocolResponse shown(ProtocolRequest request, OAuthError error, RequestEvents events) {
        return errorPage.show(new ErrorPage.Failure(request, error, events.correlationId())).toBuilder()
                .status(error.code().status())
                .build();
    }

    /** What may be said about a failure, of which the listener is told the rest. */
    private static OAuthError told(RuntimeException failure, RequestEvents events) {
        if (failure instanceof OAuthException refusal) {
            events.refused(refusal);
            return refusal.error();
        }
        if (failure instanceof StoreException) {
            events.failed(RefusalReason.STORE_UNAVAILABLE, failure);
            return ErrorResponses.UNAVAILABLE;
        }
        if (failure instanceof KeysUnavailableException) {
            events.failed(RefusalReason.KEYS_UNAVAILABLE, failure);
            return ErrorResponses.UNAVAILABLE;
        }
        events.failed(RefusalReason.INTERNAL, failure);
        return ErrorResponses.FAILED;
    }
}
