package dev.signet.authorizationserver.resourceowner;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Accounts that can be added to, changed in and taken from; all nodes know it with their next request. Thread-safe. */
public interface AccountStore extends UserAccounts {

    /**
     * Adds an account.
     *
     * @return false, and nothing changed, if there is one with that subject or username
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that the account is kept
     */
    boolean put(UserAccount account);

    /**
     * Changes an account in one step: of changes that come together each is made to what the other one left.
     *
     * @param change gives what the account shall be, with the same subject; may be called again, with what is there by then
     * @return the account as it is now; empty, and nothing changed, if there is none
     * @throws UsernameTaken if the change gave the username of another account; nothing is changed then
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that the change is kept
     */
    Optional<UserAccount> change(String subject, UnaryOperator<UserAccount> change);

    /**
     * Removes an account.
     *
     * @return whether there was one, which of those that come together only one is told
     * @throws dev.signet.authorizationserver.store.StoreException if it is not certain that the account is gone
     */
    boolean remove(String subject);

    /**
     * Some of the accounts, in the order of their subjects, whichever that is here.
     *
     * @param after the last subject of the page before; empty for the first page
     * @param most how many at most, 1 at least; fewer are the last page
     * @throws dev.signet.authorizationserver.store.StoreException if they can't be read
     */
    List<UserAccount> page(String after, int most);
}
