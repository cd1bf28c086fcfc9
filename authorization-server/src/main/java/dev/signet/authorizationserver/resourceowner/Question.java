package dev.signet.authorizationserver.resourceowner;

import dev.signet.authorizationserver.rule.ApprovableRequest;
import dev.signet.authorizationserver.rule.RedirectableRequest;
import dev.signet.core.http.ProtocolRequest;
import java.util.Optional;

/**
 * What a {@link ResourceOwnerPrompt} is asked about an authorization request.
 *
 * @param http the request as it came: cookies, and the fields of a page that was shown
 * @param request who asks, and with what parameters
 * @param proposal what may be approved; empty if the request breaks a rule, which the client is told as soon as it is known who the
 *     resource owner is (RFC 9700 §4.11.2): nothing is to be approved then, and what is answered but {@link Decision.Ask} counts alike
 */
public record Question(ProtocolRequest http, RedirectableRequest request, Optional<ApprovableRequest> proposal) {

    /** The request only. */
    @Override
    public String toString() {
        return "Question about " + request;
    }
}
