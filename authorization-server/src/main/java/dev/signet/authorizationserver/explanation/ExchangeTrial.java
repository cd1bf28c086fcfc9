package dev.signet.authorizationserver.explanation;

import dev.signet.authorizationserver.accesstoken.TokenContents;
import dev.signet.authorizationserver.clientauth.AllowedMethods;
import dev.signet.authorizationserver.grant.Approval;
import dev.signet.authorizationserver.grant.JwtBearerGrant;
import dev.signet.authorizationserver.grant.TokenRequest;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.ClientRegistry;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.core.error.OAuthException;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.CheckList;
import dev.signet.core.explanation.Explanation;
import dev.signet.core.explanation.JwtKind;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the exchange of an assertion is tried, from who presents it to what the token would say, by the code that decides about
 * it. Nothing is issued or stored, and nobody is told. Thread-safe.
 */
public final class ExchangeTrial {

    private final CheckList checks;
    private final JwtBearerGrant grant;
    private final ClientRegistry clients;
    private final AllowedMethods allowed;
    private final TokenContents contents;

    /**
     * Tries exchanges.
     *
     * @param clients those who may present assertions
     * @param allowed by which methods they may authenticate for that
     * @param contents what tokens say
     */
    public ExchangeTrial(JwtBearerGrant grant, ClientRegistry clients, AllowedMethods allowed, TokenContents contents) {
        this.grant = grant;
        this.clients = clients;
        this.allowed = allowed;
        this.contents = contents;
        List<Check> made = new ArrayList<>(Trial.GRANT_ASSERTION);
        made.addAll(List.of(Check.CLIENT, Check.ENABLED, Check.ALLOWED_METHOD, Check.PERMISSION, Check.TARGET));
        this.checks = new CheckList(JwtKind.GRANT_ASSERTION, made, List.of(Trial.singleUse()));
    }

    /**
     * What would be answered to a request with these parameters if the client that {@code client_id} names had authenticated;
     * without it, to somebody who has not.
     *
     * @throws OAuthException if {@code assertion} is missing, or {@code scope} or {@code resource} malformed
     * @throws dev.signet.authorizationserver.store.StoreException if that can't be said
     */
    public Rehearsal of(FormParameters form, Instant now) {
        TokenRequest request = TokenRequest.read(form, grant, now);
        String assertion = request.require(ParameterName.ASSERTION);
        Optional<String> presenter = form.single(ParameterName.CLIENT_ID);
        List<JsonObject> claims = new ArrayList<>(1);
        Explanation explanation = Trial.explained(checks, () -> {
            grant.check(assertion, now);
            Optional<RegisteredClient> client = presenter.map(this::requireClient);
            allowed.require(
                    grant.type(),
                    client.map(RegisteredClient::authenticationMethod).orElse(ClientAuthenticationMethod.NONE));
            Approval approval = client.isPresent() ? grant.rehearse(request, client.get()) : grant.rehearse(request);
            claims.add(contents.preview(approval));
        });
        return new Rehearsal(explanation, claims.stream().findFirst());
    }

    private RegisteredClient requireClient(String clientId) {
        RegisteredClient client = ClientId.find(clientId)
                .flatMap(clients::find)
                .orElseThrow(() ->
                        OAuthException.invalidClient(RefusalReason.CLIENT_UNKNOWN, "the client is not registered"));
        if (!client.isEnabled()) {
            throw OAuthException.invalidClient(RefusalReason.CLIENT_DISABLED, "the client is not enabled");
        }
        return client;
    }
}
