package dev.signet.systemtests.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.client.Failure;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.TokenRequest;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.Scope;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.FixedKeys;
import java.util.Set;

/** What our client is to get, and not to get, from a server that is not ours. */
final class OtherServers {

    /** Registered with {@code private_key_jwt} and the public half of {@link FixedKeys#client()}, ES256. */
    static final ClientId KEY_CLIENT = new ClientId("key-client");

    /** Registered with {@code client_secret_jwt} and {@link #SECRET}, HS256. */
    static final ClientId MAC_CLIENT = new ClientId("mac-client");

    static final String SECRET = "a-secret-for-tests-that-is-long-enough-for-a-mac";

    private OtherServers() {}

    /** A token with each request, of an assertion of its own; none with a key that is not registered. */
    static void giveTokensForTheRightKeyOnly(Issuer issuer, TokenRequest request) {
        assertIssuedTwice(issuer, byKey(FixedKeys.client()), request);
        assertRefused(
                issuer,
                byKey(FixedKeys.withKeyId(
                        FixedKeys.stranger(), FixedKeys.client().keyId())),
                request);
    }

    /** The same with a secret, which is never sent. */
    static void giveTokensForTheRightSecretOnly(Issuer issuer, TokenRequest request) {
        assertIssuedTwice(issuer, bySecret(SECRET), request);
        assertRefused(issuer, bySecret(SECRET + "!"), request);
    }

    private static ClientAuthentication byKey(SigningKey key) {
        return ClientAuthentication.privateKeyJwt(KEY_CLIENT, key);
    }

    private static ClientAuthentication bySecret(String secret) {
        return ClientAuthentication.clientSecretJwt(MAC_CLIENT, secret, JwsAlgorithm.HS256);
    }

    private static void assertIssuedTwice(Issuer issuer, ClientAuthentication authentication, TokenRequest request) {
        OAuthClient client = client(issuer, authentication);
        IssuedToken first = issued(client.token(request));
        IssuedToken second = issued(client.token(request));
        assertThat(first.scope()).isEqualTo(Scope.of("orders.read"));
        assertThat(second.value()).isNotEqualTo(first.value());
    }

    private static IssuedToken issued(Outcome<IssuedToken> outcome) {
        assertThat(outcome.failure()).isEmpty();
        return outcome.value().orElseThrow();
    }

    private static void assertRefused(Issuer issuer, ClientAuthentication authentication, TokenRequest request) {
        assertThat(client(issuer, authentication).token(request).failure())
                .containsInstanceOf(Failure.Refused.class)
                .hasValueSatisfying(failure -> assertThat(failure.code()).contains("invalid_client"));
    }

    private static OAuthClient client(Issuer issuer, ClientAuthentication authentication) {
        return OAuthClient.builder(issuer, authentication)
                .outbound(OutboundHttp.builder().allowHosts(Set.of("127.0.0.1")).build())
                .build();
    }
}
