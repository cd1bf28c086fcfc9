package dev.signet.app.config;

import dev.signet.app.config.YamlNode.Entries;
import dev.signet.authorizationserver.registry.ClientMetadata;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        Set<ClientId> named = new HashSet<>();
        for (Section section : top.sections("clients")) {
            ClientMetadata.MEMBERS.stream().sorted().forEach(section::has);
            section.done();
            section.required("client_id", "1 to 256 visible characters", ClientId::new)
                    .ifPresent(clientId -> {
                        if (!named.add(clientId)) {
                            section.fault("client_id", "is given to another client above");
                        }
                        client(section).ifPresent(clients::add);
                    });
        }
        return clients;
    }

    private Optional<RegisteredClient> client(Section section) {
        try {
            RegisteredClient client = RegisteredClient.fromMetadata(known(section.entries()), provider)
                    .build();
            references.faults(client).forEach(section::fault);
            return Optional.of(client);
        } catch (IllegalArgumentException e) {
            String words = String.valueOf(e.getMessage())
                    .replace("is not a string", "is not text (numbers, true and false need quotes)");
            BuilderFaults.tell(section, words, ClientMetadata.MEMBERS);
            return Optional.empty();
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
