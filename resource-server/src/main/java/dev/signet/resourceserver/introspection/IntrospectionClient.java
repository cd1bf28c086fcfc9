package dev.signet.resourceserver.introspection;

import dev.signet.core.Issuer;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.clientauth.RequestCredentials;
import dev.signet.core.http.ParameterName;
import dev.signet.core.introspection.IntrospectionJwt;
import dev.signet.core.metadata.MetadataException;
import dev.signet.jwt.JwtRejected;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.DiscoveredKeys;
import dev.signet.outbound.FetchLimits;
import dev.signet.outbound.HttpReply;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.outbound.MetadataSource;
import dev.signet.outbound.OutboundException;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.introspection.IntrospectionOutcome.Active;
import dev.signet.resourceserver.introspection.IntrospectionOutcome.Inactive;
import dev.signet.resourceserver.introspection.IntrospectionOutcome.Unavailable;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks one authorization server whether tokens are active, as the client that the resource server is registered as there
 * (RFC 7662 §2, RFC 9701). Thread-safe. The server's metadata says where to ask, unless the endpoint is given.
 *
 * <pre>{@code
 * IntrospectionClient client = IntrospectionClient.builder(Issuer.of("https://as.example.com"))
 *         .outbound(OutboundHttp.builder().build())
 *         .authentication(ClientAuthentication.privateKeyJwt(new ClientId("orders-api"), signingKey))
 *         .signedResponses()
 *         .build();
 * }</pre>
 *
 * <p>Whatever comes back that is no answer, or no answer of this server to this client, counts as none. Only so many questions are
 * under way at a time; who finds no place within a second gets no answer either.
 */
public final class IntrospectionClient {

    private static final int OK = 200;
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final long LONGEST_WAIT_SECONDS = 1;

    private final Issuer issuer;
    private final Optional<URI> endpoint;
    private final MetadataSource metadata;
    private final OutboundHttp http;
    private final ClientAuthentication authentication;
    private final Optional<SignedAnswers> signed;
    private final FetchLimits limits;
    private final Semaphore places;
    private final Clock clock;
    private final SecureRandom random;

    private IntrospectionClient(
            Builder builder, OutboundHttp http, MetadataSource metadata, ClientAuthentication authentication) {
        this.issuer = builder.issuer;
        this.endpoint = Optional.ofNullable(builder.endpoint);
        this.metadata = metadata;
        this.http = http;
        this.authentication = authentication;
        this.signed = builder.signed ? Optional.of(signedAnswers(builder, http, authentication)) : Optional.empty();
        this.limits = new FetchLimits(
                LARGEST_ANSWER,
                Set.of(builder.signed ? IntrospectionJwt.MEDIA_TYPE : "application/json"),
                builder.timeout);
        this.places = new Semaphore(builder.mostAtOnce);
        this.clock = builder.clock;
        this.random = builder.random;
    }

    private static SignedAnswers signedAnswers(
            Builder builder, OutboundHttp http, ClientAuthentication authentication) {
        KeySource keys = builder.keys == null
                ? DiscoveredKeys.builder(builder.issuer, http)
                        .clock(builder.clock)
                        .cryptoProvider(builder.provider)
                        .build()
                : builder.keys;
        return new SignedAnswers(
                keys,
                builder.algorithms,
                IntrospectionJwt.rules(builder.issuer, authentication.clientId().orElseThrow(), builder.leeway),
                builder.decryptionKeys,
                builder.encryptions);
    }

    /** Starts a client of that authorization server; a fetcher and an authentication must be given. */
    public static Builder builder(Issuer issuer) {
        return new Builder(issuer);
    }

    /** The authorization server that is asked. */
    public Issuer issuer() {
        return issuer;
    }

    /** Asks about a token, now. */
    public IntrospectionOutcome ask(String token) {
        boolean hasPlace = false;
        try {
            hasPlace = places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            return hasPlace ? send(token) : new Unavailable("too many questions are under way");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Unavailable("the calling thread was interrupted");
        } finally {
            if (hasPlace) {
                places.release();
            }
        }
    }

    private IntrospectionOutcome send(String token) {
        try {
            HttpReply reply = post(location(), token);
            if (reply.status() != OK) {
                return new Unavailable("the introspection endpoint answered " + reply.status());
            }
            JsonObject answer = signed.isPresent()
                    ? signed.get().read(reply.body(), clock.instant())
                    : JsonObject.parse(reply.body());
            return read(answer);
        } catch (OutboundException e) {
            return new Unavailable("the introspection endpoint could not be asked: " + e.detail());
        } catch (MetadataException | JsonException e) {
            return new Unavailable("the introspection endpoint gave no answer: " + e.getMessage());
        } catch (JwtRejected e) {
            return new Unavailable("the answer of the introspection endpoint is not to be believed: " + e.detail());
        } catch (KeysUnavailableException e) {
            return new Unavailable(e.detail());
        }
    }

    private URI location() {
        return endpoint.orElseGet(() -> metadata.metadata()
                .introspectionEndpoint()
                .orElseThrow(
                        () -> new MetadataException("the metadata of " + issuer + " names no introspection endpoint")));
    }

    private HttpReply post(URI location, String token) {
        RequestCredentials credentials =
                authentication.credentials(issuer, clock.instant(), () -> JwtId.drawnFrom(random::nextBytes));
        byte[] body = credentials.body(List.of(
                Map.entry(ParameterName.TOKEN, token), Map.entry(ParameterName.TOKEN_TYPE_HINT, "access_token")));
        return http.post(location, credentials.headers(), body, limits);
    }

    private static IntrospectionOutcome read(JsonObject answer) {
        Optional<Boolean> active = answer.findBoolean("active");
        if (active.isEmpty()) {
            return new Unavailable("the introspection endpoint does not say whether the token is active");
        }
        return active.get() ? new Active(answer) : new Inactive();
    }

    /** Who asks whom. */
    @Override
    public String toString() {
        return "IntrospectionClient of " + authentication + " at " + issuer;
    }

    /** Collects what a client needs. {@link #build()} reports all that is wrong with it at once. */
    public static final class Builder {

        private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
        private static final Duration LARGEST_LEEWAY = Duration.ofMinutes(5);
        private static final int MOST_PLACES = 10_000;

        private final Issuer issuer;
        private @Nullable OutboundHttp outbound;
        private @Nullable ClientAuthentication authentication;
        private @Nullable URI endpoint;
        private @Nullable KeySource keys;
        private boolean signed;
        private Set<JwsAlgorithm> algorithms = JwsAlgorithm.DEFAULT_ACCEPTED;
        private List<DecryptionKey> decryptionKeys = List.of();
        private Set<String> encryptions = Set.of();
        private Duration leeway = Duration.ofSeconds(30);
        private Duration timeout = Duration.ofSeconds(3);
        private int mostAtOnce = 64;
        private CryptoProvider provider = CryptoProvider.jdk();
        private Clock clock = Clock.systemUTC();
        private SecureRandom random = new SecureRandom();

        private Builder(Issuer issuer) {
            this.issuer = issuer;
        }

        /** What makes the connections. Plain http and internal addresses need its leave. */
        public Builder outbound(OutboundHttp http) {
            outbound = http;
            return this;
        }

        /** How the resource server proves who it is; it has to (RFC 7662 §2.1). */
        public Builder authentication(ClientAuthentication method) {
            authentication = method;
            return this;
        }

        /** Where to ask; unless set, where the metadata of the issuer says. */
        public Builder endpoint(URI uri) {
            endpoint = uri;
            return this;
        }

        /**
         * Asks for signed answers and takes no others (RFC 9701 §4): signed with a key of the issuer, of its type, for this
         * resource server's {@code client_id} alone, and not older than a minute.
         */
        public Builder signedResponses() {
            signed = true;
            return this;
        }

        /** As {@link #signedResponses}, where the answers are encrypted besides; others are not taken then. */
        public Builder encryptedResponses(List<DecryptionKey> ofThisServer, Set<String> agreedEncryptions) {
            decryptionKeys = List.copyOf(ofThisServer);
            encryptions = Set.copyOf(agreedEncryptions);
            return signedResponses();
        }

        /** The keys of the issuer for signed answers: unless set, they are discovered. */
        public Builder keys(KeySource source) {
            keys = source;
            return this;
        }

        /** The signature algorithms agreed with the issuer: unless set, ES256, PS256, Ed25519 and RS256. */
        public Builder algorithms(Set<JwsAlgorithm> agreed) {
            algorithms = Set.copyOf(agreed);
            return this;
        }

        /** How far the clocks may differ, for signed answers: 30 seconds unless set, at most 300. */
        public Builder leeway(Duration largest) {
            leeway = largest;
            return this;
        }

        /** How long one question may take: 3 seconds unless set, at most 30. The request of the sender waits for it. */
        public Builder timeout(Duration longest) {
            timeout = longest;
            return this;
        }

        /** How many questions may be under way at a time: 64 unless set. Garbage can't make more of them. */
        public Builder mostAtOnce(int questions) {
            mostAtOnce = questions;
            return this;
        }

        /** What checks the signatures with keys that are fetched: unless set, the JDK. */
        public Builder cryptoProvider(CryptoProvider used) {
            provider = used;
            return this;
        }

        /** The clock: unless set, the system's. */
        public Builder clock(Clock used) {
            clock = used;
            return this;
        }

        /** Where the {@code jti} of client assertions comes from. */
        public Builder random(SecureRandom used) {
            random = used;
            return this;
        }

        /**
         * The client.
         *
         * @throws IllegalArgumentException naming everything that is missing, contradictory or out of bounds
         */
        public IntrospectionClient build() {
            List<String> found = faults();
            MetadataSource source = outbound == null ? null : metadata(outbound, found);
            if (!found.isEmpty() || outbound == null || source == null || authentication == null) {
                throw new IllegalArgumentException("introspection client: " + String.join("; ", found));
            }
            return new IntrospectionClient(this, outbound, source, authentication);
        }

        private List<String> faults() {
            List<String> found = new ArrayList<>();
            if (outbound == null) {
                found.add("outbound is missing");
            } else if (endpoint != null && !outbound.permits(endpoint)) {
                found.add("endpoint must be https, or http to an allowed host");
            }
            if (authentication == null) {
                found.add("authentication is missing");
            } else if (authentication.method() == ClientAuthenticationMethod.NONE) {
                found.add("authentication proves nothing: a resource server has to authenticate");
            }
            if (algorithms.isEmpty() || algorithms.stream().anyMatch(JwsAlgorithm::isMac)) {
                found.add("algorithms must name at least one, and no MAC");
            }
            if (!signed && (keys != null || !algorithms.equals(JwsAlgorithm.DEFAULT_ACCEPTED))) {
                found.add("keys and algorithms are for signedResponses");
            }
            found.addAll(SignedAnswers.faults(decryptionKeys, encryptions));
            if (leeway.isNegative() || leeway.compareTo(LARGEST_LEEWAY) > 0) {
                found.add("leeway must be 0 to 300 seconds");
            }
            if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
                found.add("timeout must be 1 millisecond to 30 seconds");
            }
            if (mostAtOnce < 1 || mostAtOnce > MOST_PLACES) {
                found.add("mostAtOnce must be 1 to " + MOST_PLACES);
            }
            return found;
        }

        private @Nullable MetadataSource metadata(OutboundHttp http, List<String> found) {
            try {
                return MetadataSource.builder(issuer, http).clock(clock).build();
            } catch (IllegalArgumentException e) {
                found.add(String.valueOf(e.getMessage()));
                return null;
            }
        }
    }
}
