package dev.signet.app.config;

import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.registration.RegistrationPolicy;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.registry.SelfIssuedAssertions;
import dev.signet.authorizationserver.trust.IssuerKeys;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.OutboundHttp;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one part of the file says of another: scopes and resources that nobody registered, and addresses that are never
 * called, can't ever work.
 *
 * <p>A {@code client_id} that stands for nothing in the file is no fault, since the client may be in the store. Not
 * thread-safe.
 */
final class References {

    /** What a {@code jwks_uri} has to be. */
    static final String CALLABLE =
            "the https URL of a JWK Set; outbound.allow_hosts opens hosts that are internal or speak plain http";

    /** What an issuer has to be whose metadata is fetched. */
    static final String CALLABLE_ISSUER =
            "an https URL without query and fragment; outbound.allow_hosts opens hosts that"
                    + " are internal or speak plain http";

    private static final String CLOSED = "client_authentication does not allow none for " + GrantType.JWT_BEARER;

    private final OutboundHttp outbound;
    private final Set<JwsAlgorithm> signing;
    private List<RegisteredClient> clients = List.of();
    private AllowedMethods allowedMethods = AllowedMethods.all();

    /** Null while the resources are at fault themselves: then nothing is held against them. */
    private @Nullable ProtectedResources resources;

    /** @param signing the algorithms that the server has keys for */
    References(OutboundHttp outbound, Set<JwsAlgorithm> signing) {
        this.outbound = outbound;
        this.signing = signing;
    }

    /** What scopes and resource indicators may name. */
    void resources(ProtectedResources registered) {
        this.resources = registered;
    }

    /** By which methods clients may authenticate where. */
    void allowedMethods(AllowedMethods allowed) {
        this.allowedMethods = allowed;
    }

    /** The clients of the file, which come before those of the store. */
    void clients(List<RegisteredClient> registered) {
        this.clients = List.copyOf(registered);
    }

    /** Whether it is a client of the file. */
    boolean isClient(ClientId clientId) {
        return clients.stream().anyMatch(client -> client.clientId().equals(clientId));
    }

    /** What is wrong with a client, by key. */
    Map<String, String> faults(RegisteredClient client) {
        Map<String, String> faults = new LinkedHashMap<>();
        if (client.jwksUri().filter(uri -> !outbound.permits(uri)).isPresent()) {
            faults.put("jwks_uri", "expected " + CALLABLE);
        }
        if (client.jwks().filter(JwkSet::isAmbiguous).isPresent()) {
            faults.put("jwks", "two keys have one kid: whatever names it would be refused");
        }
        if (!allowedMethods.permitsAnythingTo(client)) {
            faults.put(
                    "token_endpoint_auth_method",
                    "client_authentication does not allow "
                            + client.authenticationMethod().wireName()
                            + " for anything that the client is registered for");
        }
        if (client.selfIssuedAssertions()
                        .filter(SelfIssuedAssertions::allowsUnauthenticatedClient)
                        .isPresent()
                && isClosed()) {
            faults.put("self_issued_assertions.allow_unauthenticated_client", CLOSED);
        }
        client.introspectionSigningAlgorithm()
                .filter(algorithm -> !signing.contains(algorithm))
                .ifPresent(algorithm -> faults.put(
                        "introspection_signed_response_alg",
                        algorithm.joseName() + " is not among the algorithms that this server signs with"));
        String scopes = strangers(client.scope());
        if (!scopes.isEmpty()) {
            faults.put("scope", "belongs to no resource: " + scopes);
        }
        ProtectedResources known = resources;
        if (known != null) {
            putStrangers(faults, "resources", client.resources(), known);
            putStrangers(faults, "resource_server_for", client.resourceServerFor(), known);
        }
        return faults;
    }

    /** What is wrong with what clients may register, by key. */
    Map<String, String> faults(RegistrationPolicy policy) {
        Map<String, String> faults = new LinkedHashMap<>();
        String scopes = strangers(policy.scope());
        if (!scopes.isEmpty()) {
            faults.put("scope", "belongs to no resource: " + scopes);
        }
        ProtectedResources known = resources;
        if (known != null) {
            putStrangers(faults, "resources", policy.resources(), known);
        }
        return faults;
    }

    /** Whether nobody may exchange an assertion without authentication, whatever its issuer allows. */
    private boolean isClosed() {
        return !allowedMethods.permits(GrantType.JWT_BEARER, ClientAuthenticationMethod.NONE);
    }

    private static void putStrangers(
            Map<String, String> faults, String key, Set<ResourceIndicator> named, ProtectedResources known) {
        String strangers = named(
                named.stream().map(ResourceIndicator::value).toList(),
                value -> known.find(new ResourceIndicator(value)).isEmpty());
        if (!strangers.isEmpty()) {
            faults.put(key, "is not among the resources: " + strangers);
        }
    }

    /** What is wrong with a trust, by key. */
    Map<String, String> faults(TrustedIssuer trust) {
        Map<String, String> faults = new LinkedHashMap<>();
        trust.issuerKeys().ifPresent(keys -> {
            if (keys instanceof IssuerKeys.PublishedAt there && !outbound.permits(there.jwksUri())) {
                faults.put("jwks_uri", "expected " + CALLABLE);
            }
            if (keys instanceof IssuerKeys.Discovered && !outbound.permits(URI.create(trust.issuer()))) {
                faults.put("discovery", "expected an issuer that is " + CALLABLE_ISSUER);
            }
        });
        if (trust.has(TrustedIssuer.Leniency.ALLOW_UNAUTHENTICATED_CLIENT) && isClosed()) {
            faults.put("allow_unauthenticated_client", CLOSED);
        }
        String scopes = strangers(trust.scope().orElse(Scope.empty()));
        if (!scopes.isEmpty()) {
            faults.put("scope", "belongs to no resource: " + scopes);
        }
        String others = named(trust.clients().stream().map(ClientId::value).toList(), this::isWithoutGrant);
        if (!others.isEmpty()) {
            faults.put("clients", "are without the grant type " + GrantType.JWT_BEARER + ": " + others);
        }
        ProtectedResources known = resources;
        if (known != null) {
            putStrangers(faults, "resources", trust.resources(), known);
        }
        return faults;
    }

    /** Whether that is a client here, so that no other can be meant, which may present nobody's assertions. */
    private boolean isWithoutGrant(String clientId) {
        return clients.stream()
                .anyMatch(client -> client.clientId().value().equals(clientId)
                        && client.federatedIdentity().isEmpty()
                        && !client.grantTypes().contains(GrantType.JWT_BEARER));
    }

    private String strangers(Scope scope) {
        ProtectedResources known = resources;
        return known == null
                ? ""
                : named(scope.tokens(), token -> !known.scope().containsAll(Scope.of(token)));
    }

    private static String named(Collection<String> names, Predicate<String> isStrange) {
        return names.stream().filter(isStrange).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(", "));
    }
}
