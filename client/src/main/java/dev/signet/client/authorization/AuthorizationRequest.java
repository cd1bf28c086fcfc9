package dev.signet.client.authorization;

import dev.signet.client.Failure;
import dev.signet.client.FailureException;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.Problem;
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
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks resource owners for at one authorization server, and where the answer is sent (RFC 6749 §4.1.1). Immutable and
 * thread-safe: one does for all users, since {@link #begin} makes what belongs to one of them.
 *
 * <pre>{@code
 * AuthorizationRequest orders = AuthorizationRequest.builder(client, new RedirectUri("https://shop.example.com/callback"))
 *         .scope(Scope.of("orders.read"))
 *         .build();
 * BegunAuthorization begun = orders.begin().require();
 * }</pre>
 *
 * <p>State, and PKCE by {@code S256}, are in each of them, and are new each time; a nonce as well where OpenID Connect is asked for.
 * There is no other code challenge method, and no second try without one (RFC 7636 §7.2).
 */
public final class AuthorizationRequest {

    private static final int OCTETS = 32;

    private final OAuthClient client;
    private final ClientId clientId;
    private final RedirectUri redirectUri;
    private final Scope scope;
    private final List<ResourceIndicator> resources;
    private final ResponseMode responseMode;
    private final Map<String, String> parameters;
    private final boolean unadvertisedPkceAllowed;
    private final boolean redirectUriShared;
    private final SecureRandom random;

    private AuthorizationRequest(Builder builder, ClientId clientId, boolean redirectUriShared) {
        this.client = builder.client;
        this.clientId = clientId;
        this.redirectUri = builder.redirectUri;
        this.scope = builder.scope;
        this.resources = List.copyOf(builder.resources);
        this.responseMode = builder.responseMode;
        this.parameters = new LinkedHashMap<>(builder.parameters);
        this.unadvertisedPkceAllowed = builder.unadvertisedPkceAllowed;
        this.random = builder.random;
        this.redirectUriShared = redirectUriShared;
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
        return redirectUri;
    }

    /** Makes a request for one user agent. The server is asked for nothing but its metadata. */
    public Outcome<BegunAuthorization> begin() {
        Outcome<AuthorizationServerMetadata> metadata = client.metadata();
        if (metadata.failure().isPresent()) {
            return new Outcome.Failed<>(metadata.failure().get());
        }
        AuthorizationServerMetadata server = metadata.value().orElseThrow();
        Optional<URI> endpoint = server.authorizationEndpoint();
        if (endpoint.isEmpty()) {
            return unusable(Problem.NO_ENDPOINT, "the metadata names no authorization_endpoint");
        }
        if (!unadvertisedPkceAllowed && !server.codeChallengeMethodsSupported().contains(CodeChallenge.METHOD)) {
            return unusable(Problem.CODE_CHALLENGE_METHOD, "the metadata does not name the code challenge method S256");
        }
        PendingAuthorization pending = PendingAuthorization.of(
                this, server.authorizationResponseIssParameterSupported() || redirectUriShared, this::secret);
        return new Outcome.Success<>(new BegunAuthorization(uri(endpoint.get(), pending), pending));
    }

    private Outcome<BegunAuthorization> unusable(Problem problem, String detail) {
        return new Outcome.Failed<>(new Failure.Unusable(problem, detail, MetadataPaths.oauthUri(issuer())));
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
        return scope;
    }

    List<ResourceIndicator> resources() {
        return resources;
    }

    private URI uri(URI endpoint, PendingAuthorization pending) {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        query.add(Map.entry(ParameterName.RESPONSE_TYPE, ParameterName.CODE));
        query.add(Map.entry(ParameterName.CLIENT_ID, clientId.value()));
        query.add(Map.entry(ParameterName.REDIRECT_URI, redirectUri.value()));
        if (!scope.isEmpty()) {
            query.add(Map.entry(ParameterName.SCOPE, scope.toString()));
        }
        resources.forEach(resource -> query.add(Map.entry(ParameterName.RESOURCE, resource.value())));
        if (responseMode != ResponseMode.QUERY) {
            query.add(Map.entry(ParameterName.RESPONSE_MODE, responseMode.wireName()));
        }
        query.add(Map.entry(ParameterName.STATE, pending.state()));
        pending.nonce().ifPresent(nonce -> query.add(Map.entry(ParameterName.NONCE, nonce)));
        query.add(Map.entry(ParameterName.CODE_CHALLENGE, pending.challenge().value()));
        query.add(Map.entry(ParameterName.CODE_CHALLENGE_METHOD, CodeChallenge.METHOD));
        query.addAll(parameters.entrySet());
        // A query that the endpoint has of its own is kept (RFC 6749 §3.1).
        return URI.create(endpoint + (endpoint.getRawQuery() == null ? "?" : "&") + FormParameters.encode(query));
    }

    /** Whom it asks, and where the answer is sent. */
    @Override
    public String toString() {
        return "AuthorizationRequest of " + client + ", answered at " + redirectUri;
    }

    /** The same, at a redirect URI that other servers send their answers to as well: they have to say who they are. */
    AuthorizationRequest withSharedRedirectUri() {
        return new AuthorizationRequest(toBuilder(), clientId, true);
    }

    private Builder toBuilder() {
        Builder builder = new Builder(client, redirectUri);
        builder.scope = scope;
        builder.resources.addAll(resources);
        builder.responseMode = responseMode;
        builder.parameters.putAll(parameters);
        builder.unadvertisedPkceAllowed = unadvertisedPkceAllowed;
        builder.random = random;
        return builder;
    }

    /** Collects what is asked for. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private final OAuthClient client;
        private final RedirectUri redirectUri;
        private final List<ResourceIndicator> resources = new ArrayList<>();
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final List<String> faults = new ArrayList<>();
        private Scope scope = Scope.empty();
        private ResponseMode responseMode = ResponseMode.QUERY;
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

        /**
         * Adds a parameter that some specification has and this library leaves to the application, such as {@code prompt},
         * {@code login_hint} or {@code ui_locales}.
         */
        public Builder parameter(String name, String value) {
            if (ParameterName.KNOWN.contains(name) || name.isEmpty()) {
                faults.add("parameter " + (name.isEmpty() ? "without a name" : name + " is not one to be added"));
            } else if (parameters.putIfAbsent(name, value) != null) {
                faults.add("parameter " + name + " is given twice");
            }
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

        /** Where state, verifiers and nonces come from. */
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
            if (!all.isEmpty() || clientId == null) {
                throw new IllegalArgumentException("authorization request: " + String.join("; ", all));
            }
            return new AuthorizationRequest(this, clientId, false);
        }
    }
}
