package dev.signet.resourceserver;

import dev.signet.core.Issuer;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.Reason;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.DiscoveredKeys;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome.Refused;
import dev.signet.resourceserver.AccessTokenOutcome.Unavailable;
import dev.signet.resourceserver.AccessTokenOutcome.Valid;
import dev.signet.resourceserver.challenge.BearerChallenge;
import dev.signet.resourceserver.challenge.BearerCredentials;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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
 * <p>Whatever a request holds, there is an outcome and no exception. A token that is bound to a key by {@code cnf} is
 * refused, since the proof that the sender has that key is not looked at (RFC 7800 §3). A token that was found good is
 * remembered until it expires or its key leaves the key set; a refusal never is.
 */
public final class AccessTokenValidator {

    private final Map<String, TrustedIssuer> trusted;
    private final Function<BearerCredentials.Token, UnverifiedJwt> reader;
    private final SeenTokens seen;
    private final BearerChallenge challenge;
    private final Clock clock;

    private AccessTokenValidator(
            List<TrustedIssuer> trusted,
            Function<BearerCredentials.Token, UnverifiedJwt> reader,
            SeenTokens seen,
            BearerChallenge challenge,
            Clock clock) {
        this.trusted = trusted.stream().collect(Collectors.toUnmodifiableMap(TrustedIssuer::name, Function.identity()));
        this.reader = reader;
        this.seen = seen;
        this.challenge = challenge;
        this.clock = clock;
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

    private AccessTokenOutcome validate(BearerCredentials.Token presented) {
        Fingerprint fingerprint = seen.fingerprint(presented.field(), presented.start());
        Valid known = fingerprint == null ? null : seen.find(fingerprint, clock.millis());
        return known != null ? known : validate(presented, fingerprint);
    }

    private AccessTokenOutcome validate(BearerCredentials.Token presented, @Nullable Fingerprint fingerprint) {
        try {
            UnverifiedJwt jwt = reader.apply(presented);
            TrustedIssuer issuer = jwt.claimedIssuer().map(trusted::get).orElseThrow(AccessTokenValidator::untrusted);
            VerifiedJwt verified = issuer.verify(jwt);
            Valid valid = new Valid(issuer.accept(verified, clock.instant()), challenge);
            if (valid.token().claims().has("cnf")) {
                return invalidToken(RefusalReason.TOKEN_CONFIRMATION_UNPROVEN, "the access token has cnf");
            }
            if (fingerprint != null) {
                verified.key().ifPresent(key -> seen.put(fingerprint, valid, issuer, key));
            }
            return valid;
        } catch (JwtRejected rejected) {
            return invalidToken(RefusalReason.of(rejected.reason()), rejected.detail());
        } catch (KeysUnavailableException unavailable) {
            return new Unavailable(unavailable.detail());
        }
    }

    private static JwtRejected untrusted() {
        return new JwtRejected(Reason.ISSUER, "iss is not a trusted issuer");
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
        return "AccessTokenValidator" + trusted.keySet();
    }

    /** Collects what is trusted. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private static final Duration LARGEST_LEEWAY = Duration.ofMinutes(5);
        private static final int DEFAULT_CACHE_SIZE = 10_000;
        private static final int LARGEST_CACHE_SIZE = 10_000_000;

        private final Set<String> audiences = new LinkedHashSet<>();
        private final List<KeySource> keys = new ArrayList<>();
        private Optional<String> issuer = Optional.empty();
        private Optional<OutboundHttp> outbound = Optional.empty();
        private Optional<String> realm = Optional.empty();
        private Optional<AccessTokenEncryption> encryption = Optional.empty();
        private Set<JwsAlgorithm> algorithms = JwsAlgorithm.DEFAULT_ACCEPTED;
        private Duration leeway = Duration.ofSeconds(30);
        private int cacheSize = DEFAULT_CACHE_SIZE;
        private CryptoProvider cryptoProvider = CryptoProvider.jdk();
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** The issuer identifier of the authorization server, exactly as its tokens and its metadata carry it. */
        public Builder issuer(String identifier) {
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

        /** Where the keys of the authorization server come from. */
        public Builder keys(KeySource source) {
            keys.add(source);
            return this;
        }

        /** Finds the keys by the metadata of the authorization server (RFC 8414), at the first token. */
        public Builder outbound(OutboundHttp http) {
            outbound = Optional.of(http);
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

        /** The {@code realm} of challenges: unless set, the first audience. */
        public Builder realm(String name) {
            realm = Optional.of(name);
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
            List<String> faults = faults();
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("access token validator: " + String.join("; ", faults));
            }
            Issuer trusted = Issuer.of(issuer.orElseThrow());
            TrustedIssuer only = new TrustedIssuer(trusted, audiences, keySource(trusted), algorithms, leeway);
            return new AccessTokenValidator(
                    List.of(only), reader(), new SeenTokens(cacheSize), BearerChallenge.of(effectiveRealm()), clock);
        }

        private Function<BearerCredentials.Token, UnverifiedJwt> reader() {
            if (encryption.isPresent()) {
                AccessTokenEncryption agreed = encryption.get();
                return presented -> agreed.decrypt(presented.value());
            }
            return presented -> UnverifiedJwt.parseFrom(presented.field(), presented.start());
        }

        private List<String> faults() {
            List<String> faults = new ArrayList<>();
            if (issuer.isEmpty()) {
                faults.add("issuer is missing");
            }
            issuer.ifPresent(value -> addFault(faults, () -> keySource(Issuer.of(value))));
            if (audiences.isEmpty()) {
                faults.add("audience is missing");
            }
            if (audiences.stream().anyMatch(String::isBlank)) {
                faults.add("audience must not be blank");
            }
            if (keys.isEmpty() && outbound.isEmpty()) {
                faults.add("keys or outbound is missing");
            }
            if (keys.size() + (outbound.isPresent() ? 1 : 0) > 1) {
                faults.add("keys and outbound are more than one source of keys");
            }
            if (algorithms.isEmpty() || algorithms.stream().anyMatch(JwsAlgorithm::isMac)) {
                faults.add("algorithms must name at least one, and no MAC");
            }
            if (leeway.isNegative() || leeway.compareTo(LARGEST_LEEWAY) > 0) {
                faults.add("leeway must be 0 to 300 seconds");
            }
            if (cacheSize < 0 || cacheSize > LARGEST_CACHE_SIZE) {
                faults.add("cacheSize must be 0 to " + LARGEST_CACHE_SIZE);
            }
            if (realm.isPresent() || !audiences.isEmpty()) {
                addFault(faults, () -> BearerChallenge.of(effectiveRealm()));
            }
            return faults;
        }

        private static void addFault(List<String> faults, Runnable attempt) {
            try {
                attempt.run();
            } catch (IllegalArgumentException e) {
                faults.add(e.getMessage());
            }
        }

        private String effectiveRealm() {
            return realm.orElseGet(() -> audiences.iterator().next());
        }

        /** The source that was given, if there is one: without any, the rest of the faults is still to be found. */
        private KeySource keySource(Issuer trusted) {
            if (outbound.isEmpty()) {
                return keys.isEmpty() ? KeySource.of(JwkSet.empty()) : keys.get(0);
            }
            return DiscoveredKeys.builder(trusted, outbound.get())
                    .clock(clock)
                    .cryptoProvider(cryptoProvider)
                    .build();
        }
    }
}
