package dev.signet.authorizationserver.requestobject;

import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.requestobject.RequestObject;
import java.time.Instant;
import java.util.Optional;

/**
 * An authorization request as it was sent, of which nothing is read yet.
 *
 * @param transport how it comes
 * @param parameters those that were sent, whether they count or not
 * @param begun when the interaction about it began, if it did before
 */
public record SentRequest(Transport transport, FormParameters parameters, Optional<Interactions.Begun> begun) {

    /** How a request comes. */
    public enum Transport {
        /** As parameters (RFC 6749 §4.1.1). */
        PLAIN,
        /** In a request object (RFC 9101 §5.1). */
        BY_VALUE,
        /** In a request object that the client hosts (RFC 9101 §5.2). */
        BY_REFERENCE,
        /** It was pushed before (RFC 9126 §4). */
        PUSHED
    }

    static Transport transport(FormParameters parameters, Optional<Interactions.Begun> begun) {
        if (parameters.single(ParameterName.REQUEST).isPresent()) {
            // One that was fetched when the interaction began is not fetched again.
            return begun.flatMap(Interactions.Begun::fetchedFrom).isPresent()
                    ? Transport.BY_REFERENCE
                    : Transport.BY_VALUE;
        }
        return parameters
                .single(ParameterName.REQUEST_URI)
                .map(uri -> uri.startsWith(RequestObject.PUSHED_URN) ? Transport.PUSHED : Transport.BY_REFERENCE)
                .orElse(Transport.PLAIN);
    }

    /** The time that it is judged by. */
    Instant judgedAt(Instant now) {
        return begun.map(Interactions.Begun::at).orElse(now);
    }

    /** How it comes only: parameters may be secret. */
    @Override
    public String toString() {
        return "SentRequest " + transport;
    }
}
