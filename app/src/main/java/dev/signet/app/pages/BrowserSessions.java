package dev.signet.app.pages;

import dev.signet.authorizationserver.resourceowner.SessionStore;
import dev.signet.authorizationserver.resourceowner.StoredSession;
import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.authorizationserver.resourceowner.UserAccounts;
import dev.signet.authorizationserver.store.TokenDigest;
import dev.signet.core.authorization.Authentication;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who is signed in with which user agent. A session is known by a secret that is new with each sign-in, so that nobody can have
 * known it before; the store has its digest only. Thread-safe.
 */
final class BrowserSessions {

    /** How much of the idle time may pass before the store is told of a use: it need not hear of each. */
    private static final Duration UNTOLD = Duration.ofMinutes(1);

    private final SessionStore store;
    private final UserAccounts accounts;
    private final SessionLimits limits;
    private final PageCookie cookie;
    private final Clock clock;
    private final SecureRandom random;

    BrowserSessions(
            SessionStore store,
            UserAccounts accounts,
            SessionLimits limits,
            PageCookie cookie,
            Clock clock,
            SecureRandom random) {
        this.store = store;
        this.accounts = accounts;
        this.limits = limits;
        this.cookie = cookie;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Somebody who is signed in.
     *
     * @param secret that only the user agent has
     */
    record SignedIn(String secret, UserAccount account, Authentication authentication) {

        /** The account only. */
        @Override
        public String toString() {
            return "SignedIn " + account;
        }
    }

    /** Who is signed in with that user agent, which is a use of the session. */
    Optional<SignedIn> find(UserAgent agent) {
        return cookie.find(agent)
                .flatMap(secret -> store.find(TokenDigest.of(secret))
                        .flatMap(session -> accounts.findUser(session.subject())
                                .filter(account -> account.account().isEnabled())
                                .map(account -> {
                                    use(session);
                                    return new SignedIn(secret, account, session.authentication());
                                })));
    }

    private void use(StoredSession session) {
        Instant expiresAt =
                earlier(clock.instant().plus(limits.idle()), session.startedAt().plus(limits.absolute()));
        if (expiresAt.isAfter(session.expiresAt().plus(UNTOLD))) {
            store.extend(session.id(), expiresAt);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Begins a session for somebody who has just shown the password, and ends the one there was.
     *
     * @return empty if the password was changed, or the account disabled, meanwhile
     */
    Optional<SignedIn> start(UserAgent agent, UserAccount account) {
        end(agent);
        Instant now = clock.instant();
        String secret = PageCookie.newSecret(random);
        TokenDigest id = TokenDigest.of(secret);
        Authentication authentication = Authentication.byPassword(now);
        store.put(new StoredSession(
                id,
                account.subject(),
                authentication,
                now,
                earlier(now.plus(limits.idle()), now.plus(limits.absolute()))));
        // Whoever changed it ended the sessions there were; this one may have come after.
        Optional<UserAccount> same = accounts.findUser(account.subject())
                .filter(current ->
                        current.account().isEnabled() && current.passwordHash().equals(account.passwordHash()));
        if (same.isEmpty()) {
            store.end(id);
        }
        return same.map(current -> new SignedIn(secret, current, authentication));
    }

    /** Ends the session of that user agent, if there is one. */
    void end(UserAgent agent) {
        cookie.find(agent).ifPresent(secret -> store.end(TokenDigest.of(secret)));
    }

    /** The value of {@code Set-Cookie} for somebody who signed in. */
    String cookie(SignedIn signedIn) {
        return cookie.set(signedIn.secret());
    }

    /** The value of {@code Set-Cookie} for somebody who left. */
    String endedCookie() {
        return cookie.end();
    }
}
