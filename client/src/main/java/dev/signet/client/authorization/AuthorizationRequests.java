package dev.signet.client.authorization;

import dev.signet.client.FailureException;
import dev.signet.core.Issuer;
import dev.signet.core.authorization.RedirectUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for at several authorization servers, so that none can pass off its answers as those of another (RFC 9207
 * §2.4, §4, RFC 9700 §4.4). Immutable and thread-safe.
 *
 * <pre>{@code
 * AuthorizationRequests requests = AuthorizationRequests.of(List.of(atOne, atTheOther));
 * BegunAuthorization begun = requests.find(chosen).orElseThrow().begin().require();
 * }</pre>
 */
public final class AuthorizationRequests {

    private final Map<Issuer, AuthorizationRequest> byIssuer;

    private AuthorizationRequests(Map<Issuer, AuthorizationRequest> byIssuer) {
        this.byIssuer = byIssuer;
    }

    /**
     * Those requests, one for each server. A server whose responses do not say who it is needs a redirect URI of its own; only
     * where several share one is their metadata asked for here.
     *
     * @throws IllegalArgumentException naming every server that is there twice, and every one that may not share its redirect URI
     * @throws FailureException if metadata that is needed can't be had
     */
    public static AuthorizationRequests of(List<AuthorizationRequest> requests) throws FailureException {
        List<String> faults = new ArrayList<>();
        Map<Issuer, AuthorizationRequest> byIssuer = new LinkedHashMap<>();
        for (AuthorizationRequest request : requests) {
            boolean isShared = isShared(request.redirectUri(), requests);
            if (byIssuer.put(request.issuer(), isShared ? request.withSharedRedirectUri() : request) != null) {
                faults.add(request.issuer() + " is there twice");
            } else if (isShared && !request.isIdentifying()) {
                faults.add(request.issuer() + " does not send iss, and needs a redirect URI of its own");
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("authorization requests: " + String.join("; ", faults));
        }
        return new AuthorizationRequests(byIssuer);
    }

    private static boolean isShared(RedirectUri redirectUri, List<AuthorizationRequest> requests) {
        return requests.stream()
                        .filter(request -> request.redirectUri().equals(redirectUri))
                        .map(AuthorizationRequest::issuer)
                        .distinct()
                        .count()
                > 1;
    }

    /** That to the server with this issuer identifier; empty if there is none. */
    public Optional<AuthorizationRequest> find(Issuer issuer) {
        return Optional.ofNullable(byIssuer.get(issuer));
    }

    /** The servers. */
    @Override
    public String toString() {
        return "AuthorizationRequests to " + byIssuer.keySet();
    }
}
