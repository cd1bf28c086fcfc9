package dev.signet.app.pages;

import dev.signet.authorizationserver.resourceowner.UserAccount;
import dev.signet.core.ClientId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator what people do on the pages. What somebody typed is never told: a password may stand where the username
 * belongs.
 */
final class PageLog {

    private static final Logger LOG = LoggerFactory.getLogger(PageLog.class);

    private PageLog() {}

    static void signedIn(UserAccount account, String address) {
        LOG.atInfo()
                .addKeyValue("event", "signed-in")
                .addKeyValue("subject", account.subject())
                .addKeyValue("address", address)
                .log("somebody signed in");
    }

    /** @param account whose username was typed, if it is anybody's */
    static void refused(Optional<UserAccount> account, String address) {
        LOG.atWarn()
                .addKeyValue("event", "sign-in-refused")
                .addKeyValue("reason", account.map(PageLog::reason).orElse("username"))
                .addKeyValue("subject", account.map(UserAccount::subject).orElse(""))
                .addKeyValue("address", address)
                .log("somebody could not sign in");
    }

    private static String reason(UserAccount account) {
        if (!account.account().isEnabled()) {
            return "account-disabled";
        }
        return account.passwordHash().isPresent() ? "password" : "account-without-password";
    }

    static void limited(String limit, String address) {
        LOG.atWarn()
                .addKeyValue("event", "sign-in-limited")
                .addKeyValue("limit", limit)
                .addKeyValue("address", address)
                .log("somebody has to wait before the next attempt to sign in");
    }

    static void signedOut(UserAccount account) {
        LOG.atInfo()
                .addKeyValue("event", "signed-out")
                .addKeyValue("subject", account.subject())
                .log("somebody signed out");
    }

    static void revoked(UserAccount account, ClientId clientId) {
        LOG.atInfo()
                .addKeyValue("event", "consent-revoked")
                .addKeyValue("subject", account.subject())
                .addKeyValue("client", clientId)
                .log("somebody took back what a client may do");
    }
}
