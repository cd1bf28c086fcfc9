package dev.signet.authorizationserver;

import dev.signet.authorizationserver.accesstoken.AccessTokenClaims;
import dev.signet.authorizationserver.accesstoken.AccessTokenClaimsException;
import dev.signet.authorizationserver.accesstoken.PairwiseKey;
import dev.signet.authorizationserver.accesstoken.SigningKeys;
import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.encryption.DecryptionKeys;
import dev.signet.authorizationserver.endpoint.Endpoints;
import dev.signet.authorizationserver.endpoint.ErrorResponses;
import dev.signet.authorizationserver.endpoint.RequestEvents;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.authorizationserver.explanation.ExchangeTrial;
import dev.signet.authorizationserver.explanation.Explanations;
import dev.signet.authorizationserver.explanation.Rehearsal;
import dev.signet.authorizationserver.grant.RefreshTokenLifetimes;
import dev.signet.authorizationserver.grant.SubjectPermission;
import dev.signet.authorizationserver.internal.RandomIds;
import dev.signet.authorizationserver.registration.InitialAccessTokenStore;
import dev.signet.authorizationserver.registration.RegistrationPolicy;
import dev.signet.authorizationserver.registry.ProtectedResource;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.authorizationserver.resourceowner.Accounts;
import dev.signet.authorizationserver.resourceowner.ErrorPage;
import dev.signet.authorizationserver.resourceowner.KnownAccounts;
import dev.signet.authorizationserver.resourceowner.ResourceOwnerPrompt;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.store.ClientStore;
import dev.signet.authorizationserver.store.GrantStore;
import dev.signet.authorizationserver.store.PushedRequestStore;
import dev.signet.authorizationserver.store.ReplayGuard;
import dev.signet.authorizationserver.store.RevokedTokens;
import dev.signet.authorizationserver.store.ServerKeyStore;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.store.StoredTokens;
import dev.signet.authorizationserver.store.memory.FixedServerKeys;
import dev.signet.authorizationserver.trust.TrustRegistry;
import dev.signet.authorizationserver.trust.TrustedIssuers;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.JwtKind;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.outbound.OutboundHttp;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server: takes a request, answers it. It holds no connection and starts no thread of its own; whatever
 * listens for HTTP hands requests in. Thread-safe.
 *
 * <pre>{@code
 * AuthorizationServer server = AuthorizationServer.builder()
 *         .issuer(Issuer.of("https://as.example.com"))
 *         .clients(InMemoryClientStore.of(List.of(reporter)))
 *         .resources(List.of(orders))
 *         .signingKeys(new InMemoryServerKeyStore<>())
 *         .replayGuard(new InMemoryReplayGuard(Clock.systemUTC()))
 *         .build();
 * ProtocolResponse response = server.handle(request);
 * }</pre>
 */
public final class AuthorizationServer {

    /** How clients may authenticate unless a server is told otherwise: all but {@code client_secret_jwt}, whose secrets it has to keep readable. */
    public static final Set<ClientAuthenticationMethod> DEFAULT_AUTHENTICATION_METHODS = Set.of(
            ClientAuthenticationMethod.NONE,
            ClientAuthenticationMethod.CLIENT_SECRET_BASIC,
            ClientAuthenticationMethod.CLIENT_SECRET_POST,
            ClientAuthenticationMethod.PRIVATE_KEY_JWT);

    /** How many revocations are held in memory unless a server is told otherwise. */
    public static final int DEFAULT_REVOCATIONS_IN_MEMORY = 1_000_000;

    /** The most revocations that may be held in memory. */
    public static final int MOST_REVOCATIONS_IN_MEMORY = 100_000_000;

    /** The longest access token that is not reported as large, unless a server is told otherwise, in octets. */
    public static final int DEFAULT_WARNING_LENGTH = 4096;

    /** The least that the longest such token may have, in octets. */
    public static final int SHORTEST_WARNING_LENGTH = 256;

    /** The most that the longest such token may have, in octets. */
    public static final int LONGEST_WARNING_LENGTH = 65_536;

    private final Clock clock;
    private final ServerListener listener;
    private final RandomIds ids;
    private final Endpoints endpoints;
    private final ErrorResponses errors;
    private final SigningKeys signingKeys;
    private final DecryptionKeys decryptionKeys;
    private final AuthorizationServerMetadata metadata;
    private final Explanations explanations;
    private final Optional<ExchangeTrial> exchanges;

    private AuthorizationServer(Clock clock, Assembly assembly) {
        this.clock = clock;
        this.listener = assembly.listener;
        this.ids = assembly.ids;
        this.endpoints = assembly.endpoints;
        this.errors = assembly.errors;
        this.signingKeys = assembly.signingKeys;
        this.decryptionKeys = assembly.decryptionKeys;
        this.metadata = assembly.metadata;
        this.explanations = assembly.explanations;
        this.exchanges = assembly.exchanges;
    }

    /** Starts a server. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Answers a request, whatever is in it. The answer to HEAD has the body that GET would get, for the listener to leave out.
     *
     * <p>An answer carries the correlation id of its events as {@value RequestEvents#HEADER}, unless it may be cached.
     */
    public ProtocolResponse handle(ProtocolRequest request) {
        RequestEvents events = new RequestEvents(listener, clock.instant(), request.path(), ids);
        return events.identified(answer(request, events));
    }

    private ProtocolResponse answer(ProtocolRequest request, RequestEvents events) {
        try {
            return endpoints.require(request).handle(request, events);
        } catch (OAuthException refusal) {
            events.refused(refusal);
            return errors.refused(request, refusal);
        } catch (StoreException failure) {
            events.failed(RefusalReason.STORE_UNAVAILABLE, failure);
            return errors.unavailable();
        } catch (KeysUnavailableException failure) {
            // The assertion has not been judged, so the sender is not told that it is wrong.
            events.failed(RefusalReason.KEYS_UNAVAILABLE, failure);
            return errors.unavailable();
        } catch (AccessTokenClaimsException failure) {
            events.failed(failure.reason(), failure);
            return errors.failed();
        } catch (RuntimeException failure) {
            events.failed(RefusalReason.INTERNAL, failure);
            return errors.failed();
        }
    }

    /**
     * What would become of a JWT that is presented now as that, check by check. It is found out by the code that decides about
     * requests, which may fetch keys. Nothing is used up, stored or told to the listener.
     *
     * @throws StoreException if that can't be said
     */
    public Explanation explain(JwtKind kind, String jwt) {
        return explanations.of(kind, jwt, clock.instant());
    }

    /**
     * What would become of a client assertion or a request object of that client, which is named beside it, check by check; as {@link
     * #explain(JwtKind, String)} does it.
     *
     * @throws IllegalArgumentException if it is another kind
     * @throws StoreException if that can't be said
     */
    public Explanation explain(ClientId client, JwtKind kind, String jwt) {
        return explanations.of(client, kind, jwt, clock.instant());
    }

    /**
     * What would be answered to a request that exchanges an assertion (RFC 7523 §2.1), if the client that {@code client_id} names
     * had authenticated; without it, to somebody who has not. Nothing is issued, used up, stored or told to the listener.
     *
     * @param parameters {@code assertion}, and those of {@code client_id}, {@code scope} and {@code resource} that are wanted
     * @throws OAuthException if a parameter is malformed, or {@code assertion} is missing
     * @throws StoreException if that can't be said
     */
    public Rehearsal rehearseExchange(FormParameters parameters) {
        Instant now = clock.instant();
        return exchanges
                .map(trial -> trial.of(parameters, now))
                .orElseGet(() -> new Rehearsal(
                        explanations.of(JwtKind.GRANT_ASSERTION, parameters.require(ParameterName.ASSERTION), now),
                        Optional.empty()));
    }

    /** What a JWT seems to be, for {@link #explain}; empty if it can't be read or is of no kind that is taken here. */
    public Optional<JwtKind> recognize(String jwt) {
        return explanations.recognize(jwt);
    }

    /** The keys that access tokens are signed with, to rotate them. */
    public SigningKeys signingKeys() {
        return signingKeys;
    }

    /** The keys that are encrypted to, to rotate them. */
    public DecryptionKeys decryptionKeys() {
        return decryptionKeys;
    }

    /** What is published about this server. */
    public AuthorizationServerMetadata metadata() {
        return metadata;
    }

    /** Collects a server. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        @Nullable
        Issuer issuer;

        @Nullable
        ClientRegistry clients;

        @Nullable
        ServerKeyStore<SigningKey> signingKeyStore;

        @Nullable
        ReplayGuard replayGuard;

        @Nullable
        RevokedTokens revokedTokens;

        @Nullable
        StoredTokens storedTokens;

        RefreshTokenLifetimes refreshTokenLifetimes = RefreshTokenLifetimes.STANDARD;

        @Nullable
        OutboundHttp outbound;

        @Nullable
        PairwiseKey pairwiseKey;

        @Nullable
        ResourceOwnerPrompt resourceOwnerPrompt;

        @Nullable
        GrantStore grants;

        @Nullable
        RegistrationPolicy registrationPolicy;

        @Nullable
        ClientStore registeredClients;

        @Nullable
        InitialAccessTokenStore initialAccessTokens;

        ErrorPage errorPage = ErrorPage.plain();

        @Nullable
        PushedRequestStore pushedRequests;

        RequestPolicy requestPolicy = RequestPolicy.standard();

        AccessTokenClaims accessTokenClaims = AccessTokenClaims.none();
        int accessTokenWarningLength = DEFAULT_WARNING_LENGTH;

        boolean allowIrrevocableAccessTokens;
        int revocationsInMemory = DEFAULT_REVOCATIONS_IN_MEMORY;

        List<ProtectedResource> resources = List.of();
        TrustRegistry trustedIssuers = TrustedIssuers.none();
        ServerKeyStore<DecryptionKey> decryptionKeyStore = FixedServerKeys.of(List.of());
        List<String> decryptionAlgorithms = List.of();
        boolean selfIssuedAssertions;
        Accounts accounts = Accounts.none();
        boolean resourceOwnersHaveAccounts;
        SubjectPermission subjectPermission = SubjectPermission.asRegistered();
        JwsAlgorithm signingAlgorithm = JwsAlgorithm.ES256;
        Set<JwsAlgorithm> assertionAlgorithms = JwsAlgorithm.DEFAULT_ACCEPTED;
        Set<ClientAuthenticationMethod> authenticationMethods = DEFAULT_AUTHENTICATION_METHODS;
        AllowedMethods allowedMethods = AllowedMethods.all();
        CryptoProvider cryptoProvider = CryptoProvider.jdk();
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        Executor executor = ForkJoinPool.commonPool();
        ServerListener listener = ServerListener.none();
        Duration clockSkew = Duration.ofSeconds(30);
        int failuresAtOnce = 10;
        Duration timePerFailure = Duration.ofSeconds(6);

        private Builder() {}

        /** Who this server is; must be given. Its endpoints are below its path. */
        public Builder issuer(Issuer identifier) {
            this.issuer = identifier;
            return this;
        }

        /** Who is registered; must be given. */
        public Builder clients(ClientRegistry registry) {
            this.clients = registry;
            return this;
        }

        /** The resources that tokens are issued for; one at least. */
        public Builder resources(Collection<ProtectedResource> registered) {
            this.resources = List.copyOf(registered);
            return this;
        }

        /** Where signing keys are kept; must be given. The first key is made if there is none. */
        public Builder signingKeys(ServerKeyStore<SigningKey> store) {
            this.signingKeyStore = store;
            return this;
        }

        /** What access tokens are signed with, unless their resource says otherwise: ES256 unless given. */
        public Builder signingAlgorithm(JwsAlgorithm algorithm) {
            this.signingAlgorithm = algorithm;
            return this;
        }

        /** Where it is remembered which assertions were used; must be given, and shared by all nodes. */
        public Builder replayGuard(ReplayGuard guard) {
            this.replayGuard = guard;
            return this;
        }

        /**
         * Where it is remembered which access tokens were revoked, shared by all nodes. Without it there is neither revocation
         * nor introspection, unless {@link #allowIrrevocableAccessTokens}.
         */
        public Builder revokedTokens(RevokedTokens store) {
            this.revokedTokens = store;
            return this;
        }

        /**
         * Where it is kept what opaque and encrypted access tokens stand for, shared by all nodes; must be given if a resource
         * has such tokens.
         */
        public Builder storedTokens(StoredTokens store) {
            this.storedTokens = store;
            return this;
        }

        /**
         * Where it is kept what resource owners granted, shared by all nodes. Without it there are neither codes nor refresh tokens;
         * with it {@link #resourceOwnerPrompt} must be given. It must be in the same store as {@link #revokedTokens}.
         */
        public Builder grants(GrantStore store) {
            this.grants = store;
            return this;
        }

        /**
         * Lets clients register themselves, and manage what they registered (RFC 7591, RFC 7592). There is neither unless given.
         *
         * @param store where they go, which {@link #clients} must look into
         * @param tokens the initial access tokens, in the same store
         */
        public Builder registration(RegistrationPolicy policy, ClientStore store, InitialAccessTokenStore tokens) {
            this.registrationPolicy = policy;
            this.registeredClients = store;
            this.initialAccessTokens = tokens;
            return this;
        }

        /** How long refresh tokens are good: {@link RefreshTokenLifetimes#STANDARD} unless given. */
        public Builder refreshTokenLifetimes(RefreshTokenLifetimes lifetimes) {
            this.refreshTokenLifetimes = lifetimes;
            return this;
        }

        /** How many revocations are held in memory, in 27 octets each: 1 000 000 unless given; the store is asked beyond. */
        public Builder revocationsInMemory(int most) {
            this.revocationsInMemory = most;
            return this;
        }

        /**
         * Refuses to revoke access tokens, with {@code unsupported_token_type}: whoever has got one can use it until it expires,
         * and no node keeps anything about revocations. Then no store of revoked tokens is to be given.
         */
        public Builder allowIrrevocableAccessTokens(boolean allowed) {
            this.allowIrrevocableAccessTokens = allowed;
            return this;
        }

        /** Adds claims to access tokens, beside those that a resource is configured to get; none unless given. */
        public Builder accessTokenClaims(AccessTokenClaims function) {
            this.accessTokenClaims = function;
            return this;
        }

        /** Names the subjects in tokens for resources with pairwise subjects; must be given if there is one, the same on all nodes. */
        public Builder pairwiseKey(PairwiseKey key) {
            this.pairwiseKey = key;
            return this;
        }

        /** The longest access token that is not reported as large: 256 to 65 536 octets, 4 096 unless given. */
        public Builder accessTokenWarningLength(int octets) {
            this.accessTokenWarningLength = octets;
            return this;
        }

        /**
         * Whose assertions are exchanged for tokens; nobody's unless given, and then there is no such grant. {@link TrustedIssuers}
         * are held against the other settings when the server is built.
         */
        public Builder trustedIssuers(TrustRegistry trusted) {
            this.trustedIssuers = trusted;
            return this;
        }

        /** Exchanges assertions that clients make themselves, of those who are registered for that; off unless given. */
        public Builder selfIssuedAssertions(boolean exchanged) {
            this.selfIssuedAssertions = exchanged;
            return this;
        }

        /** Is asked last whether a client may have what its assertion is to be exchanged for; it may unless given. */
        public Builder subjectPermission(SubjectPermission permission) {
            this.subjectPermission = permission;
            return this;
        }

        /**
         * Who has an account here; nobody unless given. {@link KnownAccounts} are held against the other settings when the server is
         * built.
         */
        public Builder accounts(Accounts known) {
            this.accounts = known;
            return this;
        }

        /**
         * Whether all whom the {@link #resourceOwnerPrompt} asks are among the {@link #accounts}, so that nothing comes any more of what
         * somebody granted whose account is gone. Not unless set: an account that is not there is then one that is kept elsewhere.
         */
        public Builder resourceOwnersHaveAccounts(boolean all) {
            this.resourceOwnersHaveAccounts = all;
            return this;
        }

        /**
         * Asks people whether a client may have what it asks for. Without it there is no authorization endpoint; with it {@link
         * #grants} must be given.
         */
        public Builder resourceOwnerPrompt(ResourceOwnerPrompt prompt) {
            this.resourceOwnerPrompt = prompt;
            return this;
        }

        /** What people are shown if an authorization request can't be answered to its client; a plain page unless given. */
        public Builder errorPage(ErrorPage page) {
            this.errorPage = page;
            return this;
        }

        /**
         * Where the requests are kept that clients push (RFC 9126); it must record uses in the {@link #replayGuard}. Without it nothing
         * can be pushed.
         */
        public Builder pushedRequests(PushedRequestStore store) {
            this.pushedRequests = store;
            return this;
        }

        /** In which ways authorization requests are taken: {@link RequestPolicy#standard()} unless given. */
        public Builder requestPolicy(RequestPolicy policy) {
            this.requestPolicy = policy;
            return this;
        }

        /** Fetches the keys of clients that have a {@code jwks_uri}; without it they can't authenticate. */
        public Builder outbound(OutboundHttp http) {
            this.outbound = http;
            return this;
        }

        /** The keys that senders may encrypt to, and no others; none unless given. */
        public Builder decryptionKeys(List<DecryptionKey> keys) {
            return decryptionKeys(FixedServerKeys.of(keys))
                    .decryptionAlgorithms(
                            keys.stream().map(DecryptionKey::algorithm).toList());
        }

        /**
         * Where the keys are kept that senders may encrypt to, shared by all nodes; must be given if there are {@link
         * #decryptionAlgorithms}. The first ones are made if there are none.
         */
        public Builder decryptionKeys(ServerKeyStore<DecryptionKey> store) {
            this.decryptionKeyStore = store;
            return this;
        }

        /**
         * The key management algorithms that senders may encrypt with, of {@link DecryptionKey#ALGORITHMS}: nothing is encrypted
         * unless given. What was encrypted to the key of one that is taken out is decrypted for a day more.
         */
        public Builder decryptionAlgorithms(Collection<String> offered) {
            this.decryptionAlgorithms = offered.stream().distinct().toList();
            return this;
        }

        /**
         * How clients may authenticate: {@link #DEFAULT_AUTHENTICATION_METHODS} unless given. {@code none} has no effect unless
         * there are codes, or assertions of somebody may be presented without authentication.
         */
        public Builder authenticationMethods(Set<ClientAuthenticationMethod> enabled) {
            this.authenticationMethods = Set.copyOf(enabled);
            return this;
        }

        /** Which of these methods count at an endpoint and for a grant: all of them unless given. */
        public Builder allowedMethods(AllowedMethods allowed) {
            this.allowedMethods = allowed;
            return this;
        }

        /** The algorithms of signed client assertions and request objects: {@link JwsAlgorithm#DEFAULT_ACCEPTED} unless given. */
        public Builder assertionAlgorithms(Set<JwsAlgorithm> accepted) {
            this.assertionAlgorithms = Set.copyOf(accepted);
            return this;
        }

        /** Where the cryptography comes from; the JDK unless given. */
        public Builder cryptoProvider(CryptoProvider provider) {
            this.cryptoProvider = provider;
            return this;
        }

        /** Tells the time; the system's unless given. */
        public Builder clock(Clock told) {
            this.clock = told;
            return this;
        }

        /** Where chance comes from; the platform's default unless given. */
        public Builder random(SecureRandom generator) {
            this.random = generator;
            return this;
        }

        /** Where keys and revocations are read again, beside the requests; the common pool unless given. */
        public Builder executor(Executor beside) {
            this.executor = beside;
            return this;
        }

        /** Is told what happens. */
        public Builder listener(ServerListener told) {
            this.listener = told;
            return this;
        }

        /** How far the clocks of others may differ: 10 to 60 seconds, 30 unless given. */
        public Builder clockSkew(Duration largest) {
            this.clockSkew = largest;
            return this;
        }

        /**
         * How many wrong secrets for one client are answered as such at once, and after which time one more: ten and 6 seconds
         * unless given. The others are answered with 429. A right secret always passes.
         */
        public Builder secretFailures(int atOnce, Duration timePerFailure) {
            this.failuresAtOnce = atOnce;
            this.timePerFailure = timePerFailure;
            return this;
        }

        /**
         * The server, with its first signing key made if need be.
         *
         * @throws IllegalArgumentException naming every fault
         * @throws StoreException if the signing keys can't be read or written
         */
        public AuthorizationServer build() {
            return new AuthorizationServer(clock, new Assembly(this));
        }
    }
}
