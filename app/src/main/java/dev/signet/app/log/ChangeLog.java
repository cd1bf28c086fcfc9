package dev.signet.app.log;

import dev.signet.core.ClientId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the log what somebody changed about trusts and clients, without anything secret. */
public final class ChangeLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.signet.events");

    private ChangeLog() {}

    /** A client was changed, in the way that the name of the event says, such as {@code client-disabled}. */
    public static void client(String event, ClientId clientId) {
        LOG.atInfo()
                .addKeyValue("event", event)
                .addKeyValue("client", clientId)
                .log("a command changed the clients in the store");
    }

    /** A trust was changed, in the way that the name of the event says, such as {@code trust-disabled}. */
    public static void trust(String event, String issuer) {
        LOG.atInfo()
                .addKeyValue("event", event)
                .addKeyValue("issuer", issuer)
                .log("a command changed the trusts in the store");
    }

    /** A registration token was changed, in the way that the name of the event says, such as {@code registration-token-created}. */
    public static void registrationToken(String event, String name) {
        LOG.atInfo()
                .addKeyValue("event", event)
                .addKeyValue("name", name)
                .log("a command changed the registration tokens in the store");
    }

    /** An account was changed, in the way that the name of the event says, such as {@code user-disabled}. */
    public static void user(String event, String subject) {
        LOG.atInfo()
                .addKeyValue("event", event)
                .addKeyValue("subject", subject)
                .log("a command changed the accounts in the store");
    }
}
