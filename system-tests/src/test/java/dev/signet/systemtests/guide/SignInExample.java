package dev.signet.systemtests.guide;

import dev.signet.client.FailureException;
import dev.signet.client.OAuthClient;
import dev.signet.client.RefreshToken;
import dev.signet.client.TokenRequest;
import dev.signet.client.TokenSource;
import dev.signet.client.authorization.AuthorizationRequest;
import dev.signet.client.authorization.AuthorizationRequests;
import dev.signet.client.authorization.AuthorizationResponse;
import dev.signet.client.authorization.BegunAuthorization;
import dev.signet.client.authorization.PendingAuthorization;
import dev.signet.client.authorization.PendingAuthorizations;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.jwt.key.SignerKey;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/** A web application that signs its users in, as the guide shows it. */
final class SignInExample {

    /** What the application keeps for one browser. */
    static final class Session {

        private final PendingAuthorizations pending = PendingAuthorizations.inMemory();
        private Optional<String> refreshToken = Optional.empty();
        private Optional<TokenSource> tokens = Optional.empty();

        PendingAuthorizations pending() {
            return pending;
        }

        void keepRefreshToken(String value) {
            refreshToken = Optional.of(value);
        }

        String refreshToken() {
            return refreshToken.orElseThrow();
        }

        void signedIn(TokenSource source) {
            tokens = Optional.of(source);
        }

        Optional<TokenSource> tokens() {
            return tokens;
        }
    }

    private final Logger log;

    SignInExample(Logger log) {
        this.log = log;
    }

    static AuthorizationRequest request(OAuthClient client) {
        RedirectUri callback = new RedirectUri("https://shop.example.com/callback");
        AuthorizationRequest orders = AuthorizationRequest.builder(client, callback)
                .scope(Scope.of("orders.read"))
                .resource(new ResourceIndicator("https://api.example.com/orders"))
                .build();
        return orders;
    }

    static AuthorizationRequest signed(OAuthClient client, RedirectUri callback, SignerKey key) {
        AuthorizationRequest signed = AuthorizationRequest.builder(client, callback)
                .scope(Scope.of("orders.read"))
                .signed(key)
                .pushed()
                .build();
        return signed;
    }

    static AuthorizationRequest hosted(
            OAuthClient client, RedirectUri callback, SignerKey key, Map<String, String> documents) {
        AuthorizationRequest hosted = AuthorizationRequest.builder(client, callback)
                .signed(key)
                .encrypted()
                .hosted((name, requestObject) -> {
                    documents.put(name, requestObject);
                    return URI.create("https://shop.example.com/requests/" + name);
                })
                .build();
        return hosted;
    }

    static URI away(AuthorizationRequest orders, Session session) throws FailureException {
        BegunAuthorization begun = orders.begin().require();
        session.pending().put(begun.pending());
        return redirect(begun.uri());
    }

    URI back(OAuthClient client, RedirectUri callback, Session session, String query) throws FailureException {
        AuthorizationResponse response = session.pending().complete(callback, query);
        if (response instanceof AuthorizationResponse.Code code) {
            TokenSource tokens = TokenSource.of(client, code.tokenRequest(session::keepRefreshToken));
            tokens.token().require();
            session.signedIn(tokens);
            return redirect(URI.create("/orders"));
        }
        AuthorizationResponse.NoCode none = (AuthorizationResponse.NoCode) response;
        log.warn("{}. {}", none.detail(), none.advice());
        return redirect(URI.create("/not-signed-in"));
    }

    static TokenSource afterARestart(OAuthClient client, Session session) {
        TokenSource tokens = TokenSource.of(
                client, TokenRequest.refresh(RefreshToken.of(session.refreshToken(), session::keepRefreshToken)));
        return tokens;
    }

    static PendingAuthorizations elsewhere(Map<String, String> attributes) {
        return new PendingAuthorizations() {
            @Override
            public void put(PendingAuthorization pending) {
                attributes.put("pending " + pending.state(), pending.toText());
            }

            @Override
            public Optional<PendingAuthorization> take(String state) {
                return Optional.ofNullable(attributes.remove("pending " + state))
                        .map(PendingAuthorization::parse);
            }
        };
    }

    static URI atEither(AuthorizationRequest atOne, AuthorizationRequest atTheOther, Issuer chosen)
            throws FailureException {
        AuthorizationRequests requests = AuthorizationRequests.of(List.of(atOne, atTheOther));
        BegunAuthorization begun = requests.find(chosen).orElseThrow().begin().require();
        return begun.uri();
    }

    /** Where the application sends the browser with status 303. */
    private static URI redirect(URI address) {
        return address;
    }
}
