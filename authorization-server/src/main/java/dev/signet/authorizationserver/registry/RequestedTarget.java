package dev.signet.authorizationserver.registry;

import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import java.util.List;
import java.util.Optional;

/**
 * What a request asks for, and where (RFC 6749 §3.3, RFC 8707 §2).
 *
 * @param scope {@code scope}; empty if none was asked for
 * @param resources the values of the parameter, each time it came
 */
public record RequestedTarget(Optional<Scope> scope, List<ResourceIndicator> resources) {

    /** Copies the resources. */
    public RequestedTarget {
        resources = List.copyOf(resources);
    }

    /**
     * Reads it.
     *
     * @throws dev.signet.core.error.OAuthException {@code invalid_scope} or {@code invalid_target} if it is malformed
     */
    public static RequestedTarget read(FormParameters parameters) {
        return new RequestedTarget(
                parameters.single(ParameterName.SCOPE).map(Scope::parse),
                parameters.all(ParameterName.RESOURCE).stream()
                        .map(ResourceIndicator::parse)
                        .toList());
    }
}
