package dev.signet.authorizationserver.trust;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All whose assertions are trusted. Nobody else's keys are looked for, let alone fetched. Immutable. */
public final class TrustedIssuers {

    private static final TrustedIssuers NONE = new TrustedIssuers(Map.of());

    private final Map<String, TrustedIssuer> byIssuer;

    private TrustedIssuers(Map<String, TrustedIssuer> byIssuer) {
        this.byIssuer = byIssuer;
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
        Map<String, TrustedIssuer> byIssuer = new LinkedHashMap<>();
        Set<String> twice = new TreeSet<>();
        for (TrustedIssuer issuer : issuers) {
            if (byIssuer.putIfAbsent(issuer.issuer(), issuer) != null) {
                twice.add(issuer.issuer());
            }
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("trusted issuers: given twice: " + String.join(", ", twice));
        }
        return new TrustedIssuers(Collections.unmodifiableMap(byIssuer));
    }

    /** The trust in an issuer, compared as a plain string. */
    public Optional<TrustedIssuer> find(String issuer) {
        return Optional.ofNullable(byIssuer.get(issuer));
    }

    /** All, in the order they were given. */
    public Collection<TrustedIssuer> all() {
        return byIssuer.values();
    }

    /** Whether nobody is trusted. */
    public boolean isEmpty() {
        return byIssuer.isEmpty();
    }

    /** Whether assertions of anyone may be presented without authentication. */
    public boolean anyAllowsUnauthenticatedClient() {
        return all().stream().anyMatch(issuer -> issuer.has(TrustedIssuer.Leniency.ALLOW_UNAUTHENTICATED_CLIENT));
    }
}
