package dev.signet.systemtests.readme;

import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.TokenRequest;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import java.util.List;

/** The README's Java, as it stands there. */
final class Snippets {

    private Snippets() {}

    static AccessTokenOutcome protectAnApi(List<String> authorizationHeaders) {
        AccessTokenValidator validator = AccessTokenValidator.builder()
                .issuer("https://as.example.com")
                .audience("https://api.example.com/orders")
                .outbound(OutboundHttp.builder().build())
                .build();

        AccessTokenOutcome outcome = validator.validate(authorizationHeaders).requireScope("orders.read");
        return outcome;
    }

    static Outcome<IssuedToken> getAToken(SigningKey signingKey) {
        OAuthClient client = OAuthClient.of(
                Issuer.of("https://as.example.com"),
                ClientAuthentication.privateKeyJwt(new ClientId("reporter"), signingKey));

        Outcome<IssuedToken> outcome =
                client.token(TokenRequest.clientCredentials().withScope(Scope.of("orders.read")));
        return outcome;
    }
}
