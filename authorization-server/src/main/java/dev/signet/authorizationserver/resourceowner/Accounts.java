package dev.signet.authorizationserver.resourceowner;

import java.util.Optional;

/**
 * Knows the subjects that have an account here. Replace it where they are kept elsewhere; those of a configuration are {@link
 * KnownAccounts}.
 *
 * <pre>{@code
 * Accounts staff = subject -> directory.lookUp(subject).map(entry -> toAccount(entry));
 * }</pre>
 *
 * <p>It is asked each time a token is to speak for somebody who is not the client itself. A subject is never the {@code client_id} of
 * a client (RFC 9068 §5). Thread-safe.
 */
@FunctionalInterface
public interface Accounts {

    /**
     * The account of that subject; empty if there is none.
     *
     * @param subject as an access token would name it, before it is made pairwise
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    Optional<Account> find(String subject);

    /** Nobody has an account. */
    static Accounts none() {
        return subject -> Optional.empty();
    }
}
