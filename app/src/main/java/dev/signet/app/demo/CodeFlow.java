package dev.signet.app.demo;

import dev.signet.app.demo.Conversation.Answer;
import dev.signet.app.login.LoopbackCallback;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.client.AuthorizationCode;
import dev.signet.client.OAuthClient;
import dev.signet.client.authorization.AuthorizationRequest;
import dev.signet.client.authorization.AuthorizationResponse;
import dev.signet.client.authorization.BegunAuthorization;
import dev.signet.core.Scope;
import dev.signet.core.token.GrantType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A person signs in and lets a shop order in their name (RFC 6749 §4.1, RFC 7636, RFC 9207). */
final class CodeFlow {

    private static final Duration FOR_A_PERSON = Duration.ofMinutes(5);

    private final OAuthClient shop;
    private final Conversation talk;
    private final Visitor visitor;
    private final Function<List<Map.Entry<String, String>>, Answer> tokenEndpoint;

    /** @param tokenEndpoint sends a form in the name of the shop */
    CodeFlow(
            OAuthClient shop,
            Conversation talk,
            Visitor visitor,
            Function<List<Map.Entry<String, String>>, Answer> tokenEndpoint) {
        this.shop = shop;
        this.talk = talk;
        this.visitor = visitor;
        this.tokenEndpoint = tokenEndpoint;
    }

    /** The code that the person lets the shop have; empty if there is none. */
    Optional<AuthorizationCode> authorize() throws IOException, InterruptedException {
        try (LoopbackCallback callback = new LoopbackCallback(0)) {
            Optional<BegunAuthorization> begun = AuthorizationRequest.builder(shop, callback.redirectUri())
                    .scope(Scope.of(DemoParties.SCOPE))
                    .build()
                    .begin()
                    .value();
            if (begun.isEmpty()) {
                return Optional.empty();
            }
            talk.say("  The shop sends the browser of " + DemoParties.PERSON + " to:");
            talk.showAddress(begun.get().uri());
            callback.expect(begun.get().pending());
            visitor.visit(begun.get().uri());
            Optional<AuthorizationResponse> response = callback.await(FOR_A_PERSON);
            return response.filter(AuthorizationResponse.Code.class::isInstance)
                    .map(code -> ((AuthorizationResponse.Code) code).code());
        }
    }

    /** A link that would send the answer to somebody else. */
    Page redirectedElsewhere(URI authorizationEndpoint) throws IOException, InterruptedException {
        URI link = URI.create(authorizationEndpoint + "?response_type=code&client_id=" + DemoParties.SHOP
                + "&redirect_uri=https%3A%2F%2Fattacker.example%2Fcallback");
        talk.showAddress(link);
        return new UserAgent().open(link);
    }

    Answer exchange(AuthorizationCode code) {
        return tokenEndpoint.apply(List.of(
                Map.entry("grant_type", GrantType.AUTHORIZATION_CODE),
                Map.entry("code", code.value()),
                Map.entry("redirect_uri", code.redirectUri().value()),
                Map.entry("code_verifier", code.verifier().value())));
    }

    Answer refresh(String refreshToken) {
        return tokenEndpoint.apply(
                List.of(Map.entry("grant_type", GrantType.REFRESH_TOKEN), Map.entry("refresh_token", refreshToken)));
    }
}
