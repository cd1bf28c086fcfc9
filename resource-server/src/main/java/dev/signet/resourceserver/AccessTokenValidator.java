package dev.signet.resourceserver;

import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.http.BearerCredentials;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.VerificationKey;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Unavailable;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.challenge.BearerChallenge;
import dev.signet.resourceserver.introspection.IntrospectionPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells good access tokens from all others (RFC 9068 §4, RFC 6750 §2, §3). Thread-safe; one serves a whole API.
 *
 * <pre>{@code
 * AccessTokenValidator validator = AccessTokenValidator.builder()
 *         .issuer("https://as.example.com")
 *         .audience("https://api.example.com/orders")
 *         .outbound(OutboundHttp.builder().build())
 *         .build();
 * AccessTokenOutcome outcome = validator.validate(request).requireScope("orders.read");
 * }</pre>
 *
 * <p>Several issuers can be trusted side by side. The {@code iss} of a token decides by whose keys, algorithms,
 * audience and encryption it is judged, and by nobody else's.
 *
 * <p>A token is good until it expires, unless its issuer is asked: {@link TrustedIssuer.Builder#introspection}.
 *
 * <p>Whatever a request holds, there is an outcome and no exception. A token that is bound to a key by {@code cnf} is
 * refused, since the proof that the sender has that key is not looked at (RFC 7800 §3). A token that was found good is
 * remembered until it expires or its key leaves the key set; a refusal never is.
 */
public final class AccessTokenValidator {

    private static final int LONGEST_OPAQUE = 4_096;

    private final List<TrustedIssuer> trusted;
    private final AccessTokenReader reader;
    private final SeenTokens seen;
    private final ActiveTokens active;
    private final @Nullable IssuerRules opaque;
    private final BearerChallenge challenge;
    private final Optional<ProtectedResourceMetadata> metadata;
    private final Clock clock;

    private AccessTokenValidator(ValidatorSettings settings) {
        this.trusted = settings.trusted();
        this.reader = new AccessTokenReader(settings.rules(), settings.agreements());
        this.seen = new SeenTokens(settings.cacheSize());
        this.opaque = settings.opaque().orElse(null);
        this.challenge = settings.challenge();
        this.active = new ActiveTokens(seen, challenge, settings.clock());
        this.metadata = settings.metadata();
        this.clock = settings.clock();
    }

    /** Starts a validator; issuer, audience and a source of keys must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Validates the access token of a request. Only the {@code Authorization} header is read for it; a second token in
     * the query, or in a form that the adapter has read, makes the request invalid (RFC 6750 §2).
     */
    public AccessTokenOutcome validate(ProtocolRequest request) {
        return validate(BearerCredentials.read(request));
    }

    /**
     * Validates the access token in these header fields.
     *
     * @param authorization the values of all {@code Authorization} header fields of one request, in order
     */
    public AccessTokenOutcome validate(List<String> authorization) {
        return validate(BearerCredentials.read(authorization));
    }

    private AccessTokenOutcome validate(BearerCredentials credentials) {
        if (credentials instanceof BearerCredentials.Token presented) {
            AccessTokenOutcome outcome = validate(presented);
            return outcome instanceof Refused && !presented.isWellFormed() ? malformed() : outcome;
        }
        if (credentials instanceof BearerCredentials.Several) {
            return invalidRequest(RefusalReason.TOKEN_SEVERAL, "the request presents more than one token");
        }
        if (credentials instanceof BearerCredentials.Malformed) {
            return malformed();
        }
        return new Refused(
                401, challenge.withoutToken(), RefusalReason.TOKEN_MISSING, "the request presents no bearer token");
    }

    /** Validates a token that was presented in a way of the application's own. */
    public AccessTokenOutcome validateToken(String token) {
        return validate(new BearerCredentials.Token(token, 0));
    }

    /**
     * What would become of a token, check by check: found out by validating it, though not remembered. Keys may be
     * fetched, and the issuer asked.
     */
    public Explanation explain(String token) {
        BearerCredentials.Token presented = new BearerCredentials.Token(token, 0);
        IssuerRules asked = opaque;
        if (asked != null && presented.isOpaque()) {
            AccessTokenOutcome outcome = presented.isWellFormed() ? validateOpaque(token, null, asked) : malformed();
            return ValidationChecks.OPAQUE.explain(outcome);
        }
        ValidationChecks checks = isAskedAbout(presented) ? ValidationChecks.INTROSPECTED : ValidationChecks.LOCAL;
        return checks.explain(validate(presented, null));
    }

    /** What can't be read so far has no issuer that could be asked. */
    private boolean isAskedAbout(BearerCredentials.Token presented) {
        try {
            return reader.rules(reader.read(presented)).introspection().isPresent();
        } catch (JwtRejected unreadable) {
            return false;
        }
    }

    /**
     * What this resource server publishes about itself (RFC 9728 §2): who issues its tokens, and how they are presented.
     * Empty if it has no {@code https} identifier to publish it under.
     */
    public Optional<ProtectedResourceMetadata> metadata() {
        return metadata;
    }

    private AccessTokenOutcome validate(BearerCredentials.Token presented) {
        IssuerRules asked = opaque;
        if (asked != null && presented.isOpaque()) {
            return validateOpaque(presented, asked);
        }
        Fingerprint fingerprint = seen.fingerprint(presented.field(), presented.start());
        Valid known = fingerprint == null ? null : seen.find(fingerprint, clock.millis());
        return known != null ? known : validate(presented, fingerprint);
    }

    private AccessTokenOutcome validate(BearerCredentials.Token presented, @Nullable Fingerprint fingerprint) {
        try {
            UnverifiedJwt jwt = reader.read(presented);
            IssuerRules issuer = reader.rules(jwt);
            VerifiedJwt verified = issuer.verify(jwt);
            Valid valid = issuer.accept(verified, clock.instant());
            if (valid.token().claims().has("cnf")) {
                return invalidToken(RefusalReason.TOKEN_CONFIRMATION_UNPROVEN, "the access token has cnf");
            }
            if (issuer.introspection().isPresent()) {
                VerificationKey key = verified.key().orElse(null);
                return active.jwt(new ActiveTokens.Question(presented.value(), fingerprint, issuer, key), valid);
            }
            if (fingerprint != null) {
                verified.key().ifPresent(key -> seen.put(fingerprint, valid, issuer, key));
            }
            return valid;
        } catch (JwtRejected rejected) {
            return invalidToken(RefusalReason.of(rejected.reason()), rejected.detail());
        } catch (KeysUnavailableException unavailable) {
            return new Unavailable(RefusalReason.KEYS_UNAVAILABLE, unavailable.detail());
        }
    }

    /** Nothing but the form of such a token can be checked before its issuer is asked. */
    private AccessTokenOutcome validateOpaque(BearerCredentials.Token presented, IssuerRules issuer) {
        if (!presented.isWellFormed()) {
            return malformed();
        }
        String token = presented.value();
        Fingerprint fingerprint = Fingerprint.ofOpaque(token);
        Valid known = seen.find(fingerprint, clock.millis());
        return known != null ? known : validateOpaque(token, fingerprint, issuer);
    }

    private AccessTokenOutcome validateOpaque(String token, @Nullable Fingerprint fingerprint, IssuerRules issuer) {
        if (token.length() > LONGEST_OPAQUE) {
            return invalidToken(RefusalReason.JWT_TOO_LARGE, "the token is longer than any that is asked about");
        }
        return active.opaque(new ActiveTokens.Question(token, fingerprint, issuer, null));
    }

    private Refused invalidToken(RefusalReason reason, String detail) {
        return new Refused(401, challenge.invalidToken(), reason, detail);
    }

    private Refused malformed() {
        return invalidRequest(RefusalReason.TOKEN_MALFORMED, "the Authorization header holds no bearer token");
    }

    private Refused invalidRequest(RefusalReason reason, String detail) {
        return new Refused(400, challenge.invalidRequest(), reason, detail);
    }

    /** Shows the trusted issuers. */
    @Override
    public String toString() {
        return "AccessTokenValidator" + trusted;
    }

    /** Collects what is trusted. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private static final int DEFAULT_CACHE_SIZE = 10_000;

        final TrustedIssuer.Builder own = new TrustedIssuer.Builder();
        final List<TrustedIssuer> others = new ArrayList<>();
        final List<String> scopes = new ArrayList<>();
        Optional<OutboundHttp> outbound = Optional.empty();
        Optional<String> realm = Optional.empty();
        Optional<String> resource = Optional.empty();
        boolean metadataHint = true;
        int cacheSize = DEFAULT_CACHE_SIZE;
        CryptoProvider cryptoProvider = CryptoProvider.jdk();
        Clock clock = Clock.systemUTC();

        private Builder() {}

        /** The issuer identifier of the authorization server, exactly as its tokens and its metadata carry it. */
        public Builder issuer(String identifier) {
            own.issuer(identifier);
            return this;
        }

        /** As {@link TrustedIssuer.Builder#audience}, for the {@link #issuer}. */
        public Builder audience(String... identifiers) {
            own.audience(identifiers);
            return this;
        }

        /** As {@link TrustedIssuer.Builder#keys(JwkSet)}, for the {@link #issuer}. */
        public Builder keys(JwkSet known) {
            own.keys(known);
            return this;
        }

        /** As {@link TrustedIssuer.Builder#keys(KeySource)}, for the {@link #issuer}. */
        public Builder keys(KeySource source) {
            own.keys(source);
            return this;
        }

        /** As {@link TrustedIssuer.Builder#algorithms}, for the {@link #issuer}. */
        public Builder algorithms(Set<JwsAlgorithm> agreed) {
            own.algorithms(agreed);
            return this;
        }

        /** As {@link TrustedIssuer.Builder#encryption}, for the {@link #issuer}. */
        public Builder encryption(AccessTokenEncryption agreed) {
            own.encryption(agreed);
            return this;
        }

        /** As {@link TrustedIssuer.Builder#leeway}, for the {@link #issuer}. */
        public Builder leeway(Duration largest) {
            own.leeway(largest);
            return this;
        }

        /** As {@link TrustedIssuer.Builder#allowLegacyTyp}, for the {@link #issuer}. */
        public Builder allowLegacyTyp() {
            own.allowLegacyTyp();
            return this;
        }

        /** As {@link TrustedIssuer.Builder#introspection}, for the {@link #issuer}. */
        public Builder introspection(IntrospectionPolicy policy) {
            own.introspection(policy);
            return this;
        }

        /** As {@link TrustedIssuer.Builder#allowOpaqueTokens}, for the {@link #issuer}. */
        public Builder allowOpaqueTokens() {
            own.allowOpaqueTokens();
            return this;
        }

        /** Trusts one more issuer, or the first one: with all that is agreed with it, and nothing of the others'. */
        public Builder trust(TrustedIssuer issuer) {
            others.add(issuer);
            return this;
        }

        /** Finds the keys of issuers that come without by their metadata (RFC 8414), at the first token. */
        public Builder outbound(OutboundHttp http) {
            outbound = Optional.of(http);
            return this;
        }

        /** The {@code realm} of challenges: unless set, the first audience. */
        public Builder realm(String name) {
            realm = Optional.of(name);
            return this;
        }

        /**
         * The identifier that this resource server publishes {@link #metadata} under (RFC 9728 §1.2): unless set, the
         * first audience, if it is an {@code https} URL. {@code http} is allowed for a loopback host.
         */
        public Builder resource(String identifier) {
            resource = Optional.of(identifier);
            return this;
        }

        /** The scopes to publish in the {@link #metadata}; those that nobody should know of are left out. */
        public Builder scopesSupported(String... tokens) {
            scopes.addAll(List.of(tokens));
            return this;
        }

        /** Leaves {@code resource_metadata} out of the challenges (RFC 9728 §5.1), where nobody serves the metadata. */
        public Builder withoutResourceMetadata() {
            metadataHint = false;
            return this;
        }

        /** How many good tokens are remembered: 10 000 unless set, 0 for none. A token takes about 3 KB. */
        public Builder cacheSize(int tokens) {
            cacheSize = tokens;
            return this;
        }

        /** What checks the signatures with keys that are fetched: unless set, the JDK. */
        public Builder cryptoProvider(CryptoProvider provider) {
            cryptoProvider = provider;
            return this;
        }

        /** The clock: unless set, the system's. */
        public Builder clock(Clock used) {
            clock = used;
            return this;
        }

        /**
         * The validator.
         *
         * @throws IllegalArgumentException naming everything that is missing, contradictory or out of bounds
         */
        public AccessTokenValidator build() {
            return new AccessTokenValidator(ValidatorSettings.of(this));
        }
    }
}
