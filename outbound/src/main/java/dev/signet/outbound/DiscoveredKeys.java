package dev.signet.outbound;

import dev.signet.core.Issuer;
import dev.signet.core.metadata.MetadataException;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.VerificationKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an authorization server, found by its issuer identifier alone: its metadata names the {@code jwks_uri}
 * (RFC 9068 §4, RFC 8414 §2). Thread-safe. Each of the two documents is kept as {@link MetadataSource} and
 * {@link RemoteJwkSet} say; the keys follow a {@code jwks_uri} that changes.
 */
public final class DiscoveredKeys implements KeySource {
    private final Builder builder;
    private final MetadataSource metadata;

    private volatile @Nullable Located located;

    private record Located(URI uri, RemoteJwkSet keys) {}

    private DiscoveredKeys(Builder builder, MetadataSource metadata) {
        this.builder = builder;
        this.metadata = metadata;
    }

    /** Starts a key source; nothing is fetched before it is needed. */
    public static Builder builder(Issuer issuer, OutboundHttp http) {
        return new Builder(issuer, http);
    }

    @Override
    public VerifiedJwt verify(UnverifiedJwt jwt, Set<JwsAlgorithm> allowed) {
        jwt.requireAlgorithm(allowed);
        return keys().verify(jwt, allowed);
    }

    @Override
    public List<EncryptionKey> encryptionKeys(String algorithm) {
        return keys().encryptionKeys(algorithm);
    }

    /** Says no once the life of the keys, or of the metadata that led to them, has ended. */
    @Override
    public boolean contains(VerificationKey key) {
        Located current = located;
        return current != null && metadata.isFresh() && current.keys.contains(key);
    }

    private RemoteJwkSet keys() {
        URI uri = jwksUri();
        Located current = located;
        return current != null && current.uri.equals(uri) ? current.keys : locate(uri);
    }

    private URI jwksUri() {
        try {
            return metadata.metadata()
                    .jwksUri()
                    .orElseThrow(
                            () -> new MetadataException("the metadata of " + metadata.issuer() + " names no keys"));
        } catch (OutboundException | MetadataException e) {
            throw new KeysUnavailableException(
                    "the keys of " + metadata.issuer() + " cannot be found: " + e.getMessage(), e);
        }
    }

    private synchronized RemoteJwkSet locate(URI uri) {
        Located current = located;
        if (current != null && current.uri.equals(uri)) {
            return current.keys;
        }
        try {
            RemoteJwkSet keys = builder.at(uri);
            located = new Located(uri, keys);
            return keys;
        } catch (IllegalArgumentException e) {
            throw new KeysUnavailableException("the jwks_uri of " + metadata.issuer() + " is not one to call", e);
        }
    }

    @Override
    public String toString() {
        return "DiscoveredKeys[" + metadata.issuer() + "]";
    }

    /** Says whose keys they are and what they are checked with. */
    public static final class Builder {
        private final Issuer issuer;
        private final OutboundHttp http;
        private Clock clock = Clock.systemUTC();
        private CryptoProvider provider = CryptoProvider.jdk();
        private Duration staleFor = Duration.ZERO;
        private @Nullable Executor executor;

        private Builder(Issuer issuer, OutboundHttp http) {
            this.issuer = Objects.requireNonNull(issuer, "issuer");
            this.http = Objects.requireNonNull(http, "http");
        }

        /** As {@link RemoteJwkSet.Builder#clock}. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /** As {@link RemoteJwkSet.Builder#cryptoProvider}. */
        public Builder cryptoProvider(CryptoProvider provider) {
            this.provider = Objects.requireNonNull(provider, "provider");
            return this;
        }

        /** As {@link RemoteJwkSet.Builder#executor}. */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /** As {@link RemoteJwkSet.Builder#allowStaleFor}, for the metadata as well. */
        public Builder allowStaleFor(Duration duration) {
            staleFor = Objects.requireNonNull(duration, "duration");
            return this;
        }

        /**
         * The key source.
         *
         * @throws IllegalArgumentException naming everything that is wrong, such as an issuer that the fetcher does not
         *     call
         */
        public DiscoveredKeys build() {
            MetadataSource.Builder metadata = MetadataSource.builder(issuer, http)
                    .clock(clock)
                    .executor(executor == null ? http.executor() : executor)
                    .allowStaleFor(staleFor);
            return new DiscoveredKeys(new Builder(this), metadata.build());
        }

        /** A copy, so that what is built does not change with the builder. */
        private Builder(Builder other) {
            this(other.issuer, other.http);
            clock = other.clock;
            provider = other.provider;
            staleFor = other.staleFor;
            executor = other.executor;
        }

        private RemoteJwkSet at(URI uri) {
            return RemoteJwkSet.builder(uri, http)
                    .clock(clock)
                    .cryptoProvider(provider)
                    .executor(executor == null ? http.executor() : executor)
                    .allowStaleFor(staleFor)
                    .build();
        }
    }
}
