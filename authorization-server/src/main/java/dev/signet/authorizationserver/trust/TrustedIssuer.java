package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.claims.Attributes;
import dev.signet.authorizationserver.claims.ClaimCondition;
import dev.signet.authorizationserver.event.LeniencyUse;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whose JWTs are exchanged for access tokens, with the limits of that trust (RFC 7521 §6, RFC 7523 §5). Immutable.
 *
 * <pre>{@code
 * TrustedIssuer ci = TrustedIssuer.builder("https://ci.example.com")
 *         .keys(RemoteJwkSet.builder(URI.create("https://ci.example.com/jwks"), outbound).build())
 *         .algorithms(Set.of(JwsAlgorithm.RS256))
 *         .subjects(SubjectPolicy.matching("repo:acme/*"))
 *         .scope(Scope.of("orders.read"))
 *         .build();
 * }</pre>
 */
public final class TrustedIssuer {

    private final String issuer;
    private final KeySource keys;
    private final @Nullable IssuerKeys keysWritten;
    private final SubjectPolicy subjects;
    private final Set<JwsAlgorithm> algorithms;
    private final @Nullable Scope scope;
    private final Set<ClientId> clients;
    private final Set<ResourceIndicator> resources;
    private final Set<String> requiredClaims;
    private final List<ClaimCondition> conditions;
    private final Set<String> attributes;
    private final Duration maximumLifetime;
    private final Set<Leniency> leniencies;
    private final @Nullable ClientId unauthenticatedClient;
    private final @Nullable RegisteredClient client;
    private final boolean accountRequired;
    private final boolean softwareStatements;
    private final boolean enabled;

    /** What a trust may be loosened by; each use is reported. */
    public enum Leniency {
        /** The URL of the token endpoint names this server as well as its issuer identifier does. */
        ACCEPT_TOKEN_ENDPOINT_AUDIENCE("acceptTokenEndpointAudience"),
        /** The assertion may be meant for others, too. */
        ACCEPT_ADDITIONAL_AUDIENCES("acceptAdditionalAudiences"),
        /** The assertion may be used until it expires. */
        ALLOW_ASSERTION_REUSE("allowAssertionReuse"),
        /** The assertion may have no {@code jti}; one that has is still used once. */
        JTI_OPTIONAL("jtiOptional"),
        /** The access token may live longer than the assertion. */
        TOKEN_MAY_OUTLIVE_ASSERTION("tokenMayOutliveAssertion"),
        /** Whoever presents the assertion need not authenticate. */
        ALLOW_UNAUTHENTICATED_CLIENT("allowUnauthenticatedClient");

        private final String switchName;

        Leniency(String switchName) {
            this.switchName = switchName;
        }

        /** The name under which its use is reported. */
        public String switchName() {
            return switchName;
        }
    }

    private TrustedIssuer(Builder builder, KeySource keys, SubjectPolicy subjects) {
        this.issuer = builder.issuer;
        this.keys = keys;
        this.keysWritten = builder.keysWritten;
        this.subjects = subjects;
        this.algorithms = builder.algorithms;
        this.scope = builder.scope;
        this.clients = builder.clients;
        this.resources = builder.resources;
        this.requiredClaims = builder.requiredClaims;
        this.conditions = builder.conditions;
        this.attributes = builder.attributes;
        this.maximumLifetime = builder.maximumLifetime;
        this.leniencies = Set.copyOf(builder.leniencies);
        this.unauthenticatedClient = builder.unauthenticatedClient;
        this.client = builder.client;
        this.accountRequired = builder.accountRequired;
        this.softwareStatements = builder.softwareStatements;
        this.enabled = builder.enabled;
    }

    /**
     * Starts a trust.
     *
     * @param issuer the {@code iss} of its assertions, compared as a plain string (RFC 7521 §5.1): 1 to 1024 characters, none of
     *     them a control character
     */
    public static Builder builder(String issuer) {
        return new Builder(issuer);
    }

    /**
     * Reads a trust as it is written down, in {@link TrustMetadata#MEMBERS}.
     *
     * @param sources where its keys come from
     * @throws InvalidTrust naming every member that is not as it must be
     * @throws IllegalArgumentException naming every fault of the trust
     */
    public static TrustedIssuer fromJson(JsonObject json, KeySources sources) {
        return TrustMetadata.read(json, sources).build();
    }

    /**
     * The trust as it can be written down; {@link #fromJson} reads it again.
     *
     * @throws IllegalStateException if its keys or its subjects are given as code
     */
    public JsonObject toJson() {
        if (keysWritten == null) {
            throw new IllegalStateException(
                    "the keys of " + issuer + " are given as code, which can't be written down");
        }
        if (!(subjects instanceof SubjectMapping mapping)) {
            throw new IllegalStateException(
                    "the subjects of " + issuer + " are given as code, which can't be written down");
        }
        return TrustMetadata.write(this, keysWritten, mapping);
    }

    /** The same trust, to be changed. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Starts the trust in assertions that a client makes itself (RFC 7521 §5.2): nobody else may present them. */
    static Builder ofClient(RegisteredClient client) {
        Builder builder = new Builder(client.clientId().value());
        builder.client = client;
        return builder;
    }

    /** The {@code iss} of its assertions. */
    public String issuer() {
        return issuer;
    }

    /** Its keys. */
    public KeySource keys() {
        return keys;
    }

    /** Where its keys are, if that is not given as code. */
    public Optional<IssuerKeys> issuerKeys() {
        return Optional.ofNullable(keysWritten);
    }

    /** The algorithms agreed with it. */
    public Set<JwsAlgorithm> algorithms() {
        return algorithms;
    }

    /** Whom it may speak for. */
    public SubjectPolicy subjects() {
        return subjects;
    }

    /**
     * The names that this trust itself gives, whoever an assertion is about: of subjects that are listed, and of callers without
     * authentication. None of them may be a client (RFC 9068 §5).
     */
    public Set<String> ownNames() {
        Set<String> names = new TreeSet<>();
        if (subjects instanceof SubjectMapping mapping) {
            names.addAll(mapping.ownNames());
        }
        unauthenticatedClient().map(ClientId::value).ifPresent(names::add);
        return Collections.unmodifiableSet(names);
    }

    /** The most its assertions can give; empty if that is up to the client that presents them. */
    public Optional<Scope> scope() {
        return Optional.ofNullable(scope);
    }

    /** The clients that may present its assertions; empty if all that have the grant may. */
    public Set<ClientId> clients() {
        return clients;
    }

    /** Whether that client may present its assertions. */
    public boolean permits(ClientId presenting) {
        return client == null
                ? clients.isEmpty() || clients.contains(presenting)
                : client.clientId().equals(presenting);
    }

    /** The client that makes the assertions itself; empty if somebody else does. */
    public Optional<RegisteredClient> client() {
        return Optional.ofNullable(client);
    }

    /** The resources that its assertions give tokens for; empty if that is up to the client that presents them. */
    public Set<ResourceIndicator> resources() {
        return resources;
    }

    /** Claims that must be there besides those of RFC 7523 §3. */
    public Set<String> requiredClaims() {
        return requiredClaims;
    }

    /** What further claims must be; all of it. */
    public List<ClaimCondition> conditions() {
        return conditions;
    }

    /** The claims that count as attributes of the subject. */
    public Set<String> attributes() {
        return attributes;
    }

    /** How far ahead {@code exp} and how long ago {@code iat} may be. */
    public Duration maximumLifetime() {
        return maximumLifetime;
    }

    /** Whether the trust is loosened in that way. */
    public boolean has(Leniency leniency) {
        return leniencies.contains(leniency);
    }

    /** The {@code client_id} in tokens of those who present an assertion without saying who they are. */
    public Optional<ClientId> unauthenticatedClient() {
        return Optional.ofNullable(unauthenticatedClient);
    }

    /** Whether it speaks for those only who have an account here. */
    public boolean isAccountRequired() {
        return accountRequired;
    }

    /** {@code software_statements}: whether it may state what software registers itself as a client (RFC 7591 §2.3). */
    public boolean hasSoftwareStatements() {
        return softwareStatements;
    }

    /** Whether its assertions count at present. */
    public boolean isEnabled() {
        return enabled;
    }

    LeniencyUse use(Leniency leniency) {
        return new LeniencyUse(leniency.switchName(), issuer);
    }

    @Override
    public String toString() {
        return "TrustedIssuer " + issuer;
    }

    /** Collects a trust. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        final String issuer;
        final Set<Leniency> leniencies = new TreeSet<>();

        @Nullable
        KeySource keys;

        @Nullable
        IssuerKeys keysWritten;

        @Nullable
        SubjectPolicy subjects;

        Set<JwsAlgorithm> algorithms = JwsAlgorithm.DEFAULT_ACCEPTED;

        @Nullable
        Scope scope;

        Set<ClientId> clients = Set.of();
        Set<ResourceIndicator> resources = Set.of();
        Set<String> requiredClaims = Set.of();
        List<ClaimCondition> conditions = List.of();
        Set<String> attributes = Set.of();
        Duration maximumLifetime = Duration.ofHours(1);

        @Nullable
        ClientId unauthenticatedClient;

        @Nullable
        RegisteredClient client;

        boolean accountRequired;
        boolean softwareStatements;
        boolean enabled = true;

        private Builder(String issuer) {
            this.issuer = issuer;
        }

        private Builder(TrustedIssuer trust) {
            this(trust.issuer);
            this.keys = trust.keys;
            this.keysWritten = trust.keysWritten;
            this.subjects = trust.subjects;
            this.algorithms = trust.algorithms;
            this.scope = trust.scope;
            this.clients = trust.clients;
            this.resources = trust.resources;
            this.requiredClaims = trust.requiredClaims;
            this.conditions = trust.conditions;
            this.attributes = trust.attributes;
            this.maximumLifetime = trust.maximumLifetime;
            this.leniencies.addAll(trust.leniencies);
            this.unauthenticatedClient = trust.unauthenticatedClient;
            this.client = trust.client;
            this.accountRequired = trust.accountRequired;
            this.softwareStatements = trust.softwareStatements;
            this.enabled = trust.enabled;
        }

        /** Its keys; must be given, here or as {@link IssuerKeys}. */
        public Builder keys(KeySource source) {
            this.keys = source;
            this.keysWritten = null;
            return this;
        }

        /**
         * Its keys, in words that can be written down.
         *
         * @throws IllegalArgumentException if they are to be discovered, and the issuer is no URL that has metadata
         */
        public Builder keys(IssuerKeys where, KeySources sources) {
            this.keys = sources.of(issuer, where);
            this.keysWritten = where;
            return this;
        }

        /** The algorithms agreed with it; {@link JwsAlgorithm#DEFAULT_ACCEPTED} unless given. */
        public Builder algorithms(Set<JwsAlgorithm> agreed) {
            this.algorithms = Set.copyOf(agreed);
            return this;
        }

        /** Whom it may speak for; must be given. */
        public Builder subjects(SubjectPolicy policy) {
            this.subjects = policy;
            return this;
        }

        /** The most its assertions can give; unless given, all that the client may have, and nothing to those without one. */
        public Builder scope(Scope most) {
            this.scope = most;
            return this;
        }

        /** The clients that may present its assertions; all that have the grant unless given. */
        public Builder clients(Set<ClientId> permitted) {
            this.clients = Set.copyOf(permitted);
            return this;
        }

        /** The resources that its assertions give tokens for; all that the client may use unless given. */
        public Builder resources(Set<ResourceIndicator> permitted) {
            this.resources = Set.copyOf(permitted);
            return this;
        }

        /** What further claims must be: all of it, at most 32 claims with one condition each. */
        public Builder conditions(Collection<ClaimCondition> all) {
            this.conditions = List.copyOf(all);
            return this;
        }

        /** Claims that must be there besides those of RFC 7523 §3. */
        public Builder requiredClaims(Set<String> names) {
            this.requiredClaims = Collections.unmodifiableSet(new TreeSet<>(names));
            return this;
        }

        /**
         * The claims of its assertions that count as attributes of the subject: what the issuer says about whom is believed, in
         * so far. None unless given; at most {@link Attributes#MOST}.
         */
        public Builder attributes(Set<String> claims) {
            this.attributes = Collections.unmodifiableSet(new TreeSet<>(claims));
            return this;
        }

        /** How far ahead {@code exp} and how long ago {@code iat} may be: one second to a day; an hour unless given. */
        public Builder maximumLifetime(Duration longest) {
            this.maximumLifetime = longest;
            return this;
        }

        /** Loosens the trust in one way. */
        public Builder allow(Leniency leniency) {
            leniencies.add(leniency);
            return this;
        }

        /**
         * Lets anybody present its assertions.
         *
         * @param clientId the {@code client_id} in the tokens of those who do not say who they are; no registered client
         */
        public Builder allowUnauthenticatedClient(ClientId clientId) {
            this.unauthenticatedClient = clientId;
            return allow(Leniency.ALLOW_UNAUTHENTICATED_CLIENT);
        }

        /**
         * Refuses subjects that have no account here, under the name that {@link #subjects} gives them. Accounts that are not enabled
         * are refused in any case.
         */
        public Builder accountRequired(boolean required) {
            this.accountRequired = required;
            return this;
        }

        /** Lets it state what software registers itself as a client (RFC 7591 §2.3); it may not unless given. */
        public Builder softwareStatements(boolean approved) {
            this.softwareStatements = approved;
            return this;
        }

        /** Whether its assertions count at present; they do unless this says otherwise. */
        public Builder enabled(boolean now) {
            this.enabled = now;
            return this;
        }

        /**
         * The trust.
         *
         * @throws IllegalArgumentException naming every fault
         */
        public TrustedIssuer build() {
            List<String> faults = TrustRules.faults(this);
            if (!faults.isEmpty() || keys == null || subjects == null) {
                throw new IllegalArgumentException("trusted issuer " + issuer + ": " + String.join("; ", faults));
            }
            return new TrustedIssuer(this, keys, subjects);
        }
    }
}
