package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.resourceowner.Consent;
import dev.signet.authorizationserver.resourceowner.ConsentStore;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Consents that live as long as the process. */
public final class InMemoryConsentStore implements ConsentStore {

    private final Map<String, Map<String, Consent>> bySubject = new ConcurrentHashMap<>();

    /** A store without consents. */
    public InMemoryConsentStore() {}

    @Override
    public void add(Consent consent) {
        bySubject.compute(consent.subject(), (subject, before) -> {
            Map<String, Consent> consents = new TreeMap<>(before == null ? Map.of() : before);
            consents.merge(consent.clientId().value(), consent, InMemoryConsentStore::united);
            return consents;
        });
    }

    private static Consent united(Consent one, Consent other) {
        Map<ResourceIndicator, Scope> scopes = new LinkedHashMap<>(one.scopes());
        other.scopes().forEach((resource, scope) -> scopes.merge(resource, scope, InMemoryConsentStore::united));
        return new Consent(one.subject(), one.clientId(), scopes);
    }

    private static Scope united(Scope one, Scope other) {
        Set<String> tokens = new LinkedHashSet<>(one.tokens());
        tokens.addAll(other.tokens());
        return Scope.of(tokens);
    }

    @Override
    public Optional<Consent> find(String subject, ClientId clientId) {
        return Optional.ofNullable(bySubject.getOrDefault(subject, Map.of()).get(clientId.value()));
    }

    @Override
    public List<Consent> of(String subject) {
        return List.copyOf(bySubject.getOrDefault(subject, Map.of()).values());
    }

    @Override
    public boolean revoke(String subject, ClientId clientId) {
        boolean[] revoked = {false};
        bySubject.computeIfPresent(subject, (same, before) -> {
            Map<String, Consent> consents = new TreeMap<>(before);
            revoked[0] = consents.remove(clientId.value()) != null;
            return consents.isEmpty() ? null : consents;
        });
        return revoked[0];
    }

    @Override
    public void revokeAll(ClientId clientId) {
        bySubject.keySet().forEach(subject -> revoke(subject, clientId));
    }
}
