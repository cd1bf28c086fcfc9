package dev.signet.authorizationserver.resourceowner;

import java.util.Optional;

/** The accounts that people sign in to here. Thread-safe. */
public interface UserAccounts extends Accounts {

    /**
     * The account of that subject, with what its owner signs in with; empty if there is none.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    Optional<UserAccount> findUser(String subject);

    /**
     * The account that somebody with that name signs in to; empty if there is none.
     *
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    Optional<UserAccount> findByUsername(Username username);

    @Override
    default Optional<Account> find(String subject) {
        return findUser(subject).map(UserAccount::account);
    }
}
