package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.internal.PlainPage;
import dev.signet.authorizationserver.rule.RedirectableRequest;
import dev.signet.core.Issuer;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.error.OAuthError;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Answers to clients by way of the user agent, by the mode that was asked for: a redirect, always with 303 so that nothing that was
 * posted here is posted there (RFC 9700 §4.12), or a form. Each has {@code iss} (RFC 9207 §2). Thread-safe.
 */
final class AuthorizationResponses {

    private final Issuer issuer;

    AuthorizationResponses(Issuer issuer) {
        this.issuer = issuer;
    }

    /** The answer of RFC 6749 §4.1.2. */
    ProtocolResponse code(RedirectableRequest request, String code) {
        return answer(request, List.of(Map.entry(ParameterName.CODE, code)));
    }

    /** The answer of RFC 6749 §4.1.2.1. */
    ProtocolResponse error(RedirectableRequest request, OAuthError error) {
        return answer(
                request,
                List.of(
                        Map.entry("error", error.code().wireName()),
                        Map.entry("error_description", error.description())));
    }

    private ProtocolResponse answer(RedirectableRequest request, List<Map.Entry<String, String>> said) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>(said);
        request.state().ifPresent(state -> parameters.add(Map.entry(ParameterName.STATE, state)));
        parameters.add(Map.entry("iss", issuer.value()));
        return request.responseMode() == ResponseMode.FORM_POST
                ? PlainPage.titled("You are on your way back")
                        .postedTo(request.redirectUri().value(), parameters, "Continue")
                        .toResponse()
                : ProtocolResponse.builder(303)
                        .header("Location", request.redirectUri().with(parameters))
                        .build();
    }
}
