package dev.signet.authorizationserver.trust;

import dev.signet.authorizationserver.internal.BoundedCache;
import dev.signet.core.Issuer;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.DiscoveredKeys;
import dev.signet.outbound.KeySource;
import dev.signet.outbound.KeysUnavailableException;
import dev.signet.outbound.OutboundHttp;
import dev.signet.outbound.RemoteJwkSet;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sources of keys that are somewhere else. One that was asked for before is the same, with the keys it has fetched: what else
 * is changed about a client or a trust fetches nothing again. An address that outgoing connections are not allowed to has a
 * source, too, which has no keys to give. Thread-safe.
 */
public final class KeySources {

    private static final int MOST = 1_000;

    private final @Nullable Network network;
    private final CryptoProvider provider;
    private final BoundedCache<URI, KeySource> published = new BoundedCache<>(MOST);
    private final BoundedCache<String, KeySource> discovered = new BoundedCache<>(MOST);

    /**
     * The way to keys.
     *
     * @param clock measures how long they are kept
     */
    private record Network(OutboundHttp http, Clock clock) {}

    private KeySources(@Nullable Network network, CryptoProvider provider) {
        this.network = network;
        this.provider = provider;
    }

    /**
     * Fetches keys.
     *
     * @param clock measures how long they are kept
     * @param provider what they work with
     */
    public static KeySources over(OutboundHttp http, Clock clock, CryptoProvider provider) {
        return new KeySources(new Network(http, clock), provider);
    }

    /** Has no connection to anywhere. */
    public static KeySources offline(CryptoProvider provider) {
        return new KeySources(null, provider);
    }

    /** The keys of a JWK Set at that address. */
    public KeySource publishedAt(URI jwksUri) {
        return published.get(jwksUri, this::remote);
    }

    /** The keys that the metadata of that issuer lead to. */
    public KeySource discoveredFrom(Issuer issuer) {
        return discovered.get(issuer.value(), this::found);
    }

    /** What keys work with. */
    CryptoProvider provider() {
        return provider;
    }

    /**
     * The source of an issuer's keys.
     *
     * @throws IllegalArgumentException if they are to be discovered and the issuer is no {@link Issuer}
     */
    KeySource of(String issuer, IssuerKeys keys) {
        if (keys instanceof IssuerKeys.Known known) {
            return KeySource.of(known.keys());
        }
        return keys instanceof IssuerKeys.PublishedAt there
                ? publishedAt(there.jwksUri())
                : discoveredFrom(Issuer.of(issuer));
    }

    private KeySource remote(URI uri) {
        if (network == null) {
            return new OutOfReach("the server was built without outgoing connections");
        }
        if (!network.http().permits(uri)) {
            return new OutOfReach("the jwks_uri is not one that outgoing connections are allowed to");
        }
        return RemoteJwkSet.builder(uri, network.http())
                .clock(network.clock())
                .cryptoProvider(provider)
                .build();
    }

    private KeySource found(String issuer) {
        if (network == null) {
            return new OutOfReach("the server was built without outgoing connections");
        }
        if (!network.http().permits(URI.create(issuer))) {
            return new OutOfReach("the issuer is not one that outgoing connections are allowed to");
        }
        return DiscoveredKeys.builder(Issuer.of(issuer), network.http())
                .clock(network.clock())
                .cryptoProvider(provider)
                .build();
    }

    /** Keys that this server can't fetch, whatever they are wanted for. */
    private record OutOfReach(String detail) implements KeySource {

        @Override
        public VerifiedJwt verify(UnverifiedJwt jwt, Set<JwsAlgorithm> allowed) {
            jwt.requireAlgorithm(allowed);
            throw unavailable();
        }

        @Override
        public List<EncryptionKey> encryptionKeys(String algorithm) {
            throw unavailable();
        }

        private KeysUnavailableException unavailable() {
            return new KeysUnavailableException(detail, new IllegalStateException(detail));
        }
    }
}
