package dev.signet.app.demo;

import dev.signet.app.demo.Conversation.Answer;
import dev.signet.app.login.LoopbackCallback;
import dev.signet.app.useragent.Page;
import dev.signet.app.useragent.UserAgent;
import dev.signet.client.AuthorizationCode;
import dev.signet.client.OAuthClient;
import dev.signet.client.authorization.AuthorizationRequest;
import dev.signet.client.authorization.AuthorizationResponse;
import dev.signet.client.authorization.PendingAuthorization;
import dev.signet.core.Scope;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ParameterName;
import dev.signet.core.metadata.AuthorizationServerMetadata;
import dev.signet.core.token.GrantType;
import dev.signet.jwt.key.SignerKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A person signs in and lets a shop order in their name (RFC 6749 §4.1, RFC 7636, RFC 9101, RFC 9126, RFC 9207). */
final class CodeFlow {

    private static final Duration FOR_A_PERSON = Duration.ofMinutes(5);

    private final OAuthClient shop;
    private final SignerKey key;
    private final Conversation talk;
    private final Visitor visitor;
    private final Sending sending;

    /** Sends a form to an endpoint in the name of the shop. */
    interface Sending {
        Answer send(URI endpoint, List<Map.Entry<String, String>> form);
    }

    /** @param key what the shop signs requests with */
    CodeFlow(OAuthClient shop, SignerKey key, Conversation talk, Visitor visitor, Sending sending) {
        this.shop = shop;
        this.key = key;
        this.talk = talk;
        this.visitor = visitor;
        this.sending = sending;
    }

    /** A request that the shop signed, as it is sent, and what the shop keeps of it. */
    record Signed(String requestObject, PendingAuthorization pending) {}

    /** What the shop asks for, signed; empty if it can't. */
    Optional<Signed> sign(RedirectUri redirectUri) {
        return AuthorizationRequest.builder(shop, redirectUri)
                .scope(Scope.of(DemoParties.SCOPE))
                .signed(key)
                .build()
                .begin()
                .value()
                .map(begun -> new Signed(
                        FormParameters.parse(begun.uri().getRawQuery()).require(ParameterName.REQUEST),
                        begun.pending()));
    }

    /** Gives a request to the server itself, past the browser. */
    Answer push(String requestObject) {
        return sending.send(
                metadata().pushedAuthorizationRequestEndpoint().orElseThrow(),
                List.of(Map.entry(ParameterName.REQUEST, requestObject)));
    }

    /** The code that the person lets the shop have; empty if there is none. */
    Optional<AuthorizationCode> authorize(LoopbackCallback callback, PendingAuthorization pending, String requestUri)
            throws IOException, InterruptedException {
        talk.say("");
        talk.say("  The shop sends the browser of " + DemoParties.PERSON + " to:");
        URI address = address(requestUri);
        talk.showAddress(address);
        callback.expect(pending);
        visitor.visit(address);
        Optional<AuthorizationResponse> response = callback.await(FOR_A_PERSON);
        return response.filter(AuthorizationResponse.Code.class::isInstance)
                .map(code -> ((AuthorizationResponse.Code) code).code());
    }

    private URI address(String requestUri) {
        return URI.create(metadata().authorizationEndpoint().orElseThrow() + "?"
                + FormParameters.encode(List.of(
                        Map.entry(ParameterName.CLIENT_ID, DemoParties.SHOP.value()),
                        Map.entry(ParameterName.REQUEST_URI, requestUri))));
    }

    /** The same link again, as from the history of the browser. */
    Page again(String requestUri) throws IOException, InterruptedException {
        return new UserAgent().open(address(requestUri));
    }

    /** A link that would send the answer to somebody else. */
    Page redirectedElsewhere() throws IOException, InterruptedException {
        URI link = URI.create(metadata().authorizationEndpoint().orElseThrow() + "?response_type=code&client_id="
                + DemoParties.SHOP + "&redirect_uri=https%3A%2F%2Fattacker.example%2Fcallback");
        talk.showAddress(link);
        return new UserAgent().open(link);
    }

    Answer exchange(AuthorizationCode code) {
        return token(List.of(
                Map.entry("grant_type", GrantType.AUTHORIZATION_CODE),
                Map.entry("code", code.value()),
                Map.entry("redirect_uri", code.redirectUri().value()),
                Map.entry("code_verifier", code.verifier().value())));
    }

    Answer refresh(String refreshToken) {
        return token(
                List.of(Map.entry("grant_type", GrantType.REFRESH_TOKEN), Map.entry("refresh_token", refreshToken)));
    }

    private Answer token(List<Map.Entry<String, String>> form) {
        return sending.send(metadata().tokenEndpoint().orElseThrow(), form);
    }

    private AuthorizationServerMetadata metadata() {
        return shop.metadata().value().orElseThrow();
    }
}
