package dev.signet.authorizationserver.registry;

import dev.signet.authorizationserver.claims.ClaimMapping;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.jwt.key.JwsAlgorithm;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An API that tokens are issued for: its identifier becomes their audience, its scopes are the only ones they can have (RFC
 * 8707 §2, RFC 9068 §3). Immutable.
 */
public final class ProtectedResource {

    /** The longest life of an access token (RFC 6750 §5.3). */
    public static final Duration MAXIMUM_TOKEN_LIFETIME = Duration.ofHours(1);

    /** The shortest life of an access token. */
    public static final Duration MINIMUM_TOKEN_LIFETIME = Duration.ofSeconds(60);

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_DESCRIPTION = 256;

    private final ResourceIndicator resource;
    private final Scope scope;
    private final boolean isDefault;
    private final boolean scopeRequired;
    private final Duration tokenLifetime;
    private final TokenFormat tokenFormat;
    private final ClaimMapping claims;
    private final boolean pairwiseSubject;
    private final Optional<JwsAlgorithm> signingAlgorithm;
    private final boolean enabled;
    private final Optional<String> name;
    private final Map<String, String> scopeDescriptions;

    private ProtectedResource(Builder builder) {
        this.resource = builder.resource;
        this.scope = builder.scope;
        this.isDefault = builder.isDefault;
        this.scopeRequired = builder.scopeRequired;
        this.tokenLifetime = builder.tokenLifetime;
        this.tokenFormat = builder.tokenFormat;
        this.claims = builder.claims;
        this.pairwiseSubject = builder.pairwiseSubject;
        this.signingAlgorithm = Optional.ofNullable(builder.signingAlgorithm);
        this.enabled = builder.enabled;
        this.name = Optional.ofNullable(builder.name);
        this.scopeDescriptions = builder.scopeDescriptions;
    }

    /** Starts a resource. */
    public static Builder builder(ResourceIndicator resource) {
        return new Builder(resource);
    }

    /** Starts a resource that is like this one. */
    public Builder toBuilder() {
        Builder builder = new Builder(resource)
                .scope(scope)
                .isDefault(isDefault)
                .scopeRequired(scopeRequired)
                .tokenLifetime(tokenLifetime)
                .tokenFormat(tokenFormat)
                .claims(claims)
                .pairwiseSubject(pairwiseSubject)
                .enabled(enabled)
                .scopeDescriptions(scopeDescriptions);
        signingAlgorithm.ifPresent(builder::signingAlgorithm);
        name.ifPresent(builder::name);
        return builder;
    }

    /** Its identifier. */
    public ResourceIndicator resource() {
        return resource;
    }

    /** All its scopes; may be empty. */
    public Scope scope() {
        return scope;
    }

    /** Whether tokens are for it when a request names neither resource nor scope. */
    public boolean isDefault() {
        return isDefault;
    }

    /** Whether a request must name scopes; otherwise it is granted all of this resource's that its client may have. */
    public boolean isScopeRequired() {
        return scopeRequired;
    }

    /** How long its tokens live. */
    public Duration tokenLifetime() {
        return tokenLifetime;
    }

    /** What its tokens look like. */
    public TokenFormat tokenFormat() {
        return tokenFormat;
    }

    /** What its tokens say beside the claims that all have. */
    public ClaimMapping claims() {
        return claims;
    }

    /** Whether its tokens name subjects as no other resource's do (RFC 9068 §6). */
    public boolean hasPairwiseSubject() {
        return pairwiseSubject;
    }

    static boolean isTokenLifetime(Duration lifetime) {
        return lifetime.compareTo(MINIMUM_TOKEN_LIFETIME) >= 0
                && lifetime.compareTo(MAXIMUM_TOKEN_LIFETIME) <= 0
                && lifetime.equals(lifetime.truncatedTo(ChronoUnit.SECONDS));
    }

    /** What its tokens are signed with; empty if with the server's own algorithm. */
    public Optional<JwsAlgorithm> signingAlgorithm() {
        return signingAlgorithm;
    }

    /** Whether tokens are issued for it at present; those that were are not active while none are. */
    public boolean isEnabled() {
        return enabled;
    }

    /** What people are told that it is called. */
    public Optional<String> name() {
        return name;
    }

    /** What people are told that its scopes allow, by token; those that are not there speak for themselves. */
    public Map<String, String> scopeDescriptions() {
        return scopeDescriptions;
    }

    @Override
    public String toString() {
        return "ProtectedResource " + resource;
    }

    /** Collects a resource. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private final ResourceIndicator resource;
        private Scope scope = Scope.empty();
        private boolean isDefault;
        private boolean scopeRequired;
        private Duration tokenLifetime = Duration.ofMinutes(10);
        private TokenFormat tokenFormat = TokenFormat.jwt();
        private ClaimMapping claims = ClaimMapping.none();
        private boolean pairwiseSubject;
        private @Nullable JwsAlgorithm signingAlgorithm;
        private boolean enabled = true;
        private @Nullable String name;
        private Map<String, String> scopeDescriptions = Map.of();

        private Builder(ResourceIndicator resource) {
            this.resource = resource;
        }

        /** All its scopes; none unless given. */
        public Builder scope(Scope all) {
            this.scope = all;
            return this;
        }

        /** Makes it the resource of requests that name neither resource nor scope; at most one of a server's. */
        public Builder isDefault(boolean chosen) {
            this.isDefault = chosen;
            return this;
        }

        /** Refuses requests that name no scope, instead of granting all that the client may have. */
        public Builder scopeRequired(boolean required) {
            this.scopeRequired = required;
            return this;
        }

        /** How long its tokens live: whole seconds, 60 seconds to one hour; ten minutes unless given. */
        public Builder tokenLifetime(Duration lifetime) {
            this.tokenLifetime = lifetime;
            return this;
        }

        /** What its tokens look like; JWTs unless given. For others the server needs a store of tokens. */
        public Builder tokenFormat(TokenFormat format) {
            this.tokenFormat = format;
            return this;
        }

        /** What its tokens say beside the claims that all have; nothing unless given. */
        public Builder claims(ClaimMapping mapping) {
            this.claims = mapping;
            return this;
        }

        /**
         * Names subjects in its tokens as no other resource's tokens do, so that resources can't tell that they know the same one
         * (RFC 9068 §6). The server needs a key for that; a client that speaks for itself is named by its {@code client_id} all
         * the same.
         */
        public Builder pairwiseSubject(boolean pairwise) {
            this.pairwiseSubject = pairwise;
            return this;
        }

        /**
         * What its tokens are signed with, which must not be a MAC; the server's own algorithm unless given. The server has a key
         * for each algorithm.
         */
        public Builder signingAlgorithm(JwsAlgorithm algorithm) {
            this.signingAlgorithm = algorithm;
            return this;
        }

        /** Whether tokens are issued for it at present; they are unless this says otherwise. */
        public Builder enabled(boolean now) {
            this.enabled = now;
            return this;
        }

        /** What people are told that it is called: 1 to 128 characters; its identifier unless given. */
        public Builder name(String words) {
            this.name = words;
            return this;
        }

        /** What people are told that its scopes allow, by token: 1 to 256 characters for each; the tokens themselves unless given. */
        public Builder scopeDescriptions(Map<String, String> words) {
            this.scopeDescriptions = Map.copyOf(words);
            return this;
        }

        /**
         * The resource.
         *
         * @throws IllegalArgumentException naming every fault
         */
        public ProtectedResource build() {
            List<String> faults = new ArrayList<>();
            if (!isTokenLifetime(tokenLifetime)) {
                faults.add("token lifetime must be 60 to 3600 whole seconds");
            }
            if (scopeRequired && scope.isEmpty()) {
                faults.add("a scope is required, though there is none");
            }
            if (signingAlgorithm != null && signingAlgorithm.isMac()) {
                faults.add("signing algorithm is a MAC: who checks a token could make one");
            }
            if (signingAlgorithm != null && tokenFormat instanceof TokenFormat.Opaque) {
                faults.add("signing algorithm is given, though opaque tokens are not signed");
            }
            if (name != null && !isWords(name, LONGEST_NAME)) {
                faults.add("name must have 1 to " + LONGEST_NAME + " characters, none of them a control character");
            }
            if (!scope.tokens().containsAll(scopeDescriptions.keySet())
                    || !scopeDescriptions.values().stream().allMatch(words -> isWords(words, LONGEST_DESCRIPTION))) {
                faults.add("scope descriptions must be of its scopes, with 1 to " + LONGEST_DESCRIPTION
                        + " characters, none of them a control character");
            }
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("resource " + resource + ": " + String.join("; ", faults));
            }
            return new ProtectedResource(this);
        }

        private static boolean isWords(String text, int longest) {
            return !text.isBlank() && text.length() <= longest && text.chars().noneMatch(Character::isISOControl);
        }
    }
}
