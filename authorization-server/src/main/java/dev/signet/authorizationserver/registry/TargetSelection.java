package dev.signet.authorizationserver.registry;

import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which resource is meant, and what is asked for there (RFC 8707 §2, RFC 9068 §3, RFC 6749 §3.3): the resource asked for; else the
 * one that all requested scopes belong to; else the default. A token is for one resource; an authorization request may name several.
 */
public final class TargetSelection {

    private final ProtectedResources resources;

    /** Selects among these. */
    public TargetSelection(ProtectedResources resources) {
        this.resources = resources;
    }

    /**
     * The one resource that a token is for.
     *
     * @param permitted the resources that may be asked for
     * @throws OAuthException {@code invalid_target} or {@code invalid_scope}
     */
    public ProtectedResource one(RequestedTarget requested, Predicate<ProtectedResource> permitted) {
        List<ResourceIndicator> asked = requested.resources();
        if (asked.size() > 1) {
            throw target(
                    "A token is for one resource only",
                    RefusalReason.TARGET_SEVERAL,
                    asked.size() + " resources were asked for");
        }
        ProtectedResource resource;
        if (asked.size() == 1) {
            resource = resources.find(asked.get(0)).orElseThrow(TargetSelection::unknown);
        } else if (requested.scope().isPresent()) {
            resource = ofScope(requested.scope().get(), permitted);
        } else {
            resource = resources
                    .findDefault()
                    .orElseThrow(() -> target(
                            "resource is missing",
                            RefusalReason.TARGET_MISSING,
                            "neither resource nor scope was asked for, and no resource is the default"));
        }
        return usable(resource, permitted);
    }

    private static ProtectedResource usable(ProtectedResource resource, Predicate<ProtectedResource> permitted) {
        if (!permitted.test(resource)) {
            throw unknown();
        }
        // Not before: no request moves to another resource because one is not enabled.
        if (!resource.isEnabled()) {
            throw target(
                    "The resource is not available at present",
                    RefusalReason.TARGET_DISABLED,
                    resource.resource() + " is not enabled");
        }
        return resource;
    }

    /**
     * The resources that an authorization is for: all that are asked for, or the one that a token would be for.
     *
     * @param permitted the resources that may be asked for
     * @return in the order they were asked for, one at least
     * @throws OAuthException {@code invalid_target} or {@code invalid_scope}
     */
    public List<ProtectedResource> several(RequestedTarget requested, Predicate<ProtectedResource> permitted) {
        return requested.resources().size() < 2
                ? List.of(one(requested, permitted))
                : requested.resources().stream()
                        .distinct()
                        .map(each -> resources.find(each).orElseThrow(TargetSelection::unknown))
                        .map(resource -> usable(resource, permitted))
                        .toList();
    }

    private ProtectedResource ofScope(Scope scope, Predicate<ProtectedResource> permitted) {
        if (!resources.scope().containsAll(scope)) {
            throw refused("a scope was asked for that no resource has");
        }
        List<ProtectedResource> fitting =
                resources.having(scope).stream().filter(permitted).toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        Optional<ProtectedResource> chosen =
                fitting.stream().filter(ProtectedResource::isDefault).findFirst();
        return chosen.orElseThrow(() -> fitting.isEmpty()
                        && !resources.having(scope).isEmpty()
                ? refused("the scopes belong to resources that the client or the trusted issuer may not use")
                : scope("The scopes belong to different resources", RefusalReason.SCOPE_AMBIGUOUS, "no one resource"));
    }

    /**
     * What is granted at a resource.
     *
     * @param entitled the most that may be granted anywhere
     * @throws OAuthException {@code invalid_scope}
     */
    public Scope scope(RequestedTarget requested, Scope entitled, ProtectedResource resource) {
        Scope most = resource.scope().intersect(entitled);
        if (requested.scope().isPresent()) {
            Scope asked = requested.scope().get();
            if (!most.containsAll(asked)) {
                throw refused("the scope exceeds what was granted at " + resource.resource());
            }
            return asked;
        }
        if (resource.isScopeRequired()) {
            throw scope("scope is missing", RefusalReason.SCOPE_MISSING, "the resource requires that scopes are named");
        }
        if (most.isEmpty() && !resource.scope().isEmpty()) {
            throw refused("none of the scopes of " + resource.resource() + " was granted");
        }
        return most;
    }

    /**
     * What is asked for at several resources together: each scope belongs to one of them (RFC 8707 §2.1).
     *
     * @param entitled the most that may be granted anywhere
     * @throws OAuthException {@code invalid_scope}
     */
    public Scope scope(RequestedTarget requested, Scope entitled, List<ProtectedResource> selected) {
        if (requested.scope().isEmpty()) {
            return union(selected.stream().map(resource -> scope(requested, entitled, resource)));
        }
        Scope asked = requested.scope().get();
        Scope most = union(selected.stream().map(ProtectedResource::scope)).intersect(entitled);
        if (!most.containsAll(asked)) {
            throw refused("the scope exceeds what the client may have at the resources it asks for");
        }
        return asked;
    }

    private static Scope union(Stream<Scope> scopes) {
        return Scope.of(scopes.flatMap(scope -> scope.tokens().stream()).toList());
    }

    private static OAuthException unknown() {
        return target(
                "The resource is unknown, or not for this client",
                RefusalReason.TARGET_UNKNOWN,
                "the resource is not registered, or the client or the trusted issuer may not use it");
    }

    private static OAuthException refused(String detail) {
        return scope("The scope is unknown or exceeds what was granted", RefusalReason.SCOPE_REFUSED, detail);
    }

    private static OAuthException scope(String description, RefusalReason reason, String detail) {
        return OAuthException.of(ErrorCode.INVALID_SCOPE, description, reason, detail);
    }

    private static OAuthException target(String description, RefusalReason reason, String detail) {
        return OAuthException.of(ErrorCode.INVALID_TARGET, description, reason, detail);
    }
}
