package dev.signet.app.pages;

import dev.signet.app.password.PasswordCheck;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.UserAccounts;
import dev.signet.authorizationserver.resourceowner.Username;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whose username and password somebody typed. Who can't sign in is told the same after the same work, whatever the
 * reason: no such account, none that is enabled, none with a password, another password. Thread-safe.
 */
public final class SignIn {

    private static final int ATTEMPTS_FOR_AN_ACCOUNT = 10;
    private static final Duration TIME_FOR_AN_ACCOUNT = Duration.ofSeconds(30);

    /** More than for an account: behind one address there may be many people. */
    private static final int ATTEMPTS_FROM_AN_ADDRESS = 100;

    private static final Duration TIME_FROM_AN_ADDRESS = Duration.ofSeconds(1);

    private final UserAccounts accounts;
    private final PasswordCheck passwords;
    private final Clock clock;
    private final AttemptLimit byAccount = new AttemptLimit(ATTEMPTS_FOR_AN_ACCOUNT, TIME_FOR_AN_ACCOUNT);
    private final AttemptLimit byAddress = new AttemptLimit(ATTEMPTS_FROM_AN_ADDRESS, TIME_FROM_AN_ADDRESS);

    /** Among those accounts. */
    public SignIn(UserAccounts accounts, PasswordCheck passwords, Clock clock) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** What comes of an attempt. */
    sealed interface Outcome {

        /** Somebody is who they say. */
        record Known(UserAccount account) implements Outcome {}

        /** Nobody is. */
        record Unknown() implements Outcome {}

        /** It was not found out; to be tried again after that time. */
        record Later(Duration pause) implements Outcome {}
    }

    Outcome attempt(String typedName, String typedPassword, String address) {
        Instant now = clock.instant();
        Optional<Username> username = Username.find(typedName.strip());
        String name = username.map(Username::value).orElse("");
        String network = network(address);
        Optional<Duration> wait = byAddress.take(network, now);
        if (wait.isPresent()) {
            return later("address", address, wait.get());
        }
        wait = byAccount.take(name, now);
        if (wait.isPresent()) {
            return later("account", address, wait.get());
        }
        Optional<UserAccount> named = username.flatMap(accounts::findByUsername);
        Optional<UserAccount> account = named.filter(found -> found.account().isEnabled());
        Optional<Boolean> matches = passwords.matches(account.flatMap(UserAccount::passwordHash), typedPassword);
        if (matches.isEmpty()) {
            return later("checks-at-once", address, Duration.ofSeconds(1));
        }
        if (!matches.get()) {
            PageLog.refused(named, address);
            return new Outcome.Unknown();
        }
        byAddress.giveBack(network);
        byAccount.giveBack(name);
        PageLog.signedIn(account.orElseThrow(), address);
        return new Outcome.Known(account.orElseThrow());
    }

    private static Outcome later(String limit, String address, Duration pause) {
        PageLog.limited(limit, address);
        return new Outcome.Later(pause);
    }

    /** An IPv6 address is any of the 2^64 that its owner has (RFC 6177 §2): they count as one. */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length == 8 ? String.join(":", List.of(groups).subList(0, 4)) : address;
    }
}
