package dev.signet.authorizationserver.resourceowner;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The accounts that are known beforehand, such as those of a configuration; others may come after them. */
public final class KnownAccounts implements UserAccounts {

    private final Map<String, UserAccount> bySubject;
    private final Map<Username, UserAccount> byUsername;
    private final Optional<UserAccounts> others;

    private KnownAccounts(
            Map<String, UserAccount> bySubject, Map<Username, UserAccount> byUsername, Optional<UserAccounts> others) {
        this.bySubject = bySubject;
        this.byUsername = byUsername;
        this.others = others;
    }

    /**
     * These accounts, to which nobody signs in here.
     *
     * @throws IllegalArgumentException naming every subject that two of them have
     */
    public static KnownAccounts of(Collection<Account> accounts) {
        return ofUsers(accounts.stream().map(UserAccount::of).toList());
    }

    /**
     * These accounts.
     *
     * @throws IllegalArgumentException naming every subject and username that two of them have
     */
    public static KnownAccounts ofUsers(Collection<UserAccount> accounts) {
        Map<String, UserAccount> bySubject = new LinkedHashMap<>();
        Map<Username, UserAccount> byUsername = new LinkedHashMap<>();
        Set<String> twice = new TreeSet<>();
        for (UserAccount account : accounts) {
            if (bySubject.put(account.subject(), account) != null) {
                twice.add(account.subject());
            }
            account.username()
                    .filter(name -> byUsername.put(name, account) != null)
                    .ifPresent(name -> twice.add(name.value()));
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("accounts: more than one is " + String.join(", ", twice));
        }
        return new KnownAccounts(Map.copyOf(bySubject), Map.copyOf(byUsername), Optional.empty());
    }

    /** These accounts, and those of the others whose subjects and usernames none of these has. */
    public KnownAccounts before(UserAccounts more) {
        return new KnownAccounts(bySubject, byUsername, Optional.of(more));
    }

    @Override
    public Optional<UserAccount> findUser(String subject) {
        UserAccount known = bySubject.get(subject);
        return known == null ? others.flatMap(more -> more.findUser(subject)) : Optional.of(known);
    }

    @Override
    public Optional<UserAccount> findByUsername(Username username) {
        UserAccount known = byUsername.get(username);
        return known == null
                ? others.flatMap(more -> more.findByUsername(username))
                        .filter(account -> !bySubject.containsKey(account.subject()))
                : Optional.of(known);
    }

    /** The accounts that are known beforehand. */
    public Collection<UserAccount> all() {
        return bySubject.values();
    }

    /** Their subjects. */
    public Set<String> subjects() {
        return bySubject.keySet();
    }
}
