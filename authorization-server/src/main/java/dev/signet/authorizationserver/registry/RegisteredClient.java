package dev.signet.authorizationserver.registry;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client as it was registered: how it authenticates, and what it may ask for (RFC 6749 §2, RFC 7591 §2). Immutable.
 *
 * <pre>{@code
 * RegisteredClient reporter = RegisteredClient.builder(new ClientId("reporter"))
 *         .authenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
 *         .jwks(JwkSet.of(List.of(publicKey)))
 *         .grantTypes(Set.of(GrantType.CLIENT_CREDENTIALS))
 *         .scope(Scope.of("orders.read"))
 *         .build();
 * }</pre>
 */
public final class RegisteredClient {

    private final ClientId clientId;
    private final ClientAuthenticationMethod authenticationMethod;
    private final @Nullable ClientSecret secret;
    private final @Nullable JwkSet jwks;
    private final @Nullable URI jwksUri;
    private final @Nullable FederatedIdentity federatedIdentity;
    private final @Nullable JwsAlgorithm assertionSigningAlgorithm;
    private final Set<String> grantTypes;
    private final Scope scope;
    private final Set<ResourceIndicator> resources;
    private final Set<ResourceIndicator> resourceServerFor;
    private final boolean introspectOwnTokens;
    private final @Nullable JwsAlgorithm introspectionSigningAlgorithm;
    private final @Nullable AgreedEncryption introspectionEncryption;
    private final boolean legacyAssertionAudience;
    private final boolean requireAssertionTyp;
    private final boolean tryAllKeys;
    private final @Nullable SelfIssuedAssertions selfIssuedAssertions;
    private final @Nullable Duration accessTokenLifetime;
    private final AuthorizationSettings authorization;
    private final RequestObjectSettings requestObjects;
    private final RefreshTokenRotation refreshTokenRotation;
    private final Attributes attributes;
    private final @Nullable SelfRegistration selfRegistration;
    private final @Nullable Instant registeredAt;
    private final boolean enabled;

    private RegisteredClient(Builder builder, ClientAuthenticationMethod method, @Nullable ClientSecret secret) {
        this.clientId = builder.clientId;
        this.authenticationMethod = method;
        this.secret = secret;
        this.jwks = builder.jwks;
        this.jwksUri = builder.jwksUri;
        this.federatedIdentity = builder.federatedIdentity;
        this.assertionSigningAlgorithm = builder.assertionSigningAlgorithm;
        this.grantTypes = builder.grantTypes;
        this.scope = builder.scope;
        this.resources = builder.resources;
        this.resourceServerFor = builder.resourceServerFor;
        this.introspectOwnTokens = builder.introspectOwnTokens;
        this.introspectionSigningAlgorithm = builder.introspectionSigningAlgorithm;
        this.introspectionEncryption = builder.introspectionEncryption;
        this.legacyAssertionAudience = builder.legacyAssertionAudience;
        this.requireAssertionTyp = builder.requireAssertionTyp;
        this.tryAllKeys = builder.tryAllKeys;
        this.selfIssuedAssertions = builder.selfIssuedAssertions;
        this.accessTokenLifetime = builder.accessTokenLifetime;
        this.authorization = builder.authorization;
        this.requestObjects = builder.requestObjects;
        this.refreshTokenRotation =
                method == ClientAuthenticationMethod.NONE ? RefreshTokenRotation.STRICT : builder.refreshTokenRotation;
        this.attributes = builder.attributes;
        this.selfRegistration = builder.selfRegistration;
        this.registeredAt = builder.registeredAt;
        this.enabled = builder.enabled;
    }

    /** Starts the registration of a client. */
    public static Builder builder(ClientId clientId) {
        return new Builder(clientId);
    }

    /** Starts a registration that is like this one. */
    public Builder toBuilder() {
        Builder builder = new Builder(clientId)
                .authenticationMethod(authenticationMethod)
                .grantTypes(grantTypes)
                .scope(scope)
                .resources(resources)
                .resourceServerFor(resourceServerFor)
                .introspectOwnTokens(introspectOwnTokens)
                .legacyAssertionAudience(legacyAssertionAudience)
                .requireAssertionTyp(requireAssertionTyp)
                .tryAllKeys(tryAllKeys)
                .authorization(authorization)
                .requestObjects(requestObjects)
                .attributes(attributes)
                .enabled(enabled);
        builder.secret = secret;
        builder.registeredAt = registeredAt;
        builder.selfRegistration = selfRegistration;
        builder.jwks = jwks;
        builder.jwksUri = jwksUri;
        builder.federatedIdentity = federatedIdentity;
        builder.assertionSigningAlgorithm = assertionSigningAlgorithm;
        builder.introspectionSigningAlgorithm = introspectionSigningAlgorithm;
        builder.introspectionEncryption = introspectionEncryption;
        builder.selfIssuedAssertions = selfIssuedAssertions;
        builder.accessTokenLifetime = accessTokenLifetime;
        if (authenticationMethod != ClientAuthenticationMethod.NONE) {
            builder.refreshTokenRotation = refreshTokenRotation;
        }
        return builder;
    }

    /**
     * Starts a registration from the metadata of RFC 7591 §2; {@link ClientMetadata} names the members. Their faults are
     * reported by {@link Builder#build()} with all others.
     *
     * @throws IllegalArgumentException if {@code client_id} is missing or is none
     */
    public static Builder fromMetadata(JsonObject metadata, CryptoProvider provider) {
        return ClientMetadata.read(metadata, provider);
    }

    /** The metadata of RFC 7591 §2, without the secret. */
    public JsonObject toMetadata() {
        return ClientMetadata.write(this);
    }

    /** {@code client_id}. */
    public ClientId clientId() {
        return clientId;
    }

    /** {@code token_endpoint_auth_method}: the one method this client authenticates by. */
    public ClientAuthenticationMethod authenticationMethod() {
        return authenticationMethod;
    }

    /** What is kept of the secret; there is one exactly for the methods that need it. */
    public Optional<ClientSecret> secret() {
        return Optional.ofNullable(secret);
    }

    /** {@code jwks}: the public keys, for its assertions and to encrypt to it with, unless it has {@link #jwksUri()}. */
    public Optional<JwkSet> jwks() {
        return Optional.ofNullable(jwks);
    }

    /** {@code jwks_uri}: where the public keys are, unless it has {@link #jwks()}. */
    public Optional<URI> jwksUri() {
        return Optional.ofNullable(jwksUri);
    }

    /** {@code federated_identity}: by whose JWTs it authenticates; empty if by keys or a secret of its own. */
    public Optional<FederatedIdentity> federatedIdentity() {
        return Optional.ofNullable(federatedIdentity);
    }

    /** {@code token_endpoint_auth_signing_alg}: the only algorithm of its assertions; empty for any the server accepts. */
    public Optional<JwsAlgorithm> assertionSigningAlgorithm() {
        return Optional.ofNullable(assertionSigningAlgorithm);
    }

    /** {@code grant_types}. */
    public Set<String> grantTypes() {
        return grantTypes;
    }

    /** {@code scope}: the most it may be granted. */
    public Scope scope() {
        return scope;
    }

    /** {@code resources}: those it may ask tokens for; empty for all that have a scope of its own, or no scopes at all. */
    public Set<ResourceIndicator> resources() {
        return resources;
    }

    /** {@code resource_server_for}: the resources it answers for, about whose tokens it may ask (RFC 7662 §2.1). */
    public Set<ResourceIndicator> resourceServerFor() {
        return resourceServerFor;
    }

    /** {@code introspect_own_tokens}: whether it may ask about tokens that were issued to it. */
    public boolean introspectOwnTokens() {
        return introspectOwnTokens;
    }

    /** {@code introspection_signed_response_alg} (RFC 9701 §6); empty for the one the server chooses. */
    public Optional<JwsAlgorithm> introspectionSigningAlgorithm() {
        return Optional.ofNullable(introspectionSigningAlgorithm);
    }

    /** {@code introspection_encrypted_response_alg} and {@code _enc} (RFC 9701 §6); empty if answers are signed only. */
    public Optional<AgreedEncryption> introspectionEncryption() {
        return Optional.ofNullable(introspectionEncryption);
    }

    /** Whether it gets answers about tokens as JWTs unless it asks for another form: it registered how (RFC 9701 §6). */
    public boolean getsSignedIntrospection() {
        return introspectionSigningAlgorithm != null || introspectionEncryption != null;
    }

    /**
     * {@code legacy_assertion_audience}: whether its assertions may name the token endpoint, or the endpoint that is called, as
     * audience, alone or among others. A leniency for clients older than the update of RFC 7523; its use is reported.
     */
    public boolean legacyAssertionAudience() {
        return legacyAssertionAudience;
    }

    /** {@code require_assertion_typ}: whether its assertions must carry the explicit type. */
    public boolean requireAssertionTyp() {
        return requireAssertionTyp;
    }

    /**
     * {@code try_all_keys}: whether an assertion by which it authenticates may leave {@code kid} out though several of its keys fit,
     * {@value dev.signet.jwt.UnverifiedJwt#MOST_KEYS_TRIED} at most. A leniency; its use is reported.
     */
    public boolean tryAllKeys() {
        return tryAllKeys;
    }

    /** {@code self_issued_assertions}: what assertions are exchanged for that it makes itself; empty if none are. */
    public Optional<SelfIssuedAssertions> selfIssuedAssertions() {
        return Optional.ofNullable(selfIssuedAssertions);
    }

    /** {@code access_token_lifetime}: how long its tokens live where those of the resource live longer. */
    public Optional<Duration> accessTokenLifetime() {
        return Optional.ofNullable(accessTokenLifetime);
    }

    /** What it is registered with for the authorization endpoint. */
    public AuthorizationSettings authorization() {
        return authorization;
    }

    /** How it sends its authorization requests. */
    public RequestObjectSettings requestObjects() {
        return requestObjects;
    }

    /**
     * {@code rotate_refresh_tokens} and {@code refresh_token_grace}: whether its refresh tokens are replaced when they are used. Those
     * of a client that does not authenticate always are (RFC 9700 §2.2.2).
     */
    public RefreshTokenRotation refreshTokenRotation() {
        return refreshTokenRotation;
    }

    /** {@code attributes}: what is known about it, for claims of its tokens. */
    public Attributes attributes() {
        return attributes;
    }

    /**
     * {@code client_id_issued_at}: since when it is this client (RFC 7591 §3.2.1), in whole seconds. Tokens from before were issued
     * to another that had its identifier, and are not active; empty if there can't be any.
     */
    public Optional<Instant> registeredAt() {
        return Optional.ofNullable(registeredAt);
    }

    /** How it registered itself; empty if somebody who runs the server registered it. */
    public Optional<SelfRegistration> selfRegistration() {
        return Optional.ofNullable(selfRegistration);
    }

    /** Whether nobody has vouched for it: it registered itself where everybody may. People are to be told, and asked each time. */
    public boolean isUnverified() {
        return selfRegistration != null && !selfRegistration.isVerified();
    }

    /** {@code enabled}: whether it can do anything at present; what it was issued is not active while it can't. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Whether it may be granted a token for the resource, in whatever scope. */
    public boolean permits(ProtectedResource resource) {
        if (!resources.isEmpty()) {
            return resources.contains(resource.resource());
        }
        return resource.scope().isEmpty() || !resource.scope().intersect(scope).isEmpty();
    }

    /** Shows identifier and method. */
    @Override
    public String toString() {
        return "RegisteredClient " + clientId + " by " + authenticationMethod.wireName();
    }

    /** Collects a registration. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private final List<String> faults = new ArrayList<>();
        private final Set<String> faulty = new HashSet<>();
        final ClientId clientId;

        @Nullable
        ClientAuthenticationMethod authenticationMethod;

        @Nullable
        String plainSecret;

        @Nullable
        ClientSecret secret;

        @Nullable
        JwkSet jwks;

        @Nullable
        URI jwksUri;

        @Nullable
        FederatedIdentity federatedIdentity;

        @Nullable
        JwsAlgorithm assertionSigningAlgorithm;

        Set<String> grantTypes = Set.of();
        Scope scope = Scope.empty();
        private Set<ResourceIndicator> resources = Set.of();
        Set<ResourceIndicator> resourceServerFor = Set.of();
        boolean introspectOwnTokens;

        @Nullable
        JwsAlgorithm introspectionSigningAlgorithm;

        @Nullable
        AgreedEncryption introspectionEncryption;

        boolean legacyAssertionAudience;
        boolean requireAssertionTyp;
        boolean tryAllKeys;

        @Nullable
        SelfIssuedAssertions selfIssuedAssertions;

        @Nullable
        Duration accessTokenLifetime;

        AuthorizationSettings authorization = AuthorizationSettings.none();
        RequestObjectSettings requestObjects = RequestObjectSettings.none();

        RefreshTokenRotation refreshTokenRotation = RefreshTokenRotation.NONE;
        private Attributes attributes = Attributes.none();
        private @Nullable SelfRegistration selfRegistration;

        private @Nullable Instant registeredAt;

        private boolean enabled = true;
        private SecureRandom random = new SecureRandom();

        private Builder(ClientId clientId) {
            this.clientId = clientId;
        }

        /** The one method; must be given. */
        public Builder authenticationMethod(ClientAuthenticationMethod method) {
            this.authenticationMethod = method;
            return this;
        }

        /** The secret, of {@link ClientSecret#MINIMUM_LENGTH} characters at least; what is kept of it depends on the method. */
        public Builder secret(String secret) {
            this.plainSecret = secret;
            return this;
        }

        /** The secret as a store kept it. */
        public Builder secret(ClientSecret stored) {
            this.secret = stored;
            return this;
        }

        /** The public keys. */
        public Builder jwks(JwkSet keys) {
            this.jwks = keys;
            return this;
        }

        /** Where the public keys are. */
        public Builder jwksUri(URI uri) {
            this.jwksUri = uri;
            return this;
        }

        /** By whose JWTs it authenticates instead of by keys of its own; the method is {@code private_key_jwt} all the same. */
        public Builder federatedIdentity(FederatedIdentity identity) {
            this.federatedIdentity = identity;
            return this;
        }

        /** The only algorithm of its assertions. */
        public Builder assertionSigningAlgorithm(JwsAlgorithm algorithm) {
            this.assertionSigningAlgorithm = algorithm;
            return this;
        }

        /** The grants it may use; one at least, unless it is a resource server. */
        public Builder grantTypes(Set<String> types) {
            this.grantTypes = Set.copyOf(types);
            return this;
        }

        /** The most it may be granted; nothing unless given. */
        public Builder scope(Scope most) {
            this.scope = most;
            return this;
        }

        /** The resources it may ask tokens for; unless given, those that have a scope of its own, or no scopes at all. */
        public Builder resources(Set<ResourceIndicator> permitted) {
            this.resources = Set.copyOf(permitted);
            return this;
        }

        /** The resources it answers for, about whose tokens it may ask; none unless given. */
        public Builder resourceServerFor(Set<ResourceIndicator> served) {
            this.resourceServerFor = Set.copyOf(served);
            return this;
        }

        /** Lets it ask about tokens that were issued to it. */
        public Builder introspectOwnTokens(boolean permitted) {
            this.introspectOwnTokens = permitted;
            return this;
        }

        /** Signs answers about tokens with that algorithm (RFC 9701 §6), for which the server must have a key. */
        public Builder introspectionSigningAlgorithm(JwsAlgorithm algorithm) {
            this.introspectionSigningAlgorithm = algorithm;
            return this;
        }

        /** Signs answers about tokens and encrypts them to a key of the client's {@code jwks} (RFC 9701 §6). */
        public Builder introspectionEncryption(AgreedEncryption encryption) {
            this.introspectionEncryption = encryption;
            return this;
        }

        /** Accepts older audiences of its assertions, too; see {@link RegisteredClient#legacyAssertionAudience()}. */
        public Builder legacyAssertionAudience(boolean accepted) {
            this.legacyAssertionAudience = accepted;
            return this;
        }

        /** Demands the explicit type of its assertions. */
        public Builder requireAssertionTyp(boolean required) {
            this.requireAssertionTyp = required;
            return this;
        }

        /** Tries its keys where an assertion names none; see {@link RegisteredClient#tryAllKeys()}. */
        public Builder tryAllKeys(boolean tried) {
            this.tryAllKeys = tried;
            return this;
        }

        /** Exchanges assertions that it makes itself, with the keys it authenticates by; none unless given. */
        public Builder selfIssuedAssertions(SelfIssuedAssertions goodFor) {
            this.selfIssuedAssertions = goodFor;
            return this;
        }

        /** The longest its tokens live: whole seconds, 60 seconds to one hour; as long as the resource has it unless given. */
        public Builder accessTokenLifetime(Duration longest) {
            this.accessTokenLifetime = longest;
            return this;
        }

        /** What it needs for the authorization endpoint; nothing unless given. */
        public Builder authorization(AuthorizationSettings settings) {
            this.authorization = settings;
            return this;
        }

        /** How it sends its authorization requests; in any way unless given. */
        public Builder requestObjects(RequestObjectSettings settings) {
            this.requestObjects = settings;
            return this;
        }

        /** Whether its refresh tokens are replaced when they are used; not unless given, if it authenticates. */
        public Builder refreshTokenRotation(RefreshTokenRotation rotation) {
            this.refreshTokenRotation = rotation;
            return this;
        }

        /** What is known about it, for claims of its tokens; nothing unless given. */
        public Builder attributes(Attributes known) {
            this.attributes = known;
            return this;
        }

        /** Since when it is this client; tokens from before are not active. Fractions of a second are left out. */
        public Builder registeredAt(Instant time) {
            this.registeredAt = time.truncatedTo(ChronoUnit.SECONDS);
            return this;
        }

        /** How it registered itself; not at all unless given. */
        public Builder selfRegistration(SelfRegistration registration) {
            this.selfRegistration = registration;
            return this;
        }

        /** Whether it can do anything at present; it can unless this says otherwise. */
        public Builder enabled(boolean now) {
            this.enabled = now;
            return this;
        }

        /** Where the salt of the hashed secret comes from; the platform's default unless set. */
        public Builder random(SecureRandom random) {
            this.random = random;
            return this;
        }

        /** Notes a fault of a metadata member for {@link #build()} to report. */
        Builder fault(String member, String fault) {
            faulty.add(member);
            faults.add(fault);
            return this;
        }

        /** Whether a fault of that member was noted: then it is not missing as well. */
        boolean isAtFault(String member) {
            return faulty.contains(member);
        }

        /**
         * The client.
         *
         * @throws InvalidClient naming every fault
         */
        public RegisteredClient build() {
            List<String> found = new ArrayList<>(faults);
            ClientMetadata.check(this, found);
            ClientSecret kept = secret;
            if (plainSecret != null && authenticationMethod != null) {
                try {
                    kept = authenticationMethod == ClientAuthenticationMethod.CLIENT_SECRET_JWT
                            ? ClientSecret.forMac(plainSecret)
                            : ClientSecret.hashed(plainSecret, random);
                } catch (IllegalArgumentException unfit) {
                    found.add(unfit.getMessage());
                }
            }
            if (kept instanceof MacSecret mac
                    && assertionSigningAlgorithm != null
                    && !mac.fits(assertionSigningAlgorithm)) {
                found.add("client_secret is too short for " + assertionSigningAlgorithm.joseName());
            }
            if (!found.isEmpty() || authenticationMethod == null) {
                throw new InvalidClient(clientId.value(), found);
            }
            return new RegisteredClient(this, authenticationMethod, kept);
        }
    }
}
