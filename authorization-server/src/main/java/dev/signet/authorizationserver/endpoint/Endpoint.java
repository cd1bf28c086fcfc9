package dev.signet.authorizationserver.endpoint;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.util.List;

/** What answers at a path. Thread-safe. */
public interface Endpoint {

    /** The HTTP methods it has. */
    List<String> methods();

    /**
     * Answers a request with one of its methods.
     *
     * @param events is told what comes of it
     * @throws dev.signet.core.error.OAuthException to refuse it
     */
    ProtocolResponse handle(ProtocolRequest request, RequestEvents events);
}
