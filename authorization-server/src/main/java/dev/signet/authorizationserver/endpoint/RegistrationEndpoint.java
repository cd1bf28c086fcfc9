package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.registration.ClientRegistration;
import dev.signet.authorizationserver.registration.ClientRegistration.Told;
import dev.signet.authorizationserver.registration.Registrant;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.util.List;

/** Lets clients register themselves (RFC 7591 §3). */
public final class RegistrationEndpoint implements Endpoint {

    private final ClientRegistration registration;
    private final EndpointPaths paths;

    /** Registers them there. */
    public RegistrationEndpoint(ClientRegistration registration, EndpointPaths paths) {
        this.registration = registration;
        this.paths = paths;
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        Registrant registrant = RegistrationCalls.token(request)
                .map(token -> registration.holder(token, events.receivedAt()))
                .orElseGet(registration::anybody);
        Told told = registration.register(registrant, RegistrationCalls.body(request), events.receivedAt());
        events.registered(told.client());
        return RegistrationCalls.answer(
                201, told, paths.clientConfigurationUri(told.client().clientId()));
    }
}
