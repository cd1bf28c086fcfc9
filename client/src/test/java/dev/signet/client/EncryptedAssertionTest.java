package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.client.Failure.Unreachable;
import dev.signet.client.Failure.Unusable;
import dev.signet.core.ClientId;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncryptedAssertionTest {

    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final TestClock clock = new TestClock();
    private final OAuthClient client = OAuthClient.builder(
                    server.issuer(), ClientAuthentication.privateKeyJwt(new ClientId("reporter"), KEY))
            .outbound(server.outbound())
            .clock(clock)
            .build();
    private final TokenRequest request = TokenRequest.encryptedJwtBearer(SignedAssertions.builder()
            .issuer("https://ci.example.com")
            .subject("alice@example.com")
            .key(KEY)
            .clock(clock)
            .build());

    @AfterEach
    void stop() {
        server.close();
    }

    private static DecryptionKey decryptionKey(JwsAlgorithm kind, String algorithm) {
        return DecryptionKey.fromJwk(
                SigningKey.generate(kind, CryptoProvider.jdk(), new SecureRandom()).toPrivateJwk().toBuilder()
                        .put("alg", algorithm)
                        .put("use", "enc")
                        .build());
    }

    private void publish(List<JsonObject> jwks) {
        server.publishKeys(JsonObject.builder().put("keys", jwks).build());
    }

    @ParameterizedTest
    @CsvSource({"ES256,ECDH-ES+A256KW", "ES256,ECDH-ES", "ES384,ECDH-ES+A128KW", "RS256,RSA-OAEP-256"})
    @Requirement("7523-7-02")
    void is_a_signed_one_inside_one_for_the_server_alone(JwsAlgorithm kind, String algorithm) {
        DecryptionKey ofServer = decryptionKey(kind, algorithm);
        publish(List.of(KEY.verificationKey().toJwk(), ofServer.toJwk()));

        assertThat(client.token(request).value()).isPresent();
        String sent = server.last().parameter("assertion");
        assertThat(sent.split("\\.", -1)).hasSize(5);
        VerifiedJwt jwt = EncryptedJwt.parse(sent)
                .decrypt(List.of(ofServer), Set.of(algorithm), Set.of("A256GCM"))
                .verify(JwkSet.of(List.of(KEY.verificationKey())), Set.of(JwsAlgorithm.ES256));
        AssertionGrant.rules("https://ci.example.com", server.issuer(), AssertionGrant.Options.strict())
                .check(jwt, clock.instant());
        assertThat(jwt.claims().findString("sub")).contains("alice@example.com");
    }

    @Test
    @Requirement("7523-7-02")
    void is_never_sent_in_the_clear_instead() {
        publish(List.of(KEY.verificationKey().toJwk()));

        assertThat(client.token(request).failure())
                .hasValueSatisfying(
                        failure -> assertThat(((Unusable) failure).problem()).isEqualTo(Problem.NO_ENCRYPTION_KEY));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void waits_for_keys_that_cannot_be_had_now() {
        assertThat(client.token(request).failure()).containsInstanceOf(Unreachable.class);
        assertThat(server.asked()).isEmpty();
    }
}
