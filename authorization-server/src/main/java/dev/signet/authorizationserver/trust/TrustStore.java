package dev.signet.authorizationserver.trust;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A registry that trusts can be added to, changed in and taken from; all nodes know it with their next request. It may refuse a
 * trust that can't be written down ({@link TrustedIssuer#toJson}). Thread-safe.
 */
public interface TrustStore extends TrustRegistry {

    /**
     * Adds a trust.
     *
     * @return false, and nothing changed, if there is one in that issuer
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that the trust is kept
     */
    boolean put(TrustedIssuer trust);

    /**
     * Changes a trust in one step: of changes that come together each is made to what the other one left.
     *
     * @param change gives what the trust shall be, in the same issuer; may be called again, with what is there by then
     * @return the trust as it is now; empty, and nothing changed, if there is none
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that the change is kept
     */
    Optional<TrustedIssuer> change(String issuer, UnaryOperator<TrustedIssuer> change);

    /**
     * Removes a trust.
     *
     * @return whether there was one, which of those that come together only one is told
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that the trust is gone
     */
    boolean remove(String issuer);

    /**
     * Some of the trusts, in the order of their issuers, whichever that is here.
     *
     * @param after the last issuer of the page before; empty for the first page
     * @param most how many at most, 1 at least; fewer are the last page
     * @throws dev.signet.authorizationserver.store.StoreException if they can't be read
     */
    List<TrustedIssuer> page(String after, int most);
}
