package dev.signet.authorizationserver.trust;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All whose JWTs count, each with what they count for: the one place that says so. Nobody else's keys are looked for, let alone
 * fetched. Immutable.
 */
public final class TrustedIssuers {

    private static final TrustedIssuers NONE = new TrustedIssuers(List.of());

    private final List<TrustedIssuer> issuers;

    private TrustedIssuers(List<TrustedIssuer> issuers) {
        this.issuers = issuers;
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
        Set<String> names = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        for (TrustedIssuer issuer : issuers) {
            if (!names.add(issuer.issuer())) {
                twice.add(issuer.issuer());
            }
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("trusted issuers: given twice: " + String.join(", ", twice));
        }
        return new TrustedIssuers(List.copyOf(issuers));
    }

    /** All, in the order they were given. */
    public List<TrustedIssuer> all() {
        return issuers;
    }

    /** Whether nobody is trusted. */
    public boolean isEmpty() {
        return issuers.isEmpty();
    }

    /** Whether assertions of anyone may be presented without authentication. */
    public boolean anyAllowsUnauthenticatedClient() {
        return all().stream()
                .anyMatch(issuer ->
                        issuer.isEnabled() && issuer.has(TrustedIssuer.Leniency.ALLOW_UNAUTHENTICATED_CLIENT));
    }
}
