package dev.signet.authorizationserver.registry;

import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.jwt.key.JwsAlgorithm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The resources of one server. Immutable. */
public final class ProtectedResources {

    private final Map<ResourceIndicator, ProtectedResource> byIndicator;
    private final Scope scope;

    private ProtectedResources(Map<ResourceIndicator, ProtectedResource> byIndicator) {
        this.byIndicator = byIndicator;
        this.scope = Scope.of(byIndicator.values().stream()
                .flatMap(resource -> resource.scope().tokens().stream())
                .toList());
    }

    /**
     * A set of resources.
     *
     * @throws IllegalArgumentException if there is none, or two have one identifier or are both the default
     */
    public static ProtectedResources of(Collection<ProtectedResource> resources) {
        List<String> faults = new ArrayList<>();
        Map<ResourceIndicator, ProtectedResource> byIndicator = new LinkedHashMap<>();
        for (ProtectedResource resource : resources) {
            if (byIndicator.putIfAbsent(resource.resource(), resource) != null) {
                faults.add("two resources are " + resource.resource());
            }
        }
        if (resources.isEmpty()) {
            faults.add("there is no resource");
        }
        List<String> defaults = byIndicator.values().stream()
                .filter(ProtectedResource::isDefault)
                .map(resource -> resource.resource().value())
                .toList();
        if (defaults.size() > 1) {
            faults.add("more than one resource is the default: " + String.join(", ", defaults));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("resources: " + String.join("; ", faults));
        }
        return new ProtectedResources(Collections.unmodifiableMap(byIndicator));
    }

    /** All, in the order they were given. */
    public Collection<ProtectedResource> all() {
        return byIndicator.values();
    }

    /** The resource with that identifier, compared character by character. */
    public Optional<ProtectedResource> find(ResourceIndicator indicator) {
        return Optional.ofNullable(byIndicator.get(indicator));
    }

    /** The default. */
    public Optional<ProtectedResource> findDefault() {
        return all().stream().filter(ProtectedResource::isDefault).findFirst();
    }

    /** Those that have all these scopes. */
    public List<ProtectedResource> having(Scope scope) {
        return all().stream()
                .filter(resource -> resource.scope().containsAll(scope))
                .toList();
    }

    /** The algorithms that resources have of their own. */
    public Set<JwsAlgorithm> signingAlgorithms() {
        return all().stream()
                .flatMap(resource -> resource.signingAlgorithm().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(JwsAlgorithm.class)));
    }

    /** The scopes of all resources together. */
    public Scope scope() {
        return scope;
    }
}
