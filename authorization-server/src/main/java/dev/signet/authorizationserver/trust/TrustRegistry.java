package dev.signet.authorizationserver.trust;

import dev.signet.core.ClientId;
import java.util.Optional;

/**
 * Knows whose JWTs count, and for what (RFC 7521 §6, RFC 7523 §3 item 1). Replace it where trusts are kept elsewhere; those
 * that don't change are {@link TrustedIssuers}.
 *
 * <pre>{@code
 * TrustRegistry partners = issuer -> directory.lookUp(issuer).map(entry -> toTrustedIssuer(entry));
 * }</pre>
 *
 * <p>It is asked about each assertion, also by those who have not authenticated: a slow registry should keep what it found for a
 * while. While a trust is the same, it should be the same object: what is made from it is kept with it. What it names that is not
 * registered, such as a scope, is never granted. Thread-safe.
 */
@FunctionalInterface
public interface TrustRegistry {

    /**
     * The trust in that issuer; empty if there is none.
     *
     * @param issuer compared as a plain string (RFC 7521 §5.1); whoever sent the assertion made it up
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    Optional<TrustedIssuer> find(String issuer);

    /**
     * Whether a trust that is enabled gives that {@code client_id} to those who present an assertion without authentication. It
     * may, as far as is known, unless this is replaced: then tokens of a client that was removed stay active until they expire.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    default boolean mayNameUnauthenticated(ClientId clientId) {
        return true;
    }
}
