package dev.signet.app.config;

import dev.signet.app.config.YamlNode.Entries;
import dev.signet.authorizationserver.registry.ClientMetadata;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code clients}: registrations under the names of RFC 7591 §2. */
final class ClientReader {

    private final CryptoProvider provider;
    private final References references;

    ClientReader(CryptoProvider provider, References references) {
        this.provider = provider;
        this.references = references;
    }

    List<RegisteredClient> read(Section top) {
        List<RegisteredClient> clients = new ArrayList<>();
        for (Section section : top.sections("clients")) {
            ClientMetadata.MEMBERS.stream().sorted().forEach(section::has);
            section.done();
            if (section.required("client_id", "1 to 256 visible characters", ClientId::new)
                    .isPresent()) {
                read(section, clients);
            }
        }
        return clients;
    }

    private void read(Section section, List<RegisteredClient> clients) {
        try {
            RegisteredClient client = RegisteredClient.fromMetadata(known(section.entries()), provider)
                    .build();
            if (clients.stream().anyMatch(other -> other.clientId().equals(client.clientId()))) {
                section.fault("client_id", "is given to another client above");
            }
            references.faults(client).forEach(section::fault);
            clients.add(client);
        } catch (IllegalArgumentException e) {
            BuilderFaults.tell(section, String.valueOf(e.getMessage()), ClientMetadata.MEMBERS);
        }
    }

    /** Unknown members were reported already. */
    private static JsonObject known(Entries entries) {
        JsonObject.Builder known = YamlJson.object(entries).toBuilder();
        entries.entries().keySet().stream()
                .filter(key -> !ClientMetadata.MEMBERS.contains(key))
                .forEach(known::remove);
        return known.build();
    }
}
