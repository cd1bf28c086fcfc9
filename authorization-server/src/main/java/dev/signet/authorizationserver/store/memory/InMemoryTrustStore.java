package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.trust.TrustStore;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.core.ClientId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/** Trusts that live as long as the process, also such as are given as code. */
public final class InMemoryTrustStore implements TrustStore {

    private final ConcurrentSkipListMap<String, TrustedIssuer> trusts = new ConcurrentSkipListMap<>();

    /** A store without trusts. */
    public InMemoryTrustStore() {}

    @Override
    public Optional<TrustedIssuer> find(String issuer) {
        return Optional.ofNullable(trusts.get(issuer));
    }

    @Override
    public boolean mayNameUnauthenticated(ClientId clientId) {
        return trusts.values().stream()
                .anyMatch(trust -> trust.isEnabled()
                        && trust.unauthenticatedClient()
                                .filter(clientId::equals)
                                .isPresent());
    }

    @Override
    public boolean put(TrustedIssuer trust) {
        return trusts.putIfAbsent(trust.issuer(), trust) == null;
    }

    @Override
    public Optional<TrustedIssuer> change(String issuer, UnaryOperator<TrustedIssuer> change) {
        return Optional.ofNullable(trusts.computeIfPresent(issuer, (same, trust) -> {
            TrustedIssuer changed = change.apply(trust);
            if (!changed.issuer().equals(issuer)) {
                throw new IllegalArgumentException("change gave the trust in another issuer");
            }
            return changed;
        }));
    }

    @Override
    public boolean remove(String issuer) {
        return trusts.remove(issuer) != null;
    }

    @Override
    public List<TrustedIssuer> page(String after, int most) {
        return trusts.tailMap(after, false).values().stream().limit(most).toList();
    }
}
