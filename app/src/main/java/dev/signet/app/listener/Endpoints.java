package dev.signet.app.listener;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;

/** What answers requests; called by many threads at a time, and answers every request without throwing. */
@FunctionalInterface
public interface Endpoints {

    /** The response to a request. */
    ProtocolResponse handle(ProtocolRequest request);
}
