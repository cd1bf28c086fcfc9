package dev.signet.authorizationserver.store;

import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.Authentication;
import dev.signet.core.authorization.CodeChallenge;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a resource owner granted a client by one authorization request: what its code is bound to, and what every token that comes of
 * it is bounded by (RFC 6749 §4.1.2, §6). Immutable.
 *
 * @param id names it here; in no token
 * @param resources those that tokens of it may be for; one at least
 * @param redirectUri the {@code redirect_uri} of the request, as it came; empty if it was left out
 * @param codeChallenge what the verifier must give; empty if the client could go without
 * @param grantedAt when
 * @param expiresAt from when on no token comes of it any more
 */
public record StoredGrant(
        JwtId id,
        ClientId clientId,
        String subject,
        Scope scope,
        Set<ResourceIndicator> resources,
        Optional<String> redirectUri,
        Optional<CodeChallenge> codeChallenge,
        Authentication authentication,
        Instant grantedAt,
        Instant expiresAt) {

    /**
     * Copies the resources.
     *
     * @throws IllegalArgumentException if there is none: a grant is never for whatever there is
     */
    public StoredGrant {
        Objects.requireNonNull(authentication, "authentication");
        if (resources.isEmpty()) {
            throw new IllegalArgumentException("resources are empty");
        }
        resources = Collections.unmodifiableSet(new LinkedHashSet<>(resources));
    }

    /** The identifier and the client. */
    @Override
    public String toString() {
        return "StoredGrant " + id + " to " + clientId;
    }
}
