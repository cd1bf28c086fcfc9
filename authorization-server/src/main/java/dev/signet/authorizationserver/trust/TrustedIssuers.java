package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.core.ClientId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The trusts that are known beforehand, such as those of a configuration, and where to ask about others. Nobody else's keys are
 * looked for, let alone fetched. Immutable.
 */
public final class TrustedIssuers implements TrustRegistry {

    private static final TrustedIssuers NONE = new TrustedIssuers(List.of(), Map.of(), null);

    private final List<TrustedIssuer> issuers;
    private final Map<String, TrustedIssuer> byName;
    private final @Nullable TrustRegistry others;

    private TrustedIssuers(
            List<TrustedIssuer> issuers, Map<String, TrustedIssuer> byName, @Nullable TrustRegistry others) {
        this.issuers = issuers;
        this.byName = byName;
        this.others = others;
    }

    /** Trusts nobody. */
    public static TrustedIssuers none() {
        return NONE;
    }

    /**
     * Trusts these.
     *
     * @throws IllegalArgumentException naming every issuer that is given twice
     */
    public static TrustedIssuers of(Collection<TrustedIssuer> issuers) {
        Map<String, TrustedIssuer> byName = new HashMap<>();
        Set<String> twice = new TreeSet<>();
        for (TrustedIssuer issuer : issuers) {
            if (byName.put(issuer.issuer(), issuer) != null) {
                twice.add(issuer.issuer());
            }
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("trusted issuers: given twice: " + String.join(", ", twice));
        }
        return new TrustedIssuers(List.copyOf(issuers), Map.copyOf(byName), null);
    }

    /** These, and for issuers that are not among them whatever another registry says. */
    public TrustedIssuers before(TrustRegistry registry) {
        return new TrustedIssuers(issuers, byName, registry);
    }

    @Override
    public Optional<TrustedIssuer> find(String issuer) {
        TrustedIssuer known = byName.get(issuer);
        return known == null && others != null ? others.find(issuer) : Optional.ofNullable(known);
    }

    @Override
    public boolean mayNameUnauthenticated(ClientId clientId) {
        return issuers.stream()
                        .anyMatch(issuer -> issuer.isEnabled()
                                && issuer.unauthenticatedClient()
                                        .filter(clientId::equals)
                                        .isPresent())
                || (others != null && others.mayNameUnauthenticated(clientId));
    }

    /** All that are known beforehand, in the order they were given. */
    public List<TrustedIssuer> all() {
        return issuers;
    }

    /** Whether nobody will ever be trusted. */
    public boolean isEmpty() {
        return issuers.isEmpty() && others == null;
    }

    /** Whether there are assertions, or may be some day, that can be presented without authentication. */
    public boolean mayAllowUnauthenticatedClient() {
        return others != null
                || issuers.stream()
                        .anyMatch(issuer -> issuer.isEnabled() && issuer.has(Leniency.ALLOW_UNAUTHENTICATED_CLIENT));
    }
}
