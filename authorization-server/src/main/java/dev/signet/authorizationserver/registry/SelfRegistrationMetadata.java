package dev.signet.authorizationserver.registry;

import dev.signet.jwt.json.JsonObject;
import java.util.Set;

/** How a client registered itself, as a store keeps it: no configuration file can say that, and no client either. */
final class SelfRegistrationMetadata implements FeatureMetadata {

    private static final String SELF_REGISTRATION = "self_registration";

    @Override
    public Set<String> members() {
        return Set.of();
    }

    @Override
    public Set<String> registrable() {
        return Set.of();
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        metadata.object(SELF_REGISTRATION, kept -> client.selfRegistration(SelfRegistration.fromJson(kept)));
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        client.selfRegistration().ifPresent(registration -> json.put(SELF_REGISTRATION, registration.toJson()));
    }
}
