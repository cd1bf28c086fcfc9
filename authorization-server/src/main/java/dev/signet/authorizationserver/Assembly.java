package dev.signet.authorizationserver;

import dev.signet.authorizationserver.accesstoken.AccessTokenIssuer;
import dev.signet.authorizationserver.accesstoken.AccessTokenReader;
import dev.signet.authorizationserver.accesstoken.Introspection;
import dev.signet.authorizationserver.accesstoken.IntrospectionSigner;
import dev.signet.authorizationserver.accesstoken.RevocationList;
import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.accesstoken.TokenContents;
import dev.signet.authorizationserver.accesstoken.TokenParties;
import dev.signet.authorizationserver.clientauth.ClientAuthentication;
import dev.signet.authorizationserver.clientauth.ClientKeys;
import dev.signet.authorizationserver.clientauth.CredentialsReader;
import dev.signet.authorizationserver.endpoint.ClientForms;
import dev.signet.authorizationserver.endpoint.Endpoint;
import dev.signet.authorizationserver.endpoint.EndpointPaths;
import dev.signet.authorizationserver.endpoint.Endpoints;
import dev.signet.authorizationserver.endpoint.ErrorResponses;
import dev.signet.authorizationserver.endpoint.IntrospectionEndpoint;
import dev.signet.authorizationserver.endpoint.JwkSetEndpoint;
import dev.signet.authorizationserver.endpoint.MetadataEndpoint;
import dev.signet.authorizationserver.endpoint.RevocationEndpoint;
import dev.signet.authorizationserver.endpoint.TokenEndpoint;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.explanation.Explanations;
import dev.signet.authorizationserver.explanation.Trial;
import dev.signet.authorizationserver.grant.ClientCredentialsGrant;
import dev.signet.authorizationserver.grant.Gate;
import dev.signet.authorizationserver.grant.Grant;
import dev.signet.authorizationserver.grant.JwtBearerGrant;
import dev.signet.authorizationserver.internal.AssertionReader;
import dev.signet.authorizationserver.internal.AssertionTerms;
import dev.signet.authorizationserver.internal.QuietListener;
import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.authorizationserver.store.memory.InMemoryStoredTokens;
import dev.signet.authorizationserver.trust.KeySources;
import dev.signet.authorizationserver.trust.TrustedAssertions;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.Issuer;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parts of a server, put together from settings that were found in order. */
record Assembly(
        Clock clock,
        ServerListener listener,
        RandomIds ids,
        Endpoints endpoints,
        ErrorResponses errors,
        SigningKeys signingKeys,
        AuthorizationServerMetadata metadata,
        Explanations explanations) {

    /** RFC 9864: names that say all come before the one that does not. */
    private static final Comparator<JwsAlgorithm> FULLY_SPECIFIED_FIRST = Comparator.comparing(
                    (JwsAlgorithm algorithm) -> algorithm == JwsAlgorithm.EdDSA)
            .thenComparing(Comparator.naturalOrder());

    static Assembly of(AuthorizationServer.Builder builder) {
        ServerSettings settings = ServerSettings.of(builder);
        RandomIds ids = new RandomIds(builder.random);
        ServerListener listener = new QuietListener(builder.listener);
        SigningKeys keys = signingKeys(builder, settings, listener);
        AssertionReader assertions = new AssertionReader(builder.decryptionKeys);
        EndpointPaths paths = new EndpointPaths(settings.issuer());
        AssertionTerms terms = new AssertionTerms(settings.issuer(), paths.tokenUri(), builder.clockSkew);
        Gate gate = new Gate(settings.resources(), settings.clients());
        Optional<JwtBearerGrant> jwtBearer = jwtBearer(builder, gate, assertions, terms);
        List<Grant> grants = new ArrayList<>(List.of(new ClientCredentialsGrant(gate)));
        jwtBearer.ifPresent(grants::add);
        CredentialsReader credentials = new CredentialsReader(assertions);
        ClientKeys clientKeys = new ClientKeys(keySources(builder)::publishedAt);
        ClientAuthentication clients = clientAuthentication(builder, settings, terms, clientKeys);
        ClientForms forms = new ClientForms(credentials, clients);
        // Tokens come back to clients that can prove who they are, and to no others.
        boolean answers = (builder.revokedTokens != null || builder.allowIrrevocableAccessTokens)
                && !settings.provingMethods().isEmpty();
        AuthorizationServerMetadata metadata = metadata(settings, grants, paths, answers, keys.algorithms());
        ReplayCheck replays = new ReplayCheck(settings.replayGuard());
        StoredTokens storedTokens = builder.storedTokens == null
                ? new InMemoryStoredTokens(builder.clock, settings.replayGuard())
                : builder.storedTokens;
        Map<String, Endpoint> byPath = new HashMap<>();
        byPath.put(
                paths.token(),
                new TokenEndpoint(
                        forms,
                        grants,
                        new AccessTokenIssuer(
                                contents(builder, settings.issuer(), ids), keys, replays, storedTokens, builder.random),
                        builder.accessTokenWarningLength));
        AccessTokenReader tokens = new AccessTokenReader(settings.issuer(), keys, builder.clockSkew, storedTokens);
        Optional<RevocationList> revocations =
                answers ? Optional.of(revocations(builder, settings, listener)) : Optional.empty();
        TokenParties parties = new TokenParties(settings.clients(), builder.trustedIssuers, settings.resources());
        IntrospectionSigner signer = new IntrospectionSigner(settings.issuer(), keys, clientKeys);
        revocations.ifPresent(
                list -> putAnswering(byPath, paths, builder, settings, forms, replays, tokens, parties, signer, list));
        byPath.put(paths.jwks(), new JwkSetEndpoint(keys, builder.decryptionKeys));
        paths.metadata().forEach(path -> byPath.put(path, new MetadataEndpoint(metadata)));
        Endpoints endpoints = new Endpoints(byPath);
        ErrorResponses errors = new ErrorResponses(
                endpoints,
                settings.issuer().value(),
                settings.methods().contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC),
                builder.timePerFailure);
        List<Trial> trials = List.of(
                Trial.ofClientAssertions(credentials, clients),
                jwtBearer.map(Trial::ofGrantAssertions).orElseGet(Trial::ofGrantAssertions),
                revocations
                        .map(list -> Trial.ofAccessTokens(tokens, parties, list))
                        .orElseGet(() -> Trial.ofAccessTokens(tokens, parties)));
        Explanations explanations = new Explanations(settings.issuer(), assertions, tokens, trials);
        return new Assembly(builder.clock, listener, ids, endpoints, errors, keys, metadata, explanations);
    }

    private static SigningKeys signingKeys(
            AuthorizationServer.Builder builder, ServerSettings settings, ServerListener listener) {
        return SigningKeys.builder(settings.signingKeyStore())
                .algorithm(builder.signingAlgorithm)
                .resourceAlgorithms(settings.resources().signingAlgorithms())
                .cryptoProvider(builder.cryptoProvider)
                .clock(builder.clock)
                .random(builder.random)
                .executor(builder.executor)
                .listener(listener)
                .build();
    }

    /** The endpoints that tokens come back to. */
    private static void putAnswering(
            Map<String, Endpoint> byPath,
            EndpointPaths paths,
            AuthorizationServer.Builder builder,
            ServerSettings settings,
            ClientForms forms,
            ReplayCheck replays,
            AccessTokenReader tokens,
            TokenParties parties,
            IntrospectionSigner signer,
            RevocationList revocations) {
        Introspection introspection = new Introspection(settings.resources(), tokens, parties, revocations);
        byPath.put(paths.introspection(), new IntrospectionEndpoint(forms, introspection, signer, replays));
        byPath.put(
                paths.revocation(),
                new RevocationEndpoint(forms, tokens, revocations, replays, builder.allowIrrevocableAccessTokens));
    }

    private static TokenContents contents(AuthorizationServer.Builder builder, Issuer issuer, RandomIds ids) {
        TokenContents contents = TokenContents.of(issuer, ids, builder.accessTokenClaims);
        return builder.pairwiseKey == null ? contents : contents.withPairwiseKey(builder.pairwiseKey);
    }

    private static RevocationList revocations(
            AuthorizationServer.Builder builder, ServerSettings settings, ServerListener listener) {
        RevokedTokens store = builder.revokedTokens == null
                ? new InMemoryRevokedTokens(builder.clock, settings.replayGuard())
                : builder.revokedTokens;
        RevocationList revocations =
                new RevocationList(store, builder.revocationsInMemory, builder.clock, builder.executor, listener);
        revocations.prepare();
        return revocations;
    }

    private static Optional<JwtBearerGrant> jwtBearer(
            AuthorizationServer.Builder builder, Gate gate, AssertionReader assertions, AssertionTerms terms) {
        return builder.trustedIssuers instanceof TrustedIssuers known && known.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new JwtBearerGrant(gate, assertions, new TrustedAssertions(builder.trustedIssuers, terms)));
    }

    private static ClientAuthentication clientAuthentication(
            AuthorizationServer.Builder builder, ServerSettings settings, AssertionTerms terms, ClientKeys clientKeys) {
        return ClientAuthentication.builder(settings.clients(), terms)
                .methods(settings.methods())
                .algorithms(settings.assertionAlgorithms())
                .keys(clientKeys)
                .secretFailures(builder.failuresAtOnce, builder.timePerFailure)
                .random(builder.random)
                .build();
    }

    private static KeySources keySources(AuthorizationServer.Builder builder) {
        return builder.outbound == null
                ? KeySources.offline(builder.cryptoProvider)
                : KeySources.over(builder.outbound, builder.clock, builder.cryptoProvider);
    }

    private static AuthorizationServerMetadata metadata(
            ServerSettings settings,
            List<Grant> grants,
            EndpointPaths paths,
            boolean answers,
            List<JwsAlgorithm> signing) {
        List<String> methods = names(settings.methods());
        List<String> algorithms = settings.methods().stream().anyMatch(ClientAuthenticationMethod::usesAssertion)
                ? settings.assertionAlgorithms().stream()
                        .sorted(FULLY_SPECIFIED_FIRST)
                        .map(JwsAlgorithm::joseName)
                        .toList()
                : List.of();
        AuthorizationServerMetadata.Builder metadata = AuthorizationServerMetadata.builder(settings.issuer())
                .tokenEndpoint(paths.tokenUri())
                .jwksUri(paths.jwksUri())
                .scopesSupported(List.copyOf(settings.resources().scope().tokens()))
                .protectedResources(settings.resources().all().stream()
                        .filter(ProtectedResource::isEnabled)
                        .map(resource -> resource.resource().value())
                        .filter(ProtectedResourceMetadata::canDescribe)
                        .toList())
                .grantTypesSupported(grants.stream().map(Grant::type).toList())
                .tokenEndpointAuthMethodsSupported(methods)
                .tokenEndpointAuthSigningAlgValuesSupported(algorithms);
        if (answers) {
            metadata.revocationEndpoint(paths.revocationUri(), methods, algorithms)
                    .introspectionEndpoint(paths.introspectionUri(), names(settings.provingMethods()), algorithms)
                    .introspectionForms(
                            signing.stream().map(JwsAlgorithm::joseName).toList(),
                            List.copyOf(DecryptionKey.ALGORITHMS),
                            List.copyOf(EncryptedJwt.ENCRYPTIONS));
        }
        return metadata.build();
    }

    private static List<String> names(Set<ClientAuthenticationMethod> methods) {
        return methods.stream()
                .sorted()
                .map(ClientAuthenticationMethod::wireName)
                .toList();
    }
}
