package dev.signet.authorizationserver.grant;

import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import java.util.List;
import java.util.Optional;

/**
 * Which one resource a token is for, and what it allows there (RFC 8707 §2.2, RFC 9068 §3, RFC 6749 §3.3): the resource asked
 * for; else the one that all requested scopes belong to; else the default.
 */
final class TargetSelection {

    private final ProtectedResources resources;

    TargetSelection(ProtectedResources resources) {
        this.resources = resources;
    }

    ProtectedResource select(TokenRequest request, Entitlement entitlement) {
        List<ResourceIndicator> asked = request.resources();
        if (asked.size() > 1) {
            throw target(
                    "A token is for one resource only",
                    RefusalReason.TARGET_SEVERAL,
                    asked.size() + " resources were asked for");
        }
        ProtectedResource resource;
        if (asked.size() == 1) {
            resource = resources.find(asked.get(0)).orElseThrow(TargetSelection::unknown);
        } else if (request.scope().isPresent()) {
            resource = ofScope(request.scope().get(), entitlement);
        } else {
            resource = resources
                    .findDefault()
                    .orElseThrow(() -> target(
                            "resource is missing",
                            RefusalReason.TARGET_MISSING,
                            "neither resource nor scope was asked for, and no resource is the default"));
        }
        if (!entitlement.permits(resource)) {
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

    private ProtectedResource ofScope(Scope scope, Entitlement entitlement) {
        if (!resources.scope().containsAll(scope)) {
            throw refused("a scope was asked for that no resource has");
        }
        List<ProtectedResource> fitting =
                resources.having(scope).stream().filter(entitlement::permits).toList();
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

    Scope scope(TokenRequest request, Entitlement entitlement, ProtectedResource resource) {
        Scope most = resource.scope().intersect(entitlement.scope());
        if (request.scope().isPresent()) {
            Scope asked = request.scope().get();
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
