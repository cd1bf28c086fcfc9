package dev.signet.authorizationserver.registry;

import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.outbound.KeySource;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The keys of clients: registered with them, or at the address registered with them (RFC 7591 §2). Thread-safe. */
public final class ClientKeys {

    private final Function<URI, KeySource> remote;

    /** @param remote the source of an address, always the same, which keeps what it fetched */
    public ClientKeys(Function<URI, KeySource> remote) {
        this.remote = remote;
    }

    /** Checks a JWT with the client's keys and no others, whatever its header points to. */
    public VerifiedJwt verify(RegisteredClient client, UnverifiedJwt jwt, Set<JwsAlgorithm> allowed) {
        Optional<URI> uri = client.jwksUri();
        if (uri.isPresent()) {
            return remote.apply(uri.get()).verify(jwt, allowed);
        }
        return jwt.verify(client.jwks().orElse(JwkSet.empty()), allowed);
    }

    /** The client's keys and no others. */
    public KeySource of(RegisteredClient client) {
        return (jwt, allowed) -> verify(client, jwt, allowed);
    }

    /**
     * The keys to encrypt to the client with.
     *
     * @throws dev.signet.outbound.KeysUnavailableException if they can't be had
     */
    public List<EncryptionKey> encryptionKeys(RegisteredClient client, String algorithm) {
        Optional<URI> uri = client.jwksUri();
        if (uri.isPresent()) {
            return remote.apply(uri.get()).encryptionKeys(algorithm);
        }
        return client.jwks().orElse(JwkSet.empty()).encryptionKeys(algorithm);
    }
}
