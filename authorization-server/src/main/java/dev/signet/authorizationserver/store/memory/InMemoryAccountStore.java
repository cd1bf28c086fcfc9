package dev.signet.authorizationserver.store.memory;

import dev.signet.authorizationserver.resourceowner.AccountStore;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.Username;
import dev.signet.authorizationserver.resourceowner.UsernameTaken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Accounts that live as long as the process. */
public final class InMemoryAccountStore implements AccountStore {

    private final TreeMap<String, UserAccount> bySubject = new TreeMap<>();
    private final Map<Username, UserAccount> byUsername = new HashMap<>();

    /** A store without accounts. */
    public InMemoryAccountStore() {}

    /**
     * A store of these accounts.
     *
     * @throws IllegalArgumentException naming the subject of every one whose subject or username another has
     */
    public static InMemoryAccountStore of(Collection<UserAccount> accounts) {
        InMemoryAccountStore store = new InMemoryAccountStore();
        List<String> twice = new ArrayList<>();
        for (UserAccount account : accounts) {
            if (!store.put(account)) {
                twice.add(account.subject());
            }
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException(
                    "accounts: another one has the subject or the username of " + String.join(", ", twice));
        }
        return store;
    }

    @Override
    public synchronized Optional<UserAccount> findUser(String subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }

    @Override
    public synchronized Optional<UserAccount> findByUsername(Username username) {
        return Optional.ofNullable(byUsername.get(username));
    }

    @Override
    public synchronized boolean put(UserAccount account) {
        if (bySubject.containsKey(account.subject()) || isTaken(account)) {
            return false;
        }
        keep(account);
        return true;
    }

    private boolean isTaken(UserAccount account) {
        return account.username()
                .flatMap(name -> Optional.ofNullable(byUsername.get(name)))
                .filter(other -> !other.subject().equals(account.subject()))
                .isPresent();
    }

    private void keep(UserAccount account) {
        bySubject.put(account.subject(), account);
        account.username().ifPresent(name -> byUsername.put(name, account));
    }

    @Override
    public synchronized Optional<UserAccount> change(String subject, UnaryOperator<UserAccount> change) {
        UserAccount before = bySubject.get(subject);
        if (before == null) {
            return Optional.empty();
        }
        UserAccount changed = change.apply(before);
        if (!changed.subject().equals(subject)) {
            throw new IllegalArgumentException("change gave another account");
        }
        if (isTaken(changed)) {
            throw new UsernameTaken(changed.username().orElseThrow());
        }
        before.username().ifPresent(byUsername::remove);
        keep(changed);
        return Optional.of(changed);
    }

    @Override
    public synchronized boolean remove(String subject) {
        UserAccount removed = bySubject.remove(subject);
        if (removed == null) {
            return false;
        }
        removed.username().ifPresent(byUsername::remove);
        return true;
    }

    @Override
    public synchronized List<UserAccount> page(String after, int most) {
        return bySubject.tailMap(after, false).values().stream().limit(most).toList();
    }
}
