package dev.signet.client.authorization;

import dev.signet.client.Failure;
import dev.signet.client.FailureException;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.Problem;
import dev.signet.client.RequestProtection;
import dev.signet.client.authorization.RequestPassing.Passed;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.CodeChallenge;
import dev.signet.core.authorization.CodeVerifier;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.metadata.MetadataPaths;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.SignerKey;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks resource owners for at one authorization server, and where the answer is sent (RFC 6749 §4.1.1). Immutable and
 * thread-safe: one does for all users, since {@link #begin} makes what belongs to one of them.
 *
 * <pre>{@code
 * AuthorizationRequest orders = AuthorizationRequest.builder(client, new RedirectUri("https://shop.example.com/callback"))
 *         .scope(Scope.of("orders.read"))
 *         .signed(key)
 *         .pushed()
 *         .build();
 * BegunAuthorization begun = orders.begin().require();
 * }</pre>
 *
 * <p>State, and PKCE by {@code S256}, are in each of them, and are new each time; a nonce as well where OpenID Connect is asked for.
 * There is no other code challenge method, and no second try without one (RFC 7636 §7.2).
 *
 * <p>Unless something else is said, the parameters are in the address that the user agent is sent to. They can be in a request object
 * (RFC 9101), which nobody can change under way, by value or where the application hosts it; or they, or the request object, are pushed
 * (RFC 9126), and nobody under way sees them. What the server's metadata demands is done also where it is not said here; where it can't
 * be, nothing is begun.
 */
public final class AuthorizationRequest {

    private static final int OCTETS = 32;
    private static final String MAX_AGE = "max_age";
    private static final String CLAIMS = "claims";

    /** What has a method of its own, since it is no string in a request object. */
    private static final Set<String> TYPED = Set.of(MAX_AGE, CLAIMS);

    private final OAuthClient client;
    private final RequestParameters parameters;
    private final RequestPassing passing;
    private final boolean unadvertisedPkceAllowed;
    private final boolean redirectUriShared;
    private final SecureRandom random;

    private AuthorizationRequest(
            OAuthClient client,
            RequestParameters parameters,
            RequestPassing passing,
            boolean unadvertisedPkceAllowed,
            boolean redirectUriShared,
            SecureRandom random) {
        this.client = client;
        this.parameters = parameters;
        this.passing = passing;
        this.unadvertisedPkceAllowed = unadvertisedPkceAllowed;
        this.redirectUriShared = redirectUriShared;
        this.random = random;
    }

    /**
     * Starts a request.
     *
     * @param client who asks, and whom
     * @param redirectUri where the answer is sent, as it is registered at the server
     */
    public static Builder builder(OAuthClient client, RedirectUri redirectUri) {
        return new Builder(client, redirectUri);
    }

    /** The server that is asked. */
    public Issuer issuer() {
        return client.issuer();
    }

    /** Where the answer is sent. */
    public RedirectUri redirectUri() {
        return parameters.redirectUri();
    }

    /**
     * Makes a request for one user agent. The server is asked for its metadata and, where that is how the request gets there, for its
     * keys, and to take what is pushed. Nothing is used twice: a request that was not answered in time is begun anew.
     */
    public Outcome<BegunAuthorization> begin() {
        try {
            AuthorizationServerMetadata server = client.metadata().require();
            URI endpoint = server.authorizationEndpoint()
                    .orElseThrow(() -> unusable(Problem.NO_ENDPOINT, "the metadata names no authorization_endpoint"));
            if (!unadvertisedPkceAllowed
                    && !server.codeChallengeMethodsSupported().contains(CodeChallenge.METHOD)) {
                throw unusable(
                        Problem.CODE_CHALLENGE_METHOD, "the metadata does not name the code challenge method S256");
            }
            PendingAuthorization pending = PendingAuthorization.of(
                    this, server.authorizationResponseIssParameterSupported() || redirectUriShared, this::secret);
            Passed passed = passing.pass(client, server, parameters.of(pending), this::secret);
            // A query that the endpoint has of its own is kept (RFC 6749 §3.1).
            URI uri = URI.create(
                    endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + FormParameters.encode(passed.query()));
            return new Outcome.Success<>(new BegunAuthorization(uri, pending, passed.expiresAt()));
        } catch (FailureException e) {
            return new Outcome.Failed<>(e.failure());
        }
    }

    /** As {@link #begin}, on the threads of the client. */
    public CompletableFuture<Outcome<BegunAuthorization>> beginAsync() {
        return client.later(this::begin);
    }

    private FailureException unusable(Problem problem, String detail) {
        return new FailureException(new Failure.Unusable(problem, detail, MetadataPaths.oauthUri(issuer())));
    }

    private String secret() {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** Whether the server says in each response who it is (RFC 9207 §3). */
    boolean isIdentifying() throws FailureException {
        return client.metadata().require().authorizationResponseIssParameterSupported();
    }

    CodeVerifier verifier() {
        return CodeVerifier.drawnFrom(random::nextBytes);
    }

    Scope scope() {
        return parameters.scope();
    }

    List<ResourceIndicator> resources() {
        return parameters.resources();
    }

    /** The same, at a redirect URI that other servers send their answers to as well: they have to say who they are. */
    AuthorizationRequest withSharedRedirectUri() {
        return new AuthorizationRequest(client, parameters, passing, unadvertisedPkceAllowed, true, random);
    }

    /** Whom it asks, and where the answer is sent. */
    @Override
    public String toString() {
        return "AuthorizationRequest of " + client + ", answered at " + redirectUri();
    }

    /** Collects what is asked for. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private final OAuthClient client;
        private final RedirectUri redirectUri;
        private final List<ResourceIndicator> resources = new ArrayList<>();
        private final Map<String, Object> parameters = new LinkedHashMap<>();
        private final List<String> faults = new ArrayList<>();
        private Scope scope = Scope.empty();
        private ResponseMode responseMode = ResponseMode.QUERY;
        private @Nullable SignerKey key;
        private @Nullable UnaryOperator<RequestProtection> encryption;
        private Optional<RequestObjectHost> host = Optional.empty();
        private boolean pushed;
        private boolean repeated;
        private boolean namingEndpoints;
        private boolean unadvertisedPkceAllowed;
        private SecureRandom random = new SecureRandom();

        private Builder(OAuthClient client, RedirectUri redirectUri) {
            this.client = client;
            this.redirectUri = redirectUri;
        }

        /** What the tokens are to be good for; unless given, the server decides. */
        public Builder scope(Scope wanted) {
            scope = wanted;
            return this;
        }

        /**
         * Adds a resource that tokens are wanted for (RFC 8707 §2.1). Each token is for one: the first, unless the token request
         * says another.
         */
        public Builder resource(ResourceIndicator wanted) {
            resources.add(wanted);
            return this;
        }

        /** How the answer gets to the redirect URI: unless set, in its query. */
        public Builder responseMode(ResponseMode wanted) {
            responseMode = wanted;
            return this;
        }

        /** How long ago the user may have signed in at most, in whole seconds (OpenID Connect Core 1.0 §3.1.2.1). */
        public Builder maxAge(Duration longest) {
            if (longest.isNegative()) {
                faults.add("max_age must not be negative");
            }
            parameters.put(MAX_AGE, longest.toSeconds());
            return this;
        }

        /** Which claims about the user are wanted, and where (OpenID Connect Core 1.0 §5.5). */
        public Builder claims(JsonObject wanted) {
            parameters.put(CLAIMS, wanted);
            return this;
        }

        /**
         * Adds a parameter that some specification has and this library leaves to the application, such as {@code prompt},
         * {@code login_hint} or {@code ui_locales}.
         */
        public Builder parameter(String name, String value) {
            if (name.isEmpty()) {
                faults.add("parameter without a name");
            } else if (ParameterName.KNOWN.contains(name)
                    || RequestObject.JWT_CLAIMS.contains(name)
                    || TYPED.contains(name)) {
                faults.add("parameter " + name + " is not one to be added");
            } else if (parameters.putIfAbsent(name, value) != null) {
                faults.add("parameter " + name + " is given twice");
            }
            return this;
        }

        /**
         * Puts the parameters into a request object, signed for this server (RFC 9101 §4). Outside are {@code client_id} and it.
         *
         * @param privateKey whose public half the server knows as the client's; it may be another than the one that the client
         *     authenticates with (RFC 9101 §10.8)
         */
        public Builder signed(SignerKey privateKey) {
            key = privateKey;
            return this;
        }

        /** Encrypts the request object to the server, by the best that it says it takes and has a key for. */
        public Builder encrypted() {
            encryption = RequestProtection::encrypted;
            return this;
        }

        /** As {@link #encrypted()}, as the client is registered for ({@link RequestProtection#encrypted(String, String)}). */
        public Builder encrypted(String algorithm, String content) {
            encryption = protection -> protection.encrypted(algorithm, content);
            return this;
        }

        /** Lets the server fetch the request object, which makes the address short (RFC 9101 §5.2). */
        public Builder hosted(RequestObjectHost place) {
            host = Optional.of(place);
            return this;
        }

        /**
         * Pushes the parameters, or the request object, before the user agent is sent away (RFC 9126). Where the server demands that, it
         * is done in any case.
         */
        public Builder pushed() {
            pushed = true;
            return this;
        }

        /**
         * Says {@code response_type} and {@code scope} outside the request object as well, for servers that want them there (OpenID
         * Connect Core 1.0 §6.1). Not beside what is pushed.
         */
        public Builder repeatedOutside() {
            repeated = true;
            return this;
        }

        /**
         * Says in the request object at which endpoints, and for which resources, the client will use what comes of it, for servers that
         * compare it with what they are (RFC 9101 §10.3).
         */
        public Builder namingEndpoints() {
            namingEndpoints = true;
            return this;
        }

        /**
         * Lets the server go without {@code S256} in {@code code_challenge_methods_supported}. PKCE is used all the same; whether
         * the server checks it nobody knows then.
         */
        public Builder allowUnadvertisedPkce() {
            unadvertisedPkceAllowed = true;
            return this;
        }

        /** Where state, verifiers, nonces and the names of what is hosted come from. */
        public Builder random(SecureRandom used) {
            random = used;
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalArgumentException naming everything that is wrong
         */
        public AuthorizationRequest build() {
            List<String> all = new ArrayList<>(faults);
            @Nullable ClientId clientId = client.clientId().orElse(null);
            if (clientId == null) {
                all.add("the client has no client_id");
            }
            if (resources.stream().distinct().count() < resources.size()) {
                all.add("a resource is given twice");
            }
            RequestPassing passing = new RequestPassing(protection(all), host, pushed, repeated, namingEndpoints);
            all.addAll(passing.faults());
            if (!all.isEmpty() || clientId == null) {
                throw new IllegalArgumentException("authorization request: " + String.join("; ", all));
            }
            JsonObject.Builder more = JsonObject.builder();
            parameters.forEach(more::put);
            return new AuthorizationRequest(
                    client,
                    new RequestParameters(clientId, redirectUri, scope, resources, responseMode, more.build()),
                    passing,
                    unadvertisedPkceAllowed,
                    false,
                    random);
        }

        private Optional<RequestProtection> protection(List<String> all) {
            if (key == null) {
                if (encryption != null) {
                    all.add("what is encrypted has to be signed");
                }
                return Optional.empty();
            }
            try {
                RequestProtection signed = RequestProtection.signed(key);
                return Optional.of(encryption == null ? signed : encryption.apply(signed));
            } catch (IllegalArgumentException e) {
                all.add(String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }
    }
}
