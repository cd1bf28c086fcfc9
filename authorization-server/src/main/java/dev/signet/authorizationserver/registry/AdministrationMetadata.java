package dev.signet.authorizationserver.registry;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.Set;

/** What whoever runs the server knows of a client and decides about it; {@code client_id_issued_at} is of RFC 7591 §3.2.1. */
final class AdministrationMetadata implements FeatureMetadata {

    private static final String ATTRIBUTES = "attributes";
    private static final String REGISTERED_AT = "client_id_issued_at";
    private static final String ENABLED = "enabled";

    private static final long LATEST = 253_402_300_799L; // the end of the year 9999

    @Override
    public Set<String> members() {
        return Set.of(ATTRIBUTES, REGISTERED_AT, ENABLED);
    }

    @Override
    public Set<String> registrable() {
        return Set.of();
    }

    @Override
    public void read(MemberReader metadata, RegisteredClient.Builder client) {
        metadata.object(ATTRIBUTES, known -> client.attributes(Attributes.of(known)));
        metadata.number(REGISTERED_AT, seconds -> client.registeredAt(time(seconds)));
        metadata.flag(ENABLED, client::enabled);
    }

    private static Instant time(long seconds) {
        if (seconds < 0 || seconds > LATEST) {
            throw new IllegalArgumentException("must be seconds since 1970");
        }
        return Instant.ofEpochSecond(seconds);
    }

    @Override
    public void write(RegisteredClient client, JsonObject.Builder json) {
        if (!client.attributes().isEmpty()) {
            json.put(ATTRIBUTES, client.attributes().toJson());
        }
        client.registeredAt().ifPresent(time -> json.put(REGISTERED_AT, time.getEpochSecond()));
        if (!client.isEnabled()) {
            json.put(ENABLED, false);
        }
    }
}
