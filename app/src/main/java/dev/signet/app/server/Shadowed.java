package dev.signet.app.server;

import dev.signet.app.config.Settings.Parties;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.resourceowner.UserAccounts;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.authorizationserver.store.StoreException;
import dev.signet.authorizationserver.trust.TrustRegistry;
import dev.signet.authorizationserver.trust.TrustedIssuer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store says of somebody about whom the configuration file speaks as well, so that nobody goes by it. */
final class Shadowed {

    private static final Logger LOG = LoggerFactory.getLogger(Shadowed.class);

    private Shadowed() {}

    /** Writes to the log what is in both places: it may be meant to be in force, and is not. */
    static void warn(Parties configured, ClientRegistry clients, TrustRegistry trusts, UserAccounts accounts) {
        try {
            configured.clients().stream()
                    .map(RegisteredClient::clientId)
                    .filter(clientId -> clients.find(clientId).isPresent())
                    .forEach(
                            clientId -> LOG.atWarn()
                                    .addKeyValue("event", "client-shadowed")
                                    .addKeyValue("client", clientId)
                                    .log(
                                            "a client of the store counts for nothing: the configuration file has one of that name"));
            configured.trustedIssuers().all().stream()
                    .map(TrustedIssuer::issuer)
                    .filter(issuer -> trusts.find(issuer).isPresent())
                    .forEach(
                            issuer -> LOG.atWarn()
                                    .addKeyValue("event", "trust-shadowed")
                                    .addKeyValue("issuer", issuer)
                                    .log(
                                            "a trust of the store counts for nothing: the configuration file has one in that issuer"));
            configured.accounts().all().stream()
                    .filter(account -> accounts.findUser(account.subject())
                            .or(() -> account.username().flatMap(accounts::findByUsername))
                            .isPresent())
                    .forEach(
                            account -> LOG.atWarn()
                                    .addKeyValue("event", "user-shadowed")
                                    .addKeyValue("subject", account.subject())
                                    .log(
                                            "a user of the store counts for nothing: the configuration file has one of that sub or username"));
        } catch (StoreException failed) {
            // Requests tell of a store that does not answer; this is asked again at the next start.
            LOG.atDebug().setCause(failed).log("the store was not searched for what the configuration file has, too");
        }
    }
}
