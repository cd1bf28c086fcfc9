package dev.signet.authorizationserver.resourceowner;

import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody let a client do, so that it is not asked again.
 *
 * @param subject who
 * @param clientId whom
 * @param scopes at which resource what; an empty scope stands for the resource alone
 */
public record Consent(String subject, ClientId clientId, Map<ResourceIndicator, Scope> scopes) {

    /** Copies the map. */
    public Consent {
        scopes = Collections.unmodifiableMap(new LinkedHashMap<>(scopes));
    }

    /** Whether nothing is asked for that it does not hold. */
    public boolean covers(Map<ResourceIndicator, Scope> asked) {
        return asked.entrySet().stream()
                .allMatch(each -> Optional.ofNullable(scopes.get(each.getKey()))
                        .filter(given -> given.containsAll(each.getValue()))
                        .isPresent());
    }

    /** The client only. */
    @Override
    public String toString() {
        return "Consent for " + clientId;
    }
}
