package dev.signet.resourceserver;

import dev.signet.core.Issuer;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import dev.signet.resourceserver.introspection.IntrospectionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An authorization server whose access tokens are accepted, with all that belongs to it alone: its keys, the algorithms
 * agreed with it, the audience it knows this resource server by (RFC 9068 §4). Immutable.
 *
 * <pre>{@code
 * TrustedIssuer partner = TrustedIssuer.builder("https://as.partner.example")
 *         .audience("https://api.example.com/orders")
 *         .algorithms(Set.of(JwsAlgorithm.RS256))
 *         .build();
 * }</pre>
 */
public final class TrustedIssuer {

    private final Issuer issuer;
    private final Set<String> audiences;
    private final Optional<KeySource> keys;
    private final Set<JwsAlgorithm> algorithms;
    private final Duration leeway;
    private final Optional<AccessTokenEncryption> encryption;
    private final boolean legacyTyp;
    private final Optional<IntrospectionPolicy> introspection;
    private final boolean opaqueTokens;

    private TrustedIssuer(Issuer issuer, Builder builder) {
        this.issuer = issuer;
        this.audiences = Collections.unmodifiableSet(new LinkedHashSet<>(builder.audiences));
        this.keys = builder.keys.stream().findFirst();
        this.algorithms = builder.algorithms;
        this.leeway = builder.leeway;
        this.encryption = builder.encryption;
        this.legacyTyp = builder.legacyTyp;
        this.introspection = builder.introspection;
        this.opaqueTokens = builder.opaqueTokens;
    }

    /**
     * Starts the trust in an issuer; an audience must be given.
     *
     * @param issuer the issuer identifier, exactly as its tokens and its metadata carry it
     */
    public static Builder builder(String issuer) {
        return new Builder().issuer(issuer);
    }

    /** The identifier that the tokens carry as {@code iss}. */
    public Issuer issuer() {
        return issuer;
    }

    /** The identifiers of this resource server at the issuer, in the order they were given. */
    public Set<String> audiences() {
        return audiences;
    }

    /** Where the keys come from; if nothing is said, they are discovered. */
    public Optional<KeySource> keys() {
        return keys;
    }

    /** The signature algorithms agreed with the issuer. */
    public Set<JwsAlgorithm> algorithms() {
        return algorithms;
    }

    /** How far the clocks may differ. */
    public Duration leeway() {
        return leeway;
    }

    /** How the tokens are encrypted, if they are. */
    public Optional<AccessTokenEncryption> encryption() {
        return encryption;
    }

    /** Whether tokens from before RFC 9068 are accepted, too. */
    public boolean allowsLegacyTyp() {
        return legacyTyp;
    }

    /** How the issuer is asked about its tokens; if nothing is said, they are good until they expire. */
    public Optional<IntrospectionPolicy> introspection() {
        return introspection;
    }

    /** Whether tokens that are no JWTs are accepted, too. */
    public boolean allowsOpaqueTokens() {
        return opaqueTokens;
    }

    /** Names the issuer, and the switches that are on. */
    @Override
    public String toString() {
        return issuer.value() + (legacyTyp ? " (allowLegacyTyp)" : "") + (opaqueTokens ? " (allowOpaqueTokens)" : "");
    }

    /** Collects what is agreed with an issuer. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private static final Duration DEFAULT_LEEWAY = Duration.ofSeconds(30);
        private static final Duration LARGEST_LEEWAY = Duration.ofMinutes(5);

        private final Set<String> audiences = new LinkedHashSet<>();
        private final List<KeySource> keys = new ArrayList<>();
        private Optional<String> issuer = Optional.empty();
        private Optional<AccessTokenEncryption> encryption = Optional.empty();
        private Set<JwsAlgorithm> algorithms = JwsAlgorithm.DEFAULT_ACCEPTED;
        private Duration leeway = DEFAULT_LEEWAY;
        private boolean legacyTyp;
        private Optional<IntrospectionPolicy> introspection = Optional.empty();
        private boolean opaqueTokens;

        Builder() {}

        Builder issuer(String identifier) {
            issuer = Optional.of(identifier);
            return this;
        }

        /** The identifiers of this resource server; a token must name one of them as audience. */
        public Builder audience(String... identifiers) {
            audiences.addAll(List.of(identifiers));
            return this;
        }

        /** The keys of the authorization server, where they are known; nothing is fetched then. */
        public Builder keys(JwkSet known) {
            return keys(KeySource.of(known));
        }

        /** Where the keys of the authorization server come from: unless set, the validator discovers them. */
        public Builder keys(KeySource source) {
            keys.add(source);
            return this;
        }

        /** The signature algorithms agreed with the authorization server: unless set, ES256, PS256, Ed25519 and RS256. */
        public Builder algorithms(Set<JwsAlgorithm> agreed) {
            algorithms = Set.copyOf(agreed);
            return this;
        }

        /** How the tokens are encrypted; unless set they are not. */
        public Builder encryption(AccessTokenEncryption agreed) {
            encryption = Optional.of(agreed);
            return this;
        }

        /** How far the clocks may differ: 30 seconds unless set, at most 300. */
        public Builder leeway(Duration largest) {
            leeway = largest;
            return this;
        }

        /**
         * Accepts the {@code typ} that servers sent before RFC 9068, {@code JWT} or none, as well (D-09). All required
         * claims stay required, {@code client_id} and {@code jti} among them, which other JWTs seldom have together; but
         * an ID Token that has them and names this audience is then taken for an access token.
         */
        public Builder allowLegacyTyp() {
            legacyTyp = true;
            return this;
        }

        /**
         * Asks the issuer whether a token that is good by itself is active still (RFC 7662 §4): what was revoked is refused then,
         * and so is everything while the issuer gives no answer. Unless set, nobody is asked.
         */
        public Builder introspection(IntrospectionPolicy policy) {
            introspection = Optional.of(policy);
            return this;
        }

        /**
         * Accepts tokens that are no JWTs, too: what the issuer says about them is all that is known. Whatever has fewer than two
         * dots is asked about, garbage as well. One issuer of a validator can have this, and it needs {@link #introspection}.
         */
        public Builder allowOpaqueTokens() {
            opaqueTokens = true;
            return this;
        }

        /**
         * The trust in the issuer.
         *
         * @throws IllegalArgumentException naming everything that is missing or out of bounds
         */
        public TrustedIssuer build() {
            List<String> faults = faults();
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("trusted issuer: " + String.join("; ", faults));
            }
            return new TrustedIssuer(Issuer.of(issuer.orElseThrow()), this);
        }

        boolean isUntouched() {
            return issuer.isEmpty()
                    && audiences.isEmpty()
                    && keys.isEmpty()
                    && algorithms.equals(JwsAlgorithm.DEFAULT_ACCEPTED)
                    && leeway.equals(DEFAULT_LEEWAY)
                    && encryption.isEmpty()
                    && !legacyTyp
                    && introspection.isEmpty()
                    && !opaqueTokens;
        }

        boolean hasKeys() {
            return !keys.isEmpty();
        }

        List<String> faults() {
            List<String> faults = new ArrayList<>();
            if (issuer.isEmpty()) {
                faults.add("issuer is missing");
            }
            ValidatorSettings.attempt(faults, () -> issuer.map(Issuer::of));
            if (audiences.isEmpty()) {
                faults.add("audience is missing");
            }
            if (audiences.stream().anyMatch(String::isBlank)) {
                faults.add("audience must not be blank");
            }
            if (keys.size() > 1) {
                faults.add("keys are given by more than one source of keys");
            }
            if (algorithms.isEmpty() || algorithms.stream().anyMatch(JwsAlgorithm::isMac)) {
                faults.add("algorithms must name at least one, and no MAC");
            }
            if (leeway.isNegative() || leeway.compareTo(LARGEST_LEEWAY) > 0) {
                faults.add("leeway must be 0 to 300 seconds");
            }
            if (opaqueTokens && introspection.isEmpty()) {
                faults.add("allowOpaqueTokens needs introspection");
            }
            if (introspection
                    .filter(policy ->
                            !issuer.equals(Optional.of(policy.client().issuer().value())))
                    .isPresent()) {
                faults.add("introspection asks another issuer");
            }
            return faults;
        }
    }
}
