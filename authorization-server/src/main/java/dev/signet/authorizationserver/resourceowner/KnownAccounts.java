package dev.signet.authorizationserver.resourceowner;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The accounts that are known beforehand, such as those of a configuration. Immutable. */
public final class KnownAccounts implements Accounts {

    private final Map<String, Account> bySubject;

    private KnownAccounts(Map<String, Account> bySubject) {
        this.bySubject = bySubject;
    }

    /**
     * These accounts.
     *
     * @throws IllegalArgumentException naming every subject that two of them have
     */
    public static KnownAccounts of(Collection<Account> accounts) {
        Map<String, Account> bySubject = new LinkedHashMap<>();
        Set<String> twice = new TreeSet<>();
        for (Account account : accounts) {
            if (bySubject.put(account.subject(), account) != null) {
                twice.add(account.subject());
            }
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("accounts: more than one is " + String.join(", ", twice));
        }
        return new KnownAccounts(Map.copyOf(bySubject));
    }

    @Override
    public Optional<Account> find(String subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }

    /** All their subjects. */
    public Set<String> subjects() {
        return bySubject.keySet();
    }
}
