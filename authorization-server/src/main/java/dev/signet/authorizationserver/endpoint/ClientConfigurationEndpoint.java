package dev.signet.authorizationserver.endpoint;

import dev.signet.authorizationserver.registration.ClientRegistration;
import dev.signet.authorizationserver.registration.ClientRegistration.Told;
import dev.signet.core.ClientId;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.util.List;

/** Lets clients that registered themselves see, replace and remove their registration (RFC 7592 §2). */
public final class ClientConfigurationEndpoint implements Endpoint {

    private final ClientRegistration registration;
    private final EndpointPaths paths;

    /** For those that registered there. */
    public ClientConfigurationEndpoint(ClientRegistration registration, EndpointPaths paths) {
        this.registration = registration;
        this.paths = paths;
    }

    @Override
    public List<String> methods() {
        return List.of("GET", "PUT", "DELETE");
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request, RequestEvents events) {
        String token = RegistrationCalls.token(request).orElseThrow(ClientRegistration::noToken);
        ClientId clientId = ClientId.find(paths.clientIn(request.path()))
                .orElseThrow(() -> ClientRegistration.refused("the path names no client"));
        return switch (request.method()) {
            case "PUT" -> {
                Told told = registration.update(clientId, token, RegistrationCalls.body(request), events.receivedAt());
                events.registrationChanged(told.client());
                yield RegistrationCalls.answer(200, told, paths.clientConfigurationUri(clientId));
            }
            case "DELETE" -> {
                registration.remove(clientId, token);
                events.registrationRemoved(clientId);
                yield ProtocolResponse.builder(204).noStore().build();
            }
            default ->
                RegistrationCalls.answer(
                        200, registration.read(clientId, token), paths.clientConfigurationUri(clientId));
        };
    }
}
