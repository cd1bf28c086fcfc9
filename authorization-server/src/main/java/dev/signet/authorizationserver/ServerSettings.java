package dev.signet.authorizationserver;

import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.clientauth.ClientEndpoint;
import dev.signet.authorizationserver.registration.RegistrationPolicy;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.registry.ProtectedResources;
import dev.signet.authorizationserver.registry.TokenFormat;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoredKey;
import dev.signet.authorizationserver.store.memory.FixedServerKeys;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import dev.signet.authorizationserver.trust.TrustedIssuer.Leniency;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of a server that depend on each other, found in order; all faults are reported at once. */
record ServerSettings(
        Issuer issuer,
        ClientRegistry clients,
        ServerKeyStore<SigningKey> signingKeyStore,
        ReplayGuard replayGuard,
        ProtectedResources resources,
        Set<ClientAuthenticationMethod> methods,
        AllowedMethods allowed,
        List<String> grantTypes,
        Set<JwsAlgorithm> assertionAlgorithms,
        Set<JwsAlgorithm> signatureAlgorithms,
        boolean revoking,
        boolean authorizing,
        boolean pushing,
        Optional<RegistrationPolicy> registration) {

    private static final Duration SMALLEST_SKEW = Duration.ofSeconds(10);
    private static final Duration LARGEST_SKEW = Duration.ofSeconds(60);
    private static final Duration LONGEST_PER_FAILURE = Duration.ofHours(1);
    private static final int MOST_FAILURES = 1_000;

    /** The endpoints that tokens come back to. */
    private static final Set<ClientEndpoint> ANSWERING =
            Set.of(ClientEndpoint.INTROSPECTION, ClientEndpoint.REVOCATION);

    static ServerSettings of(AuthorizationServer.Builder builder) {
        List<String> faults = new ArrayList<>();
        ProtectedResources resources = resources(builder, faults);
        requireGiven(builder.issuer, "issuer", faults);
        requireGiven(builder.clients, "clients", faults);
        requireGiven(builder.signingKeyStore, "signingKeys", faults);
        requireGiven(builder.replayGuard, "replayGuard", faults);
        checkAlgorithms(builder, faults);
        checkLimits(builder, faults);
        checkRevocation(builder, faults);
        builder.resources.forEach(resource -> checkFormat(resource, builder, faults));
        checkContents(builder, faults);
        checkAccounts(builder, faults);
        checkAuthorization(builder, faults);
        checkDecryptionKeys(builder, faults);
        if (builder.trustedIssuers instanceof TrustedIssuers known) {
            known.all().forEach(issuer -> checkTrust(issuer, builder, resources, faults));
        }
        Set<ClientAuthenticationMethod> methods = methods(builder);
        if (methods.isEmpty()) {
            faults.add("authenticationMethods leave no way to authenticate");
        }
        List<String> grantTypes = grantTypes(builder);
        boolean revoking = builder.revokedTokens != null || builder.allowIrrevocableAccessTokens;
        checkAllowedMethods(builder, methods, grantTypes, revoking, faults);
        checkRegistration(builder, resources, methods, grantTypes, faults);
        if (!faults.isEmpty()
                || resources == null
                || builder.issuer == null
                || builder.clients == null
                || builder.signingKeyStore == null
                || builder.replayGuard == null) {
            throw new IllegalArgumentException("authorization server: " + String.join("; ", faults));
        }
        return new ServerSettings(
                builder.issuer,
                builder.clients,
                builder.signingKeyStore,
                builder.replayGuard,
                resources,
                methods,
                builder.allowedMethods.within(builder.authenticationMethods),
                grantTypes,
                assertionAlgorithms(builder, methods),
                Set.copyOf(builder.assertionAlgorithms),
                revoking,
                builder.resourceOwnerPrompt != null,
                builder.pushedRequests != null,
                Optional.ofNullable(builder.registrationPolicy));
    }

    /** The grants there are: those for codes where these can be kept, that for assertions where somebody's are trusted. */
    private static List<String> grantTypes(AuthorizationServer.Builder builder) {
        List<String> types = new ArrayList<>();
        if (builder.grants != null) {
            types.add(GrantType.AUTHORIZATION_CODE);
            types.add(GrantType.REFRESH_TOKEN);
        }
        types.add(GrantType.CLIENT_CREDENTIALS);
        boolean nobodyTrusted = builder.trustedIssuers instanceof TrustedIssuers known && known.isEmpty();
        if (builder.selfIssuedAssertions || !nobodyTrusted) {
            types.add(GrantType.JWT_BEARER);
        }
        return List.copyOf(types);
    }

    /** By which methods something can be had at an endpoint. */
    Set<ClientAuthenticationMethod> methods(ClientEndpoint endpoint) {
        Set<ClientAuthenticationMethod> working = EnumSet.noneOf(ClientAuthenticationMethod.class);
        for (ClientAuthenticationMethod method : methods) {
            boolean proving = method != ClientAuthenticationMethod.NONE;
            boolean works = switch (endpoint) {
                case TOKEN ->
                    grantTypes.stream()
                            .filter(type -> proving || !type.equals(GrantType.CLIENT_CREDENTIALS))
                            .anyMatch(type -> allowed.permits(type, method));
                case INTROSPECTION -> proving && allowed.permits(endpoint, method);
                case REVOCATION, PUSHED_AUTHORIZATION_REQUEST -> allowed.permits(endpoint, method);
            };
            if (works) {
                working.add(method);
            }
        }
        return working;
    }

    /** Whether tokens can come back: to clients that can prove who they are, and to no others. */
    boolean answers() {
        return revoking && !methods(ClientEndpoint.INTROSPECTION).isEmpty();
    }

    private static void checkAllowedMethods(
            AuthorizationServer.Builder builder,
            Set<ClientAuthenticationMethod> methods,
            List<String> grantTypes,
            boolean revoking,
            List<String> faults) {
        AllowedMethods allowed = builder.allowedMethods;
        allowed.faults(builder.authenticationMethods, grantTypes)
                .forEach((path, words) -> faults.add("allowedMethods: " + path + ": " + words));
        if (!revoking && allowed.endpoints().keySet().stream().anyMatch(ANSWERING::contains)) {
            faults.add("allowedMethods: there is neither introspection nor revocation without revokedTokens");
        }
        if (builder.pushedRequests == null
                && allowed.endpoints().containsKey(ClientEndpoint.PUSHED_AUTHORIZATION_REQUEST)) {
            faults.add("allowedMethods: nothing can be pushed without pushedRequests");
        }
        if (!methods.contains(ClientAuthenticationMethod.NONE)
                && Stream.concat(allowed.endpoints().values().stream(), allowed.grants().values().stream())
                        .anyMatch(Set.of(ClientAuthenticationMethod.NONE)::equals)) {
            faults.add("allowedMethods: none alone is no way to authenticate: nobody may go without");
        }
    }

    private static void checkRegistration(
            AuthorizationServer.Builder builder,
            @Nullable ProtectedResources resources,
            Set<ClientAuthenticationMethod> methods,
            List<String> grantTypes,
            List<String> faults) {
        RegistrationPolicy policy = builder.registrationPolicy;
        if (policy == null) {
            return;
        }
        if (resources != null && !resources.scope().containsAll(policy.scope())) {
            faults.add("registration: a scope belongs to no resource");
        }
        if (resources != null
                && policy.resources().stream()
                        .anyMatch(resource -> resources.find(resource).isEmpty())) {
            faults.add("registration: a resource is not registered");
        }
        if (!grantTypes.containsAll(policy.grantTypes())) {
            faults.add("registration: there are only the grants " + String.join(", ", grantTypes));
        }
        if (!methods.containsAll(policy.authenticationMethods().orElse(Set.of()))) {
            faults.add("registration: an authentication method is not enabled");
        }
    }

    private static void requireGiven(@Nullable Object setting, String name, List<String> faults) {
        if (setting == null) {
            faults.add(name + " is missing");
        }
    }

    private static @Nullable ProtectedResources resources(AuthorizationServer.Builder builder, List<String> faults) {
        try {
            return ProtectedResources.of(builder.resources);
        } catch (IllegalArgumentException unfit) {
            faults.add(unfit.getMessage());
            return null;
        }
    }

    private static void checkAlgorithms(AuthorizationServer.Builder builder, List<String> faults) {
        if (builder.signingAlgorithm.isMac()) {
            faults.add("signingAlgorithm is a MAC: who checks a token could make one");
        }
        if (builder.assertionAlgorithms.isEmpty()) {
            faults.add("assertionAlgorithms are empty");
        }
        if (builder.assertionAlgorithms.stream().anyMatch(JwsAlgorithm::isMac)) {
            faults.add("assertionAlgorithms hold a MAC: client_secret_jwt enables those");
        }
    }

    private static void checkLimits(AuthorizationServer.Builder builder, List<String> faults) {
        if (builder.clockSkew.compareTo(SMALLEST_SKEW) < 0 || builder.clockSkew.compareTo(LARGEST_SKEW) > 0) {
            faults.add("clockSkew must be 10 to 60 seconds");
        }
        if (builder.failuresAtOnce < 1 || builder.failuresAtOnce > MOST_FAILURES) {
            faults.add("secretFailures must be 1 to " + MOST_FAILURES + " at once");
        }
        if (builder.timePerFailure.toMillis() < 1 || builder.timePerFailure.compareTo(LONGEST_PER_FAILURE) > 0) {
            faults.add("secretFailures must drain in a millisecond to an hour");
        }
    }

    private static void checkRevocation(AuthorizationServer.Builder builder, List<String> faults) {
        if (builder.revocationsInMemory < 1
                || builder.revocationsInMemory > AuthorizationServer.MOST_REVOCATIONS_IN_MEMORY) {
            faults.add("revocationsInMemory must be 1 to " + AuthorizationServer.MOST_REVOCATIONS_IN_MEMORY);
        }
        if (builder.grants != null && builder.revokedTokens == null && !builder.allowIrrevocableAccessTokens) {
            faults.add("revokedTokens are missing: the access tokens of a grant that ends are revoked in them");
        }
        if (builder.allowIrrevocableAccessTokens && builder.revokedTokens != null) {
            faults.add("revokedTokens are given, though allowIrrevocableAccessTokens is on");
        }
    }

    private static void checkFormat(
            ProtectedResource resource, AuthorizationServer.Builder builder, List<String> faults) {
        if (resource.tokenFormat().isKept() && builder.storedTokens == null) {
            faults.add("storedTokens are missing: the tokens of " + resource.resource() + " are kept in them");
        }
        if (resource.tokenFormat() instanceof TokenFormat.Opaque
                && builder.revokedTokens == null
                && !builder.allowIrrevocableAccessTokens) {
            faults.add("resource " + resource.resource()
                    + ": its tokens are opaque, though without revokedTokens nobody can ask about them");
        }
    }

    private static void checkContents(AuthorizationServer.Builder builder, List<String> faults) {
        if (builder.accessTokenWarningLength < AuthorizationServer.SHORTEST_WARNING_LENGTH
                || builder.accessTokenWarningLength > AuthorizationServer.LONGEST_WARNING_LENGTH) {
            faults.add("accessTokenWarningLength must be " + AuthorizationServer.SHORTEST_WARNING_LENGTH + " to "
                    + AuthorizationServer.LONGEST_WARNING_LENGTH);
        }
        if (builder.pairwiseKey == null) {
            builder.resources.stream()
                    .filter(ProtectedResource::hasPairwiseSubject)
                    .forEach(resource -> faults.add("resource " + resource.resource()
                            + " has pairwise subjects, though there is no pairwiseKey"));
        }
    }

    private static void checkTrust(
            TrustedIssuer issuer,
            AuthorizationServer.Builder builder,
            @Nullable ProtectedResources resources,
            List<String> faults) {
        if (resources != null) {
            if (issuer.resources().stream()
                    .anyMatch(resource -> resources.find(resource).isEmpty())) {
                faults.add("trusted issuer " + issuer.issuer() + ": a resource is not registered");
            }
            if (!reachable(issuer, resources).containsAll(issuer.scope().orElse(Scope.empty()))) {
                faults.add("trusted issuer " + issuer.issuer() + ": a scope belongs to no resource"
                        + (issuer.resources().isEmpty() ? "" : " of its own"));
            }
        }
        if (issuer.has(Leniency.ALLOW_UNAUTHENTICATED_CLIENT)
                && !builder.allowedMethods
                        .within(builder.authenticationMethods)
                        .permits(GrantType.JWT_BEARER, ClientAuthenticationMethod.NONE)) {
            faults.add("trusted issuer " + issuer.issuer()
                    + ": clients may go without authentication, though none is not allowed for its grant");
        }
        ClientRegistry clients = builder.clients;
        if (clients != null
                && issuer.unauthenticatedClient().flatMap(clients::find).isPresent()) {
            faults.add("trusted issuer " + issuer.issuer()
                    + ": the client_id of unauthenticated clients is that of a registered one");
        }
    }

    private static void checkAuthorization(AuthorizationServer.Builder builder, List<String> faults) {
        if (builder.resourceOwnerPrompt != null && builder.grants == null) {
            faults.add("grants are missing: what the resourceOwnerPrompt approves is kept in them");
        }
        if (builder.pushedRequests != null && builder.resourceOwnerPrompt == null) {
            faults.add("pushedRequests are given, though there is no resourceOwnerPrompt to approve them");
        }
        if (builder.pushedRequests == null && builder.requestPolicy.isPushedRequired()) {
            faults.add("pushedRequests are missing, though requests have to be pushed");
        }
        if (builder.grants != null && builder.resourceOwnerPrompt == null) {
            faults.add("resourceOwnerPrompt is missing: nobody could approve what grants keep");
        }
    }

    /** RFC 9068 §5: nobody is to take a person for a client. */
    private static void checkAccounts(AuthorizationServer.Builder builder, List<String> faults) {
        ClientRegistry clients = builder.clients;
        if (clients != null && builder.accounts instanceof KnownAccounts known) {
            known.subjects().stream()
                    .filter(subject ->
                            ClientId.find(subject).flatMap(clients::find).isPresent())
                    .sorted()
                    .forEach(subject -> faults.add("accounts: " + subject + " is the client_id of a client"));
        }
    }

    /** The scopes of the resources that its assertions give tokens for. */
    private static Scope reachable(TrustedIssuer issuer, ProtectedResources resources) {
        return issuer.resources().isEmpty()
                ? resources.scope()
                : Scope.of(issuer.resources().stream()
                        .flatMap(resource -> resources.find(resource).stream())
                        .flatMap(resource -> resource.scope().tokens().stream())
                        .collect(Collectors.toSet()));
    }

    private static void checkDecryptionKeys(AuthorizationServer.Builder builder, List<String> faults) {
        builder.decryptionAlgorithms.stream()
                .filter(algorithm -> !DecryptionKey.ALGORITHMS.contains(algorithm))
                .forEach(algorithm -> faults.add("decryptionAlgorithms: " + algorithm + " is not supported"));
        if (builder.decryptionKeyStore instanceof FixedServerKeys<DecryptionKey> fixed) {
            Set<String> seen = new HashSet<>();
            Set<String> algorithms = new HashSet<>();
            for (StoredKey<DecryptionKey> stored : fixed.keys()) {
                algorithms.add(stored.key().algorithm());
                if (!seen.add(stored.key().keyId())) {
                    faults.add(
                            "decryptionKeys: more than one is " + stored.key().keyId());
                }
            }
            builder.decryptionAlgorithms.stream()
                    .filter(algorithm -> !algorithms.contains(algorithm))
                    .forEach(algorithm -> faults.add("decryptionKeys: none is for " + algorithm));
        }
    }

    /** Who shows no credentials has nothing to ask for where everybody must authenticate; then {@code none} is not advertised. */
    private static Set<ClientAuthenticationMethod> methods(AuthorizationServer.Builder builder) {
        Set<ClientAuthenticationMethod> methods = EnumSet.noneOf(ClientAuthenticationMethod.class);
        methods.addAll(builder.authenticationMethods);
        if (builder.grants == null
                && !builder.selfIssuedAssertions
                && builder.trustedIssuers instanceof TrustedIssuers known
                && !known.mayAllowUnauthenticatedClient()) {
            methods.remove(ClientAuthenticationMethod.NONE);
        }
        return methods;
    }

    private static Set<JwsAlgorithm> assertionAlgorithms(
            AuthorizationServer.Builder builder, Set<ClientAuthenticationMethod> methods) {
        Set<JwsAlgorithm> algorithms = EnumSet.noneOf(JwsAlgorithm.class);
        if (methods.contains(ClientAuthenticationMethod.PRIVATE_KEY_JWT)) {
            algorithms.addAll(builder.assertionAlgorithms);
        }
        if (methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_JWT)) {
            algorithms.addAll(EnumSet.of(JwsAlgorithm.HS256, JwsAlgorithm.HS384, JwsAlgorithm.HS512));
        }
        return algorithms;
    }
}
