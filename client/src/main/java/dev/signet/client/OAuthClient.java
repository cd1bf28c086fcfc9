package dev.signet.client;

import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.ParameterName;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.DiscoveredKeys;
import dev.signet.outbound.MetadataSource;
import dev.signet.outbound.OutboundHttp;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One client at one authorization server: it asks for tokens, asks about them, gives them back, and pushes authorization
 * requests (RFC 6749, RFC 7523, RFC 7662, RFC 7009, RFC 9101, RFC 9126). Thread-safe; one for a program is enough. The server is known
 * by its issuer identifier alone; its metadata says where the endpoints are (RFC 8414).
 *
 * <pre>{@code
 * ClientAuthentication reporter = ClientAuthentication.privateKeyJwt(new ClientId("reporter"), key);
 * OAuthClient client = OAuthClient.of(Issuer.of("https://as.example.com"), reporter);
 * }</pre>
 *
 * <p>Each method asks now; {@link TokenSource} keeps a token and renews it in time. Those that end in {@code Async} do the same
 * in another thread. Every request is made from scratch: assertions are used once, also when a request whose connection failed
 * is tried a second time. An audience is the issuer, whatever endpoint is asked.
 */
public final class OAuthClient {

    private static final String OVERLOADED = "too many requests are under way";

    private final ClientAuthentication authentication;
    private final EndpointCalls calls;
    private final TokenCalls tokens;
    private final AuthorizationCalls authorizations;
    private final Executor executor;
    private final Clock clock;
    private final SecureRandom random;

    private OAuthClient(Builder builder, OutboundHttp outbound, MetadataSource metadata, DiscoveredKeys keys) {
        this.authentication = builder.authentication;
        this.calls = new EndpointCalls(metadata, outbound, authentication, builder.clock, builder.random);
        ServerEncryption encryption = new ServerEncryption(keys);
        this.tokens = new TokenCalls(calls, encryption, builder.clock);
        this.authorizations = new AuthorizationCalls(calls, encryption, builder.clock, builder.random);
        this.executor = builder.executor == null ? outbound.executor() : builder.executor;
        this.clock = builder.clock;
        this.random = builder.random;
    }

    /**
     * A client of that authorization server, as it comes.
     *
     * @param authentication the one way in which the client proves who it is
     */
    public static OAuthClient of(Issuer issuer, ClientAuthentication authentication) {
        return builder(issuer, authentication).build();
    }

    /** Starts a client of that authorization server, for what {@link #of} leaves as it comes. */
    public static Builder builder(Issuer issuer, ClientAuthentication authentication) {
        return new Builder(issuer, authentication);
    }

    /** The authorization server. */
    public Issuer issuer() {
        return calls.issuer();
    }

    /** The client; empty if it is {@linkplain ClientAuthentication#anonymous anonymous}. */
    public Optional<ClientId> clientId() {
        return authentication.clientId();
    }

    /** What the server publishes about itself (RFC 8414), fetched now if there is none at hand. */
    public Outcome<AuthorizationServerMetadata> metadata() {
        return calls.metadata();
    }

    /**
     * Asks for a token, now and without looking whether there is one already.
     *
     * @throws IllegalArgumentException if the client has no credentials and asks for a token for itself, or presents a code of
     *     another server
     */
    public Outcome<IssuedToken> token(TokenRequest request) {
        requireSense(request);
        return tokens.token(request).outcome();
    }

    /** As {@link #token}. */
    public CompletableFuture<Outcome<IssuedToken>> tokenAsync(TokenRequest request) {
        requireSense(request);
        return later(() -> token(request));
    }

    void requireSense(TokenRequest request) {
        if (request.grant() instanceof Grant.ClientCredentials
                && authentication.method() == ClientAuthenticationMethod.NONE) {
            throw new IllegalArgumentException("client_credentials is for clients that authenticate");
        }
        if (request.grant() instanceof Grant.Code grant
                && !grant.code().issuer().equals(issuer())) {
            throw new IllegalArgumentException("the code is one of another authorization server");
        }
    }

    TokenCalls.Answer ask(TokenRequest request) {
        return tokens.token(request);
    }

    /** Asks what the server says about a token (RFC 7662), if it tells this client. */
    public Outcome<Introspection> introspect(String token) {
        return calls.call(
                Endpoint.INTROSPECTION,
                endpoint -> List.of(Map.entry(ParameterName.TOKEN, token)),
                (json, asked) -> new Introspection(
                        json.findBoolean("active")
                                .orElseThrow(() -> new UnusableAnswerException(
                                        Problem.MEMBERS, "does not say whether the token is active")),
                        json));
    }

    /** As {@link #introspect}. */
    public CompletableFuture<Outcome<Introspection>> introspectAsync(String token) {
        return later(() -> introspect(token));
    }

    /** Has a token of this client ended (RFC 7009); one that is none or has ended already is no failure. */
    public Outcome<Revoked> revoke(String token) {
        return calls.call(
                Endpoint.REVOCATION,
                endpoint -> List.of(Map.entry(ParameterName.TOKEN, token)),
                (json, asked) -> new Revoked());
    }

    /** As {@link #revoke}. */
    public CompletableFuture<Outcome<Revoked>> revokeAsync(String token) {
        return later(() -> revoke(token));
    }

    /**
     * Pushes an authorization request (RFC 9126 §2); {@code client_id} and the client's credentials are added.
     * {@link dev.signet.client.authorization.AuthorizationRequest} does it, and makes the parameters.
     *
     * @param parameters those of the authorization request, of which {@code resource} may be there several times
     * @throws IllegalArgumentException if there is a {@code request_uri} or a credential among them, or the client is anonymous
     */
    public Outcome<PushedRequest> push(List<Map.Entry<String, String>> parameters) {
        return authorizations.push(requireClientId(), parameters);
    }

    /** As {@link #push}. */
    public CompletableFuture<Outcome<PushedRequest>> pushAsync(List<Map.Entry<String, String>> parameters) {
        List<Map.Entry<String, String>> copy = List.copyOf(parameters);
        return later(() -> push(copy));
    }

    /**
     * Makes a request object of this client for this server (RFC 9101 §4), good for five minutes.
     * {@link dev.signet.client.authorization.AuthorizationRequest} does it, and makes the parameters.
     *
     * @param parameters those of the authorization request, in the JSON types they have; {@code client_id} is added
     * @return the compact serialization; a failure if the server does not take the algorithms, or has no key to encrypt to
     * @throws IllegalArgumentException if there is a {@code request}, a credential or a claim about the JWT among them, or the
     *     client is anonymous
     */
    public Outcome<String> requestObject(JsonObject parameters, RequestProtection protection) {
        return authorizations.requestObject(requireClientId(), parameters, protection);
    }

    private ClientId requireClientId() {
        return clientId()
                .orElseThrow(() -> new IllegalArgumentException("an authorization request is that of a client"));
    }

    /** What is made of several calls, on the threads where the methods that end in {@code Async} ask. */
    public <T> CompletableFuture<Outcome<T>> later(Supplier<Outcome<T>> call) {
        try {
            return CompletableFuture.supplyAsync(call, executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new Outcome.Failed<>(failed(OVERLOADED)));
        }
    }

    /** Runs it in another thread; does the other thing if there is none. */
    void execute(Runnable task, Consumer<Failure> otherwise) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            otherwise.accept(failed(OVERLOADED));
        }
    }

    /** The time by this client's clock. */
    Instant now() {
        return clock.instant();
    }

    /** From 0 to below the bound. */
    int chance(int bound) {
        return random.nextInt(bound);
    }

    /** There is nothing to ask with. */
    Failure ended() {
        return new Failure.Unusable(
                Problem.NO_REFRESH_TOKEN,
                "the server gave no refresh token with the last access token",
                calls.issuerMetadata());
    }

    /** Why this side asked nobody. */
    Failure failed(String detail) {
        return calls.failed(detail);
    }

    /** Who asks whom. */
    @Override
    public String toString() {
        return "OAuthClient of " + calls;
    }

    /** Collects what differs from how a client comes. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private final Issuer issuer;
        private final ClientAuthentication authentication;
        private @Nullable OutboundHttp outbound;
        private @Nullable Executor executor;
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder(Issuer issuer, ClientAuthentication authentication) {
            this.issuer = issuer;
            this.authentication = authentication;
        }

        /** What makes the connections: unless set, one that calls public https only. Internal addresses need its leave. */
        public Builder outbound(OutboundHttp http) {
            outbound = http;
            return this;
        }

        /** Where the methods that end in {@code Async} ask: unless set, on the threads of what makes the connections. */
        public Builder executor(Executor used) {
            executor = used;
            return this;
        }

        /** The clock: unless set, the system's. */
        public Builder clock(Clock used) {
            clock = used;
            return this;
        }

        /** Where the {@code jti} of client assertions and the spread of tries come from. */
        public Builder random(SecureRandom used) {
            random = used;
            return this;
        }

        /**
         * The client.
         *
         * @throws IllegalArgumentException if the issuer is not one to call
         */
        public OAuthClient build() {
            OutboundHttp http = outbound == null ? OutboundHttp.builder().build() : outbound;
            try {
                return new OAuthClient(
                        this,
                        http,
                        MetadataSource.builder(issuer, http).clock(clock).build(),
                        DiscoveredKeys.builder(issuer, http).clock(clock).build());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("client: " + e.getMessage(), e);
            }
        }
    }
}
