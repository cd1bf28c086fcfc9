package dev.signet.app.config;

import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import java.util.Set;

/**
 * How clients authenticate.
 *
 * @param methods those that are enabled
 * @param allowed where, and for what
 */
public record ClientAuthenticationSettings(Set<ClientAuthenticationMethod> methods, AllowedMethods allowed) {

    /** Copies the set. */
    public ClientAuthenticationSettings {
        methods = Set.copyOf(methods);
    }
}
