package dev.signet.authorizationserver.explanation;

import dev.signet.authorizationserver.internal.SignedJwtReader;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.requestobject.ReadRequest;
import dev.signet.authorizationserver.requestobject.RequestObjectReader;
import dev.signet.authorizationserver.rule.AuthorizationRequestRules;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.ClientId;
import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.jwt.UnverifiedJwt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tries a request object as if its client pushed it: that is the one place where each may come. Nothing is kept of it. Thread-safe.
 *
 * @param jwts opens it, to see whose it is
 * @param client who says to have made it
 * @param clients whether there is such a client
 * @param reader decides about the request object
 * @param rules decide about the request in it
 */
public record RequestObjectAttempt(
        SignedJwtReader jwts,
        Function<UnverifiedJwt, Optional<String>> client,
        ClientRegistry clients,
        RequestObjectReader reader,
        AuthorizationRequestRules rules) {

    void on(String jwt, Instant now) {
        if (!reader.policy().takesRequestObjects()) {
            throw unsupported("request objects are switched off");
        }
        RegisteredClient sender = client.apply(jwts.read(jwt))
                .flatMap(ClientId::find)
                .flatMap(clients::find)
                .orElseThrow(() -> OAuthException.invalidRequestObject(
                        RefusalReason.CLIENT_UNKNOWN, "iss is not the client_id of a client"));
        if (!sender.isEnabled()) {
            throw OAuthException.invalidRequestObject(RefusalReason.CLIENT_DISABLED, "the client is not enabled");
        }
        FormParameters sent = FormParameters.of(Map.of(
                ParameterName.CLIENT_ID, List.of(sender.clientId().value()), ParameterName.REQUEST, List.of(jwt)));
        ReadRequest read = reader.read(sender, reader.sent(sender, sent, now), now);
        // The claims before the parameters, which a client that is told of either corrects last.
        read.fault().ifPresent(fault -> {
            throw fault;
        });
        rules.pushed(sender, sent, now);
    }

    static OAuthException unsupported(String detail) {
        return OAuthException.of(
                ErrorCode.REQUEST_NOT_SUPPORTED,
                "request is not supported",
                RefusalReason.REQUEST_OBJECT_UNSUPPORTED,
                detail);
    }
}
