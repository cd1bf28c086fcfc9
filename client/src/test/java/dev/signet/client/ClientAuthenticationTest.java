package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.core.ClientId;
import dev.signet.core.JwtId;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.clientauth.RequestCredentials;
import dev.signet.core.http.BasicCredentials;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.claims.ValidClaims;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.KeyException;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SignerKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientAuthenticationTest {

    private static final ClientId CLIENT = new ClientId("reporter");
    private static final String SECRET = "a secret: 100% +&=~ \u00e4 0123456789012345678901234567890123456789";
    private static final SigningKey KEY = newKey(JwsAlgorithm.ES256);

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final TestClock clock = new TestClock();

    private static SigningKey newKey(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OAuthClient client(ClientAuthentication authentication) {
        return OAuthClient.builder(server.issuer(), authentication)
                .outbound(server.outbound())
                .clock(clock)
                .build();
    }

    private LocalAuthorizationServer.Asked ask(ClientAuthentication authentication) {
        assertThat(client(authentication)
                        .token(TokenRequest.clientCredentials())
                        .value())
                .isPresent();
        return server.last();
    }

    @Nested
    @DisplayName("RFC 7523 §2.2: private_key_jwt")
    class PrivateKeyJwt {

        private VerifiedJwt verified(String assertion) {
            return UnverifiedJwt.parse(assertion)
                    .verify(JwkSet.of(List.of(KEY.verificationKey())), Set.of(JwsAlgorithm.ES256));
        }

        @Test
        @Requirement({"7521-6.1-01", "7523-2.2-03", "7521-4.2.1-03", "6749-2.3-02"})
        void sends_one_assertion_in_the_form_and_no_other_credentials() {
            LocalAuthorizationServer.Asked asked = ask(ClientAuthentication.privateKeyJwt(CLIENT, KEY));

            assertThat(asked.form().names())
                    .containsExactlyInAnyOrder("grant_type", "client_id", "client_assertion_type", "client_assertion");
            assertThat(asked.parameter("client_id")).isEqualTo(CLIENT.value());
            assertThat(asked.parameter("client_assertion_type"))
                    .isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            assertThat(asked.form().all("client_assertion")).hasSize(1);
            assertThat(asked.parameter("client_assertion")).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
            assertThat(asked.header("Authorization")).isEmpty();
        }

        @Test
        @Requirement({"7523b-4-03", "7523b-4-08", "D-01", "D-03", "8725-3.11-01"})
        void says_for_whom_it_is_made_and_what_it_is() {
            VerifiedJwt jwt = verified(
                    ask(ClientAuthentication.privateKeyJwt(CLIENT, KEY)).parameter("client_assertion"));

            assertThat(jwt.type()).contains("client-authentication+jwt");
            assertThat(jwt.keyId()).contains(KEY.keyId());
            assertThat(jwt.claims().find("aud")).contains(server.issuer().value());
        }

        @Test
        @Requirement({"7523-7-03", "7521-5.1-03", "OIDC-9-08", "D-06"})
        void has_six_claims_that_live_for_a_minute() {
            JsonObject claims = verified(
                            ask(ClientAuthentication.privateKeyJwt(CLIENT, KEY)).parameter("client_assertion"))
                    .claims();

            assertThat(claims.names()).containsExactlyInAnyOrder("iss", "sub", "aud", "exp", "iat", "jti");
            assertThat(claims.find("iss")).contains("reporter");
            assertThat(claims.find("sub")).contains("reporter");
            assertThat(claims.findLong("iat")).contains(clock.instant().getEpochSecond());
            assertThat(claims.findLong("exp")).contains(clock.instant().getEpochSecond() + 60);
        }

        @Test
        void is_what_a_server_accepts() {
            ValidClaims claims = ClientAssertion.rules(CLIENT, server.issuer(), ClientAssertion.Options.strict())
                    .check(
                            verified(ask(ClientAuthentication.privateKeyJwt(CLIENT, KEY))
                                    .parameter("client_assertion")),
                            clock.instant());

            assertThat(claims.jwtId()).isPresent();
        }

        @Test
        @Requirement({"OIDC-9-08", "7521-5.1-04"})
        void is_made_anew_for_every_request() {
            OAuthClient client = client(ClientAuthentication.privateKeyJwt(CLIENT, KEY));
            client.token(TokenRequest.clientCredentials());
            client.token(TokenRequest.clientCredentials());

            assertThat(server.asked().stream()
                            .map(asked -> verified(asked.parameter("client_assertion"))
                                    .claims()
                                    .requireString("jti")))
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }

        @Test
        @Requirement("7521-5.1-04")
        void never_uses_an_identifier_twice() {
            ClientAuthentication authentication =
                    ClientAuthentication.clientSecretJwt(CLIENT, SECRET, JwsAlgorithm.HS256);
            SecureRandom random = new SecureRandom();
            Set<String> seen = new HashSet<>();
            for (int number = 0; number < 100_000; number++) {
                String assertion = authentication
                        .credentials(server.issuer(), clock.instant(), () -> JwtId.drawnFrom(random::nextBytes))
                        .parameters()
                        .get(2)
                        .getValue();
                String jwtId = JsonObject.parse(
                                Base64.getUrlDecoder().decode(assertion.split("\\.")[1]))
                        .requireString("jti");
                assertThat(Base64.getUrlDecoder().decode(jwtId)).hasSizeGreaterThanOrEqualTo(16);
                assertThat(seen.add(jwtId)).isTrue();
            }
        }

        @ParameterizedTest
        @EnumSource(
                value = JwsAlgorithm.class,
                names = {"RS256", "PS256", "ES256", "ES384", "Ed25519"})
        @Requirement("7523-5-01")
        void signs_with_the_algorithm_of_its_key(JwsAlgorithm algorithm) {
            SigningKey key = newKey(algorithm);
            String assertion =
                    ask(ClientAuthentication.privateKeyJwt(CLIENT, key)).parameter("client_assertion");

            assertThat(UnverifiedJwt.parse(assertion)
                            .verify(JwkSet.of(List.of(key.verificationKey())), Set.of(algorithm))
                            .claims()
                            .findString("sub"))
                    .contains("reporter");
        }
    }

    @Nested
    @DisplayName("OpenID Connect Core §9: client_secret_jwt")
    class ClientSecretJwt {

        @Test
        void sends_a_mac_and_never_the_secret() {
            LocalAuthorizationServer.Asked asked =
                    ask(ClientAuthentication.clientSecretJwt(CLIENT, SECRET, JwsAlgorithm.HS256));

            UnverifiedJwt.parse(asked.parameter("client_assertion"))
                    .verify(List.of(MacKey.ofSecret(SECRET, JwsAlgorithm.HS256)));
            assertThat(asked.form().names())
                    .containsExactlyInAnyOrder("grant_type", "client_id", "client_assertion_type", "client_assertion");
            assertThat(asked.parameter("client_id")).isEqualTo(CLIENT.value());
            assertThat(asked.header("Authorization")).isEmpty();
        }

        @Test
        void refuses_a_short_secret() {
            assertThatExceptionOfType(KeyException.class)
                    .isThrownBy(() -> ClientAuthentication.clientSecretJwt(CLIENT, "short", JwsAlgorithm.HS256))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("short"));
        }
    }

    @Nested
    @DisplayName("RFC 6749 §2.3.1: client secrets")
    class ClientSecrets {

        @Test
        @Requirement({"6749-2.3.1-02", "6749-2.3-02"})
        void encodes_identifier_and_secret_before_they_are_joined() {
            ClientId odd = new ClientId("a:b %+&c");
            LocalAuthorizationServer.Asked asked = ask(ClientAuthentication.clientSecretBasic(odd, SECRET));

            String joined = new String(
                    Base64.getDecoder().decode(asked.header("Authorization").substring("Basic ".length())));
            assertThat(joined)
                    .isEqualTo("a%3Ab+%25%2B%26c:a+secret%3A+100%25+%2B%26%3D%7E+%C3%A4+"
                            + "0123456789012345678901234567890123456789");
            assertThat(BasicCredentials.parse(asked.header("Authorization")))
                    .contains(new BasicCredentials(odd, SECRET));
            assertThat(asked.form().names()).containsExactly("grant_type");
        }

        @Test
        @Requirement({"6749-2.3-02", "7521-4.2.1-03"})
        void sends_the_secret_in_the_form_only_if_told_so() {
            LocalAuthorizationServer.Asked asked = ask(ClientAuthentication.clientSecretPost(CLIENT, SECRET));

            assertThat(asked.parameter("client_id")).isEqualTo("reporter");
            assertThat(asked.parameter("client_secret")).isEqualTo(SECRET);
            assertThat(asked.header("Authorization")).isEmpty();
            assertThat(asked.target()).isEqualTo("/token");
        }

        @Test
        void refuses_a_secret_that_is_none() {
            assertThatIllegalArgumentException().isThrownBy(() -> ClientAuthentication.clientSecretBasic(CLIENT, ""));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClientAuthentication.clientSecretPost(CLIENT, "a\nb"));
        }
    }

    @Nested
    @DisplayName("RFC 7521 §4.2: a federated assertion")
    class Federated {

        @TempDir
        Path folder;

        @Test
        @Requirement({"7521-6.1-01", "7521-4.2.1-03"})
        void is_sent_as_it_is_in_the_file_with_the_client_beside_it() throws IOException {
            Path projected = Files.writeString(folder.resolve("token"), "a.b.c\n");
            OAuthClient client = client(ClientAuthentication.federated(CLIENT, TokenFile.at(projected)));
            client.token(TokenRequest.clientCredentials());
            LocalAuthorizationServer.Asked asked = server.last();

            assertThat(asked.form().names())
                    .containsExactlyInAnyOrder("grant_type", "client_id", "client_assertion_type", "client_assertion");
            assertThat(asked.parameter("client_id")).isEqualTo("reporter");
            assertThat(asked.parameter("client_assertion_type"))
                    .isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            assertThat(asked.parameter("client_assertion")).isEqualTo("a.b.c");
            assertThat(asked.header("Authorization")).isEmpty();

            Files.writeString(projected, "a.b.d\n");
            client.token(TokenRequest.clientCredentials());
            assertThat(server.last().parameter("client_assertion")).isEqualTo("a.b.d");
        }

        @Test
        void is_one_jwt_or_nothing_is_sent() throws IOException {
            Path projected = Files.writeString(folder.resolve("token"), "a.b.c a.b.d");
            OAuthClient client = client(ClientAuthentication.federated(CLIENT, TokenFile.at(projected)));

            assertThat(client.token(TokenRequest.clientCredentials()).failure())
                    .containsInstanceOf(Failure.NotSent.class);
            assertThat(server.asked()).isEmpty();
        }
    }

    @Nested
    @DisplayName("a key that is somewhere else")
    class KeyElsewhere {

        @Test
        void signs_with_the_algorithm_and_kid_it_is_given() {
            String assertion = ask(ClientAuthentication.privateKeyJwt(
                            CLIENT, SignerKey.of(JwsAlgorithm.ES256, KEY.keyId(), KEY::sign)))
                    .parameter("client_assertion");

            assertThat(UnverifiedJwt.parse(assertion)
                            .verify(JwkSet.of(List.of(KEY.verificationKey())), Set.of(JwsAlgorithm.ES256))
                            .keyId())
                    .contains(KEY.keyId());
        }

        @Test
        void that_fails_is_no_failure_of_the_server() {
            Outcome<IssuedToken> outcome = client(
                            ClientAuthentication.privateKeyJwt(CLIENT, SignerKey.of(JwsAlgorithm.ES256, "a", input -> {
                                throw new IllegalStateException("the vault is sealed");
                            })))
                    .token(TokenRequest.clientCredentials());

            assertThat(outcome.failure())
                    .hasValueSatisfying(failure ->
                            assertThat(((Failure.NotSent) failure).cause()).hasMessage("the vault is sealed"));
            assertThat(server.asked()).isEmpty();
        }

        @Test
        void is_not_a_shared_secret() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            ClientAuthentication.privateKeyJwt(CLIENT, MacKey.ofSecret(SECRET, JwsAlgorithm.HS256)));
        }
    }

    @Nested
    @DisplayName("RFC 6749 §2.3: one mechanism")
    class OneMechanism {

        @Test
        @Requirement("7521-4.2.1-03")
        void credentials_are_a_header_or_parameters() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new RequestCredentials(Optional.of("Basic YTpi"), List.of(Map.entry("client_id", "a"))));
        }

        @Test
        @Requirement("6749-4.4-01")
        void a_client_without_credentials_does_not_ask_for_a_token_for_itself() {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> client(ClientAuthentication.none(CLIENT)).token(TokenRequest.clientCredentials()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            client(ClientAuthentication.none(CLIENT)).tokenAsync(TokenRequest.clientCredentials()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TokenSource.of(
                            client(ClientAuthentication.none(CLIENT)), TokenRequest.clientCredentials()));
            assertThat(server.asked()).isEmpty();
        }

        @Test
        void a_client_without_credentials_says_who_it_is() {
            client(ClientAuthentication.none(CLIENT)).token(TokenRequest.jwtBearer(audience -> "a.b.c"));

            assertThat(server.last().form().names()).containsExactlyInAnyOrder("grant_type", "assertion", "client_id");
        }
    }

    @Test
    void is_not_needed_by_who_only_presents_an_assertion() {
        OAuthClient anonymous = client(ClientAuthentication.anonymous());
        assertThat(anonymous.token(TokenRequest.jwtBearer(audience -> "a.b.c")).value())
                .isPresent();

        assertThat(server.last().form().names()).containsExactlyInAnyOrder("grant_type", "assertion");
        assertThat(server.last().header("Authorization")).isEmpty();
        assertThat(anonymous).hasToString("OAuthClient of none of nobody at " + server.issuer());
        assertThatIllegalArgumentException().isThrownBy(() -> anonymous.token(TokenRequest.clientCredentials()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> anonymous.push(List.of(Map.entry("response_type", "code"))));
    }

    @Test
    @Requirement("9700-4.9-01")
    void hides_keys_and_secrets() {
        RequestCredentials credentials = ClientAuthentication.clientSecretPost(CLIENT, SECRET)
                .credentials(server.issuer(), clock.instant(), () -> new JwtId("any"));

        assertThat(ClientAuthentication.clientSecretBasic(CLIENT, SECRET).toString()
                        + credentials
                        + ClientAuthentication.clientSecretBasic(CLIENT, SECRET)
                                .credentials(server.issuer(), clock.instant(), () -> new JwtId("any"))
                        + client(ClientAuthentication.clientSecretBasic(CLIENT, SECRET)))
                .doesNotContain("0123456789")
                .doesNotContain("Basic ")
                .contains("client_secret_basic of reporter");
    }
}
