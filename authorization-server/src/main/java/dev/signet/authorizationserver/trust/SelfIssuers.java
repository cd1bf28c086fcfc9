package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.internal.BoundedCache;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfIssuedAssertions;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.core.ClientId;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The trust in clients that make assertions themselves (RFC 7521 §5.2): a client that is registered for that is an issuer whose name
 * is its {@code client_id}, held to the rules of every other. An issuer that is trusted by name comes first. Thread-safe.
 */
public final class SelfIssuers implements TrustRegistry {

    private static final int MOST_TRUSTS = 1_000;

    private final TrustRegistry named;
    private final ClientRegistry clients;
    private final Function<RegisteredClient, KeySource> keys;
    private final Set<JwsAlgorithm> algorithms;

    /** By the registration itself: another one, even of the same client, is another trust. */
    private final BoundedCache<RegisteredClient, TrustedIssuer> trusts = new BoundedCache<>(MOST_TRUSTS);

    /**
     * Trusts clients as they are registered.
     *
     * @param named those who are trusted by name
     * @param keys the keys that a client authenticates by
     * @param algorithms those of clients that have not registered one
     */
    public SelfIssuers(
            TrustRegistry named,
            ClientRegistry clients,
            Function<RegisteredClient, KeySource> keys,
            Set<JwsAlgorithm> algorithms) {
        this.named = named;
        this.clients = clients;
        this.keys = keys;
        this.algorithms = Set.copyOf(algorithms);
    }

    @Override
    public Optional<TrustedIssuer> find(String issuer) {
        return named.find(issuer)
                .or(() -> ClientId.find(issuer)
                        .flatMap(clients::find)
                        .filter(client -> client.selfIssuedAssertions().isPresent())
                        .map(client -> trusts.get(client, this::trust)));
    }

    private TrustedIssuer trust(RegisteredClient client) {
        SelfIssuedAssertions goodFor = client.selfIssuedAssertions().orElseThrow();
        String itself = client.clientId().value();
        TrustedIssuer.Builder trust = TrustedIssuer.ofClient(client)
                .keys(keys.apply(client))
                .algorithms(client.assertionSigningAlgorithm().map(Set::of).orElse(algorithms))
                .subjects((asserted, claims) -> asserted.equals(itself)
                                || goodFor.subjects().stream().anyMatch(pattern -> pattern.matches(asserted))
                        ? Optional.of(asserted)
                        : Optional.empty())
                .accountRequired(goodFor.isAccountRequired())
                .enabled(client.isEnabled());
        if (goodFor.allowsUnauthenticatedClient()) {
            trust.allowUnauthenticatedClient(client.clientId());
        }
        if (goodFor.allowsReuse()) {
            trust.allow(Leniency.ALLOW_ASSERTION_REUSE);
        }
        return trust.build();
    }
}
