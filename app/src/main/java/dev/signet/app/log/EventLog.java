package dev.signet.app.log;

import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.event.ServerEvent.AuthorizationApproved;
import dev.signet.authorizationserver.event.ServerEvent.AuthorizationDenied;
import dev.signet.authorizationserver.event.ServerEvent.ClaimLeftOut;
import dev.signet.authorizationserver.event.ServerEvent.ClientRegistered;
import dev.signet.authorizationserver.event.ServerEvent.GrantReused;
import dev.signet.authorizationserver.event.ServerEvent.GrantRevoked;
import dev.signet.authorizationserver.event.ServerEvent.IntrospectionAnswered;
import dev.signet.authorizationserver.event.ServerEvent.LargeTokenIssued;
import dev.signet.authorizationserver.event.ServerEvent.LeniencyUsed;
import dev.signet.authorizationserver.event.ServerEvent.NothingRevoked;
import dev.signet.authorizationserver.event.ServerEvent.RegistrationChanged;
import dev.signet.authorizationserver.event.ServerEvent.RegistrationRemoved;
import dev.signet.authorizationserver.event.ServerEvent.ReplayRefused;
import dev.signet.authorizationserver.event.ServerEvent.RequestFailed;
import dev.signet.authorizationserver.event.ServerEvent.RequestPushed;
import dev.signet.authorizationserver.event.ServerEvent.RequestRefused;
import dev.signet.authorizationserver.event.ServerEvent.RevocationsNotRead;
import dev.signet.authorizationserver.event.ServerEvent.ServerKeyPublished;
import dev.signet.authorizationserver.event.ServerEvent.ServerKeyRetired;
import dev.signet.authorizationserver.event.ServerEvent.ServerKeysNotReloaded;
import dev.signet.authorizationserver.event.ServerEvent.TokenIssued;
import dev.signet.authorizationserver.event.ServerEvent.TokenRevoked;
import dev.signet.authorizationserver.event.ServerListener;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.key.KeyUse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes what the server tells to the log. Each kind of event has a stable name under {@code event}; the lines of one
 * request share its {@code correlation}.
 */
public final class EventLog implements ServerListener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.signet.events");

    @Override
    public void onEvent(ServerEvent event) {
        if (event instanceof TokenIssued issued) {
            tokenIssued(issued);
        } else if (event instanceof AuthorizationApproved approved) {
            authorizationApproved(approved);
        } else if (event instanceof RequestPushed pushed) {
            line(Level.INFO, "request-pushed", pushed.correlationId())
                    .addKeyValue("client", pushed.clientId())
                    .addKeyValue("expires", pushed.expiresAt())
                    .log("a client pushed an authorization request");
        } else if (event instanceof AuthorizationDenied denied) {
            line(Level.INFO, "authorization-denied", denied.correlationId())
                    .addKeyValue("client", denied.clientId())
                    .log("a resource owner granted nothing of what a client asked for");
        } else if (event instanceof ClientRegistered registered) {
            line(Level.INFO, "client-registered", registered.correlationId())
                    .addKeyValue("client", registered.clientId())
                    .addKeyValue(
                            "initialAccessToken",
                            registered.initialAccessToken().orElse(""))
                    .log("a client registered itself");
        } else if (event instanceof RegistrationChanged changed) {
            line(Level.INFO, "registration-changed", changed.correlationId())
                    .addKeyValue("client", changed.clientId())
                    .log("a client changed its registration");
        } else if (event instanceof RegistrationRemoved removed) {
            line(Level.INFO, "registration-removed", removed.correlationId())
                    .addKeyValue("client", removed.clientId())
                    .log("a client removed its registration");
        } else if (event instanceof ClaimLeftOut left) {
            claimLeftOut(left);
        } else if (event instanceof LargeTokenIssued large) {
            largeTokenIssued(large);
        } else if (event instanceof TokenRevoked revoked) {
            line(Level.INFO, "token-revoked", revoked.correlationId())
                    .addKeyValue("client", revoked.clientId())
                    .addKeyValue("jti", revoked.jwtId())
                    .addKeyValue("expires", revoked.expiresAt())
                    .log("an access token was revoked");
        } else if (event instanceof GrantRevoked revoked) {
            line(Level.INFO, "grant-revoked", revoked.correlationId())
                    .addKeyValue("client", revoked.clientId())
                    .addKeyValue("grant", revoked.grantId())
                    .addKeyValue("accessTokens", revoked.accessTokens())
                    .log("a client revoked what it was granted");
        } else if (event instanceof GrantReused reused) {
            line(Level.WARN, "grant-reused", reused.correlationId())
                    .addKeyValue(
                            "claimedClient",
                            reused.claimedClient().map(Object::toString).orElse(""))
                    .addKeyValue("reason", reused.reason().id())
                    .log("a code or refresh token came again that was used up");
        } else if (event instanceof NothingRevoked nothing) {
            line(Level.INFO, "nothing-revoked", nothing.correlationId())
                    .addKeyValue("client", nothing.clientId())
                    .addKeyValue("reason", nothing.reason().id())
                    .log("a client wanted something revoked that is no live token");
        } else if (event instanceof IntrospectionAnswered answered) {
            introspectionAnswered(answered);
        } else if (event instanceof RequestRefused refused) {
            requestRefused(refused);
        } else if (event instanceof ReplayRefused replay) {
            line(Level.WARN, "replay-refused", replay.correlationId())
                    .addKeyValue(
                            "claimedClient",
                            replay.claimedClient().map(Object::toString).orElse(""))
                    .addKeyValue("error", replay.code().wireName())
                    .log("an assertion came a second time");
        } else if (event instanceof RequestFailed failed) {
            line(Level.ERROR, "request-failed", failed.correlationId())
                    .addKeyValue("path", failed.path())
                    .addKeyValue("reason", failed.reason().id())
                    .setCause(failed.cause())
                    .log("a request failed on our side");
        } else if (event instanceof LeniencyUsed used) {
            line(Level.WARN, "leniency-used", used.correlationId())
                    .addKeyValue("switch", used.use().name())
                    .addKeyValue("party", used.use().party())
                    .log("a request passed only because a switch loosens a rule");
        } else if (event instanceof ServerKeyPublished published) {
            line(Level.INFO, named(published.use()) + "-key-published", "")
                    .addKeyValue("kid", published.keyId())
                    .addKeyValue("algorithm", published.algorithm())
                    .addKeyValue("publishedAt", published.publishedAt())
                    .addKeyValue("activeFrom", published.activeFrom())
                    .log("a " + named(published.use()) + " key was published");
        } else if (event instanceof ServerKeyRetired retired) {
            line(Level.INFO, named(retired.use()) + "-key-retired", "")
                    .addKeyValue("kid", retired.keyId())
                    .addKeyValue("algorithm", retired.algorithm())
                    .log("a " + named(retired.use()) + " key was removed");
        } else if (event instanceof ServerKeysNotReloaded failed) {
            line(Level.ERROR, named(failed.use()) + "-keys-not-reloaded", "")
                    .setCause(failed.cause())
                    .log("the " + named(failed.use()) + " keys could not be read again");
        } else if (event instanceof RevocationsNotRead failed) {
            line(Level.ERROR, "revocations-not-read", "")
                    .setCause(failed.cause())
                    .log("the revoked tokens could not be read again");
        }
    }

    private static void authorizationApproved(AuthorizationApproved approved) {
        line(Level.INFO, "authorization-approved", approved.correlationId())
                .addKeyValue("client", approved.clientId())
                .addKeyValue("subject", approved.subject())
                .addKeyValue("resources", approved.resources())
                .addKeyValue("scope", approved.scope())
                .addKeyValue("grantId", approved.grantId())
                .log("a resource owner granted a client what it asked for");
    }

    private static void tokenIssued(TokenIssued issued) {
        line(Level.INFO, "token-issued", issued.correlationId())
                .addKeyValue("grant", issued.grantType())
                .addKeyValue("client", issued.clientId())
                .addKeyValue("subject", issued.subject())
                .addKeyValue("resource", issued.resource())
                .addKeyValue("scope", issued.scope())
                .addKeyValue("jti", issued.jwtId())
                .addKeyValue("expires", issued.expiresAt())
                .addKeyValue("kid", issued.keyId().orElse(""))
                .log("an access token was issued");
    }

    private static void claimLeftOut(ClaimLeftOut left) {
        line(Level.WARN, "claim-left-out", left.correlationId())
                .addKeyValue("client", left.clientId())
                .addKeyValue("resource", left.resource())
                .addKeyValue("jti", left.jwtId())
                .addKeyValue("claim", left.claim())
                .log("a claim is not in an access token: its attribute has a value it can't have");
    }

    private static void largeTokenIssued(LargeTokenIssued large) {
        line(Level.WARN, "large-token-issued", large.correlationId())
                .addKeyValue("client", large.clientId())
                .addKeyValue("resource", large.resource())
                .addKeyValue("jti", large.jwtId())
                .addKeyValue("length", large.length())
                .log("an access token is longer than expected");
    }

    /** Resource servers ask often, so that only those who look closely are told. */
    private static void introspectionAnswered(IntrospectionAnswered answered) {
        line(Level.DEBUG, "introspection-answered", answered.correlationId())
                .addKeyValue("client", answered.clientId())
                .addKeyValue("active", answered.reason().isEmpty())
                .addKeyValue("jti", answered.jwtId().map(Object::toString).orElse(""))
                .addKeyValue("reason", answered.reason().map(RefusalReason::id).orElse(""))
                .log("a client was told about a token");
    }

    /** What the server itself is to blame for must not be lost among what senders do wrong. */
    private static void requestRefused(RequestRefused refused) {
        Level level = refused.code() == ErrorCode.SERVER_ERROR ? Level.ERROR : Level.INFO;
        line(level, "request-refused", refused.correlationId())
                .addKeyValue("path", refused.path())
                .addKeyValue(
                        "claimedClient",
                        refused.claimedClient().map(Object::toString).orElse(""))
                .addKeyValue("error", refused.code().wireName())
                .addKeyValue("reason", refused.reason().id())
                .addKeyValue("detail", refused.detail())
                .log("a request was refused");
    }

    private static String named(KeyUse use) {
        return use == KeyUse.SIGNATURE ? "signing" : "decryption";
    }

    private static LoggingEventBuilder line(Level level, String name, String correlation) {
        LoggingEventBuilder line = LOG.atLevel(level).addKeyValue("event", name);
        return correlation.isEmpty() ? line : line.addKeyValue("correlation", correlation);
    }
}
