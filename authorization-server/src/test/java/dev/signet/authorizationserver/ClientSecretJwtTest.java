package dev.signet.authorizationserver;

import dev.signet.core.assertion.ClientAuthenticationMethod;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.testkit.Requirement;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSecretJwtTest {

    private final Fixture fixture = Fixture.standard();

    private TestAnswer send(TestAssertion assertion) {
        return fixture.clientCredentials().assertion(assertion).send();
    }

    @Nested
    @DisplayName("OpenID Connect Core §9: client_secret_jwt")
    class Mac {

        @ParameterizedTest
        @EnumSource(
                value = JwsAlgorithm.class,
                names = {"HS256", "HS384", "HS512"})
        @Requirement("OIDC-9-01")
        void accepts_a_mac_keyed_with_the_octets_of_the_secret(JwsAlgorithm algorithm) {
            send(fixture.macAssertion().signedWith(MacKey.ofSecret(Fixture.SECRET, algorithm)))
                    .isIssued();
        }

        @Test
        @Requirement({"OIDC-9-01", "7523-3-20"})
        void refuses_a_mac_keyed_with_another_secret() {
            send(fixture.macAssertion().signedWith(MacKey.ofSecret(Fixture.SECRET + "x", JwsAlgorithm.HS256)))
                    .isInvalidClient();
        }

        @Test
        @Requirement({"OIDC-9-01", "7523-3.2-03"})
        void refuses_an_algorithm_that_is_not_the_registered_one() {
            fixture.and(Fixture.client("hs512", ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                    .secret(Fixture.SECRET)
                    .assertionSigningAlgorithm(JwsAlgorithm.HS512));
            send(fixture.clientAssertion("hs512").signedWith(MacKey.ofSecret(Fixture.SECRET, JwsAlgorithm.HS256)))
                    .isInvalidClient();
            send(fixture.clientAssertion("hs512").signedWith(MacKey.ofSecret(Fixture.SECRET, JwsAlgorithm.HS512)))
                    .isIssued();
        }

        @Test
        @Requirement("OIDC-9-07")
        void refuses_a_hash_longer_than_the_secret() {
            String secret = "32 octets of secret, not one more".substring(0, 32);
            fixture.and(Fixture.client("short", ClientAuthenticationMethod.CLIENT_SECRET_JWT)
                    .secret(secret));
            send(fixture.clientAssertion("short").signedWith(MacKey.ofSecret(secret, JwsAlgorithm.HS256)))
                    .isIssued();
            send(fixture.clientAssertion("short").signedWith(MacKey.ofSecret(Fixture.SECRET, JwsAlgorithm.HS512)))
                    .isInvalidClient();
        }

        @Test
        @Requirement("OIDC-9-05")
        void refuses_a_signature_with_a_key() {
            send(fixture.clientAssertion(Fixture.MACER)).isInvalidClient();
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "sub", "aud", "jti", "exp"})
        @Requirement("OIDC-9-03")
        void requires_the_five_claims(String name) {
            send(fixture.macAssertion().without(name)).isInvalidClient();
        }

        @Test
        @Requirement({"D-01", "7523b-4-05"})
        void refuses_the_token_endpoint_as_audience() {
            send(fixture.macAssertion().claim("aud", Fixture.TOKEN_ENDPOINT)).isInvalidClient();
        }

        @Test
        @Requirement({"OIDC-9-04", "7523-3-16"})
        void accepts_an_assertion_once() {
            TestAssertion assertion = fixture.macAssertion();
            send(assertion).isIssued();
            send(assertion).isInvalidClient();
        }
    }

    @Nested
    @DisplayName("D-41: client_secret_jwt only where it is switched on")
    class Enabled {

        @Test
        @Requirement("D-41")
        void is_not_enabled_unless_asked_for() {
            AuthorizationServer byDefault = AuthorizationServer.builder()
                    .issuer(Fixture.ISSUER)
                    .clients(fixture.clients)
                    .resources(java.util.List.of(Fixture.orders().build()))
                    .signingKeys(fixture.signingKeys)
                    .replayGuard(fixture.replayGuard)
                    .clock(fixture.clock)
                    .build();
            org.assertj.core.api.Assertions.assertThat(byDefault.metadata().tokenEndpointAuthMethodsSupported())
                    .containsExactly("client_secret_basic", "client_secret_post", "private_key_jwt");
            org.assertj.core.api.Assertions.assertThat(byDefault
                            .handle(fixture.clientCredentials()
                                    .assertion(fixture.macAssertion())
                                    .toRequest())
                            .status())
                    .isEqualTo(401);
        }
    }
}
