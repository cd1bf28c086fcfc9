package dev.signet.authorizationserver.clientauth;

import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.token.GrantType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * By which methods clients may authenticate at an endpoint and for a grant: a server's policy on top of what each client is
 * registered for (RFC 6749 §2.3). Where nothing is named, by every method that is enabled. Who shows no credentials
 * authenticates by {@code none}. Immutable.
 *
 * <pre>{@code
 * AllowedMethods keysWhereTokensAreMade = AllowedMethods.all()
 *         .at(ClientEndpoint.INTROSPECTION, Set.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT))
 *         .forGrant(GrantType.CLIENT_CREDENTIALS, Set.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT));
 * }</pre>
 *
 * @param endpoints by endpoint
 * @param grants by grant type; a method has to be allowed at the token endpoint as well
 */
public record AllowedMethods(
        Map<ClientEndpoint, Set<ClientAuthenticationMethod>> endpoints,
        Map<String, Set<ClientAuthenticationMethod>> grants) {

    private static final AllowedMethods ALL = new AllowedMethods(Map.of(), Map.of());

    /** Copies the maps and sets. */
    public AllowedMethods {
        endpoints = copy(endpoints);
        grants = copy(grants);
    }

    private static <K> Map<K, Set<ClientAuthenticationMethod>> copy(Map<K, Set<ClientAuthenticationMethod>> given) {
        return given.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /** Every method that is enabled, everywhere. */
    public static AllowedMethods all() {
        return ALL;
    }

    /** The same, with these methods and no others at an endpoint. */
    public AllowedMethods at(ClientEndpoint endpoint, Set<ClientAuthenticationMethod> allowed) {
        Map<ClientEndpoint, Set<ClientAuthenticationMethod>> changed = new HashMap<>(endpoints);
        changed.put(endpoint, allowed);
        return new AllowedMethods(changed, grants);
    }

    /** The same, with these methods and no others for a grant. */
    public AllowedMethods forGrant(String grantType, Set<ClientAuthenticationMethod> allowed) {
        Map<String, Set<ClientAuthenticationMethod>> changed = new HashMap<>(grants);
        changed.put(grantType, allowed);
        return new AllowedMethods(endpoints, changed);
    }

    /** The same, and nowhere any method but these. */
    public AllowedMethods within(Set<ClientAuthenticationMethod> enabled) {
        Map<ClientEndpoint, Set<ClientAuthenticationMethod>> narrowed = new EnumMap<>(ClientEndpoint.class);
        for (ClientEndpoint endpoint : ClientEndpoint.values()) {
            narrowed.put(
                    endpoint,
                    enabled.stream()
                            .filter(method -> permits(endpoint, method))
                            .collect(Collectors.toUnmodifiableSet()));
        }
        return new AllowedMethods(narrowed, grants);
    }

    /** Whether clients may authenticate by a method at an endpoint; at the token endpoint, for some grant. */
    public boolean permits(ClientEndpoint endpoint, ClientAuthenticationMethod method) {
        Set<ClientAuthenticationMethod> allowed = endpoints.get(endpoint);
        return allowed == null || allowed.contains(method);
    }

    /** Whether clients may authenticate by a method for a grant. */
    public boolean permits(String grantType, ClientAuthenticationMethod method) {
        Set<ClientAuthenticationMethod> allowed = grants.get(grantType);
        return permits(ClientEndpoint.TOKEN, method) && (allowed == null || allowed.contains(method));
    }

    /** Whether a client can use anything of what it is registered for: a grant, or introspection. */
    public boolean permitsAnythingTo(RegisteredClient client) {
        ClientAuthenticationMethod method = client.authenticationMethod();
        boolean introspects = !client.resourceServerFor().isEmpty() || client.introspectOwnTokens();
        return (client.grantTypes().isEmpty() && !introspects)
                || client.grantTypes().stream().anyMatch(type -> permits(type, method))
                || (introspects && permits(ClientEndpoint.INTROSPECTION, method));
    }

    /**
     * Refuses who authenticated by a method that is not for that endpoint.
     *
     * @throws OAuthException {@code invalid_client}
     */
    public void require(ClientEndpoint endpoint, ClientAuthenticationMethod method) {
        if (!permits(endpoint, method)) {
            throw notAllowed(method.wireName() + " is not allowed at the " + endpoint.id() + " endpoint");
        }
    }

    /**
     * Refuses who authenticated by a method that is not for that grant.
     *
     * @throws OAuthException {@code invalid_client}
     */
    public void require(String grantType, ClientAuthenticationMethod method) {
        if (!permits(grantType, method)) {
            throw notAllowed(method.wireName() + " is not allowed for the grant " + grantType);
        }
    }

    private static OAuthException notAllowed(String detail) {
        return OAuthException.invalidClient(RefusalReason.CLIENT_METHOD_NOT_ALLOWED, detail);
    }

    /**
     * What contradicts itself, or the rest of a server, by path, such as {@code endpoints.introspection}.
     *
     * @param enabled the methods that are enabled
     * @param grantTypes the grants there are
     */
    public Map<String, String> faults(Set<ClientAuthenticationMethod> enabled, Collection<String> grantTypes) {
        Map<String, String> faults = new LinkedHashMap<>();
        new TreeMap<>(endpoints)
                .forEach((endpoint, allowed) -> fault(allowed, endpoint == ClientEndpoint.INTROSPECTION, enabled)
                        .ifPresent(words -> faults.put("endpoints." + endpoint.id(), words)));
        new TreeMap<>(grants).forEach((type, allowed) -> {
            Optional<String> words = grantTypes.contains(type)
                    ? fault(allowed, type.equals(GrantType.CLIENT_CREDENTIALS), enabled)
                            .or(() -> names(allowed, method -> !permits(ClientEndpoint.TOKEN, method))
                                    .map(names -> names + " is not allowed at the token endpoint"))
                    : Optional.of("there is no such grant");
            words.ifPresent(fault -> faults.put("grants." + type, fault));
        });
        if (grantTypes.contains(GrantType.CLIENT_CREDENTIALS)
                && Set.of(ClientAuthenticationMethod.NONE).equals(endpoints.get(ClientEndpoint.TOKEN))) {
            faults.putIfAbsent("endpoints.token", "leaves no way to authenticate for " + GrantType.CLIENT_CREDENTIALS);
        }
        return faults;
    }

    private static Optional<String> fault(
            Set<ClientAuthenticationMethod> allowed, boolean proving, Set<ClientAuthenticationMethod> enabled) {
        if (allowed.isEmpty()) {
            return Optional.of("leaves no way to authenticate");
        }
        if (proving && allowed.contains(ClientAuthenticationMethod.NONE)) {
            return Optional.of("none proves nothing: clients have to authenticate for this");
        }
        return names(allowed, method -> !enabled.contains(method)).map(names -> names + " is not enabled");
    }

    private static Optional<String> names(
            Set<ClientAuthenticationMethod> methods, Predicate<ClientAuthenticationMethod> which) {
        return methods.stream()
                .filter(which)
                .sorted()
                .map(ClientAuthenticationMethod::wireName)
                .reduce((first, next) -> first + ", " + next);
    }
}
