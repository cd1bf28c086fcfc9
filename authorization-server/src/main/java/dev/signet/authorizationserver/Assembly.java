package dev.signet.authorizationserver;

import dev.signet.authorizationserver.accesstoken.AccessTokenIssuer;
import dev.signet.authorizationserver.accesstoken.AccessTokenReader;
import dev.signet.authorizationserver.accesstoken.Introspection;
import dev.signet.authorizationserver.accesstoken.IntrospectionSigner;
import dev.signet.authorizationserver.accesstoken.RevocationList;
import dev.signet.authorizationserver.accesstoken.SignedInteractions;
import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.accesstoken.TokenContents;
import dev.signet.authorizationserver.accesstoken.TokenParties;
import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.clientauth.ClientAuthentication;
import dev.signet.authorizationserver.clientauth.CredentialsReader;
import dev.signet.authorizationserver.clientauth.PresentedCredentials;
import dev.signet.authorizationserver.encryption.DecryptionKeys;
import dev.signet.authorizationserver.endpoint.AuthorizationEndpoint;
import dev.signet.authorizationserver.endpoint.ClientConfigurationEndpoint;
import dev.signet.authorizationserver.endpoint.ClientForms;
import dev.signet.authorizationserver.endpoint.Endpoint;
import dev.signet.authorizationserver.endpoint.EndpointPaths;
import dev.signet.authorizationserver.endpoint.Endpoints;
import dev.signet.authorizationserver.endpoint.ErrorResponses;
import dev.signet.authorizationserver.endpoint.IntrospectionEndpoint;
import dev.signet.authorizationserver.endpoint.JwkSetEndpoint;
import dev.signet.authorizationserver.endpoint.MetadataEndpoint;
import dev.signet.authorizationserver.endpoint.PushedRequestEndpoint;
import dev.signet.authorizationserver.endpoint.RegistrationEndpoint;
import dev.signet.authorizationserver.endpoint.RevocationEndpoint;
import dev.signet.authorizationserver.endpoint.TokenEndpoint;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.explanation.ExchangeTrial;
import dev.signet.authorizationserver.explanation.Explanations;
import dev.signet.authorizationserver.explanation.RequestObjectAttempt;
import dev.signet.authorizationserver.explanation.Trial;
import dev.signet.authorizationserver.grant.AuthorizationCodeGrant;
import dev.signet.authorizationserver.grant.AuthorizationCodes;
import dev.signet.authorizationserver.grant.AuthorizationGate;
import dev.signet.authorizationserver.grant.ClientCredentialsGrant;
import dev.signet.authorizationserver.grant.Gate;
import dev.signet.authorizationserver.grant.Grant;
import dev.signet.authorizationserver.grant.JwtBearerGrant;
import dev.signet.authorizationserver.grant.KeptGrants;
import dev.signet.authorizationserver.grant.RefreshTokenGrant;
import dev.signet.authorizationserver.internal.AssertionTerms;
import dev.signet.authorizationserver.internal.QuietListener;
import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.authorizationserver.internal.RandomTexts;
import dev.signet.authorizationserver.internal.RateLimit;
import dev.signet.authorizationserver.internal.ReplayCheck;
import dev.signet.authorizationserver.internal.SignedJwtReader;
import dev.signet.authorizationserver.registration.ClientRegistration;
import dev.signet.authorizationserver.registration.RegistrantRules;
import dev.signet.authorizationserver.registration.SoftwareStatements;
import dev.signet.authorizationserver.registry.ClientKeys;
import dev.signet.authorizationserver.requestobject.AnswerOnce;
import dev.signet.authorizationserver.requestobject.PushedRequests;
import dev.signet.authorizationserver.requestobject.RequestObjectReader;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.authorizationserver.rule.AuthorizationRequestRules;
import dev.signet.authorizationserver.rule.RequestEndpoint;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.RevokedToken;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.memory.InMemoryRevokedTokens;
import dev.signet.authorizationserver.store.memory.InMemoryStoredTokens;
import dev.signet.authorizationserver.trust.KeySources;
import dev.signet.authorizationserver.trust.SelfIssuers;
import dev.signet.authorizationserver.trust.TrustRegistry;
import dev.signet.authorizationserver.trust.TrustedAssertions;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.explanation.JwtKind;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.outbound.OutboundHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts the parts of a server together, one after the other, from settings that were found in order. */
final class Assembly {

    /** A public client that many people use is not held up; who floods the store in its name is. */
    private static final int UNPROVEN_PUSHES = 500;

    private static final Duration TIME_PER_UNPROVEN_PUSH = Duration.ofMillis(20);

    final ServerListener listener;
    final RandomIds ids;
    final SigningKeys signingKeys;
    final DecryptionKeys decryptionKeys;
    final AuthorizationServerMetadata metadata;
    final Endpoints endpoints;
    final ErrorResponses errors;
    final Explanations explanations;
    final Optional<ExchangeTrial> exchanges;

    private final AuthorizationServer.Builder builder;
    private final ServerSettings settings;
    private final EndpointPaths paths;
    private final SignedJwtReader jwts;
    private final CredentialsReader credentials;
    private final ClientKeys clientKeys;
    private final TrustedAssertions trusted;
    private final ClientAuthentication clients;
    private final ClientForms forms;
    private final Optional<PushedRequests> pushedRequests;
    private final RequestObjectReader requests;
    private final Optional<JwtBearerGrant> jwtBearer;
    private final Optional<KeptGrants> keptGrants;
    private final List<Grant> grants;
    private final Optional<ClientRegistration> registration;
    private final ReplayCheck replays;
    private final StoredTokens storedTokens;
    private final AccessTokenReader tokens;
    private final TokenParties parties;
    private final Optional<RevocationList> revocations;

    Assembly(AuthorizationServer.Builder builder) {
        this.builder = builder;
        this.settings = ServerSettings.of(builder);
        this.listener = new QuietListener(builder.listener);
        this.ids = new RandomIds(builder.random);
        this.paths = new EndpointPaths(settings.issuer());
        this.signingKeys = signingKeys();
        AssertionTerms terms = new AssertionTerms(settings.issuer(), paths.tokenUri(), builder.clockSkew);
        this.decryptionKeys = decryptionKeys();
        this.jwts = new SignedJwtReader(decryptionKeys::keys);
        this.credentials = new CredentialsReader(jwts);
        this.clientKeys = new ClientKeys(keySources()::publishedAt);
        this.trusted = new TrustedAssertions(registry(), terms);
        this.clients = clients(terms);
        this.forms = new ClientForms(credentials, clients, settings.allowed());
        this.pushedRequests = Optional.ofNullable(builder.pushedRequests)
                .map(store -> new PushedRequests(
                        store, new RandomTexts(builder.random), builder.requestPolicy.pushedLifetime()));
        this.requests = requests();
        Gate gate = new Gate(
                settings.resources(),
                settings.clients(),
                builder.accounts,
                builder.resourceOwnersHaveAccounts,
                builder.subjectPermission);
        this.jwtBearer = jwtBearer(gate);
        this.revocations = settings.answers() ? Optional.of(revocations()) : Optional.empty();
        this.keptGrants = keptGrants();
        this.grants = grants(gate);
        this.replays = new ReplayCheck(settings.replayGuard());
        this.storedTokens = storedTokens();
        this.tokens = new AccessTokenReader(settings.issuer(), signingKeys, builder.clockSkew, storedTokens);
        this.parties =
                new TokenParties(settings.clients(), builder.trustedIssuers, builder.accounts, settings.resources());
        this.registration = registration();
        this.metadata = ServerMetadata.of(
                settings, paths, builder.requestPolicy, signingKeys.algorithms(), decryptionKeys.algorithms());
        this.endpoints = endpoints();
        this.errors = new ErrorResponses(
                endpoints,
                settings.issuer().value(),
                settings.methods().contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC),
                builder.timePerFailure);
        this.explanations = new Explanations(
                settings.issuer(),
                jwts,
                tokens,
                trials(),
                Map.of(
                        JwtKind.CLIENT_ASSERTION,
                        client -> clientAssertions(jwt -> credentials.assertion(jwt, client)),
                        JwtKind.REQUEST_OBJECT,
                        client -> settings.authorizing()
                                ? Trial.ofRequestObjectsOfOne(requestObjects(jwt -> Optional.of(client.value())))
                                : Trial.ofRequestObjects()));
        this.exchanges =
                jwtBearer.map(grant -> new ExchangeTrial(grant, settings.clients(), settings.allowed(), contents()));
    }

    private SigningKeys signingKeys() {
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

    private DecryptionKeys decryptionKeys() {
        return DecryptionKeys.builder(builder.decryptionKeyStore)
                .algorithms(builder.decryptionAlgorithms)
                .cryptoProvider(builder.cryptoProvider)
                .clock(builder.clock)
                .random(builder.random)
                .executor(builder.executor)
                .listener(listener)
                .build();
    }

    private KeySources keySources() {
        return builder.outbound == null
                ? KeySources.offline(builder.cryptoProvider)
                : KeySources.over(builder.outbound, builder.clock, builder.cryptoProvider);
    }

    private ClientAuthentication clients(AssertionTerms terms) {
        return ClientAuthentication.builder(settings.clients(), terms, trusted)
                .methods(settings.methods())
                .algorithms(settings.assertionAlgorithms())
                .keys(clientKeys)
                .secretFailures(builder.failuresAtOnce, builder.timePerFailure)
                .random(builder.random)
                .build();
    }

    /** Whose assertions count: those who are trusted by name, then clients that make some themselves. */
    private TrustRegistry registry() {
        return builder.selfIssuedAssertions
                ? new SelfIssuers(
                        builder.trustedIssuers, settings.clients(), clientKeys::of, builder.assertionAlgorithms)
                : builder.trustedIssuers;
    }

    private Optional<JwtBearerGrant> jwtBearer(Gate gate) {
        return settings.grantTypes().contains(GrantType.JWT_BEARER)
                ? Optional.of(new JwtBearerGrant(gate, jwts, trusted))
                : Optional.empty();
    }

    private List<Grant> grants(Gate gate) {
        List<Grant> all = new ArrayList<>(List.of(new ClientCredentialsGrant(gate)));
        jwtBearer.ifPresent(all::add);
        keptGrants.ifPresent(kept -> {
            all.add(new AuthorizationCodeGrant(gate, kept, builder.refreshTokenLifetimes));
            all.add(new RefreshTokenGrant(gate, kept, builder.refreshTokenLifetimes));
        });
        return List.copyOf(all);
    }

    /** What is revoked with a grant is known on this node at once, if anybody can ask here. */
    private Optional<KeptGrants> keptGrants() {
        Consumer<List<RevokedToken>> revokedHere = tokens -> revocations.ifPresent(list -> list.add(tokens));
        return Optional.ofNullable(builder.grants).map(store -> new KeptGrants(store, revokedHere));
    }

    private StoredTokens storedTokens() {
        return builder.storedTokens == null
                ? new InMemoryStoredTokens(builder.clock, settings.replayGuard())
                : builder.storedTokens;
    }

    private RevocationList revocations() {
        RevokedTokens store = builder.revokedTokens == null
                ? new InMemoryRevokedTokens(builder.clock, settings.replayGuard())
                : builder.revokedTokens;
        RevocationList list =
                new RevocationList(store, builder.revocationsInMemory, builder.clock, builder.executor, listener);
        list.prepare();
        return list;
    }

    private Endpoints endpoints() {
        Map<String, Endpoint> byPath = new HashMap<>();
        AccessTokenIssuer plain =
                new AccessTokenIssuer(contents(), signingKeys, replays, storedTokens, new RandomTexts(builder.random));
        AccessTokenIssuer issuer = keptGrants.map(plain::redeemingAt).orElse(plain);
        if (builder.resourceOwnerPrompt != null && builder.grants != null) {
            byPath.put(paths.authorization(), authorization(builder.resourceOwnerPrompt, builder.grants));
        }
        pushedRequests.ifPresent(pushed -> byPath.put(
                paths.pushedAuthorizationRequest(),
                new PushedRequestEndpoint(
                        forms,
                        rules(RequestEndpoint.PUSHED),
                        pushed,
                        new RateLimit<>(UNPROVEN_PUSHES, TIME_PER_UNPROVEN_PUSH))));
        byPath.put(paths.token(), new TokenEndpoint(forms, grants, issuer, builder.accessTokenWarningLength));
        revocations.ifPresent(list -> {
            Introspection introspection = new Introspection(settings.resources(), tokens, parties, list);
            IntrospectionSigner signer = new IntrospectionSigner(settings.issuer(), signingKeys, clientKeys);
            byPath.put(paths.introspection(), new IntrospectionEndpoint(forms, introspection, signer, replays));
            RevocationEndpoint revocation =
                    new RevocationEndpoint(forms, tokens, list, replays, builder.allowIrrevocableAccessTokens);
            byPath.put(
                    paths.revocation(),
                    keptGrants.map(revocation::revokingGrantsOf).orElse(revocation));
        });
        registration.ifPresent(clients -> byPath.put(paths.registration(), new RegistrationEndpoint(clients, paths)));
        byPath.put(paths.jwks(), new JwkSetEndpoint(signingKeys, decryptionKeys));
        paths.metadata().forEach(path -> byPath.put(path, new MetadataEndpoint(metadata)));
        return new Endpoints(byPath, below());
    }

    private Map<String, Endpoint> below() {
        return registration
                .<Map<String, Endpoint>>map(
                        clients -> Map.of(paths.clientConfiguration(), new ClientConfigurationEndpoint(clients, paths)))
                .orElse(Map.of());
    }

    private Optional<ClientRegistration> registration() {
        if (builder.registrationPolicy == null
                || builder.registeredClients == null
                || builder.initialAccessTokens == null) {
            return Optional.empty();
        }
        OutboundHttp outbound = builder.outbound;
        return Optional.of(new ClientRegistration(
                builder.registrationPolicy,
                builder.registeredClients,
                builder.initialAccessTokens,
                new SoftwareStatements(builder.trustedIssuers, builder.clockSkew),
                new RegistrantRules(
                        builder.registrationPolicy,
                        settings.methods(),
                        uri -> outbound != null && outbound.permits(uri)),
                builder.cryptoProvider,
                builder.random));
    }

    private AuthorizationEndpoint authorization(ResourceOwnerPrompt prompt, GrantStore store) {
        return new AuthorizationEndpoint(
                settings.issuer(),
                rules(RequestEndpoint.AUTHORIZATION),
                prompt,
                new AuthorizationGate(settings.clients(), builder.accounts, ids, builder.refreshTokenLifetimes),
                new AuthorizationCodes(store, new RandomTexts(builder.random)),
                new AnswerOnce(settings.replayGuard()),
                builder.errorPage);
    }

    private AuthorizationRequestRules rules(RequestEndpoint endpoint) {
        return new AuthorizationRequestRules(endpoint, settings.clients(), settings.resources(), requests);
    }

    private RequestObjectReader requests() {
        RequestObjectReader.Builder reader = RequestObjectReader.builder(
                        settings.issuer(),
                        jwts,
                        clientKeys,
                        new SignedInteractions(settings.issuer(), signingKeys, builder.clockSkew))
                .policy(builder.requestPolicy)
                .algorithms(settings.signatureAlgorithms())
                .skew(builder.clockSkew);
        pushedRequests.ifPresent(reader::pushed);
        return reader.build();
    }

    private TokenContents contents() {
        TokenContents contents = TokenContents.of(settings.issuer(), ids, builder.accessTokenClaims);
        return builder.pairwiseKey == null ? contents : contents.withPairwiseKey(builder.pairwiseKey);
    }

    private Trial clientAssertions(Function<String, PresentedCredentials.Assertion> reading) {
        return Trial.ofClientAssertions(reading, clients, builder.allowedMethods.equals(AllowedMethods.all()));
    }

    /** @param client who says to have made one */
    private RequestObjectAttempt requestObjects(Function<UnverifiedJwt, Optional<String>> client) {
        return new RequestObjectAttempt(jwts, client, settings.clients(), requests, rules(RequestEndpoint.PUSHED));
    }

    private List<Trial> trials() {
        return List.of(
                clientAssertions(credentials::assertion),
                jwtBearer.map(Trial::ofGrantAssertions).orElseGet(Trial::ofGrantAssertions),
                settings.authorizing()
                        ? Trial.ofRequestObjects(requestObjects(UnverifiedJwt::claimedIssuer))
                        : Trial.ofRequestObjects(),
                revocations
                        .map(list -> Trial.ofAccessTokens(tokens, parties, list))
                        .orElseGet(() -> Trial.ofAccessTokens(tokens, parties)));
    }
}
