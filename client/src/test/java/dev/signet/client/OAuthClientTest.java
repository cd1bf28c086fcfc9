package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.client.Failure.NotSent;
import dev.signet.client.Failure.Refused;
import dev.signet.client.Failure.Unreachable;
import dev.signet.client.Failure.Unusable;
import dev.signet.core.ClientId;
import dev.signet.core.Issuer;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.error.ErrorCode;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthClientTest {

    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    private static final TokenRequest FOR_ITSELF = TokenRequest.clientCredentials();

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final TestClock clock = new TestClock();
    private final OAuthClient client = OAuthClient.builder(
                    server.issuer(), ClientAuthentication.privateKeyJwt(new ClientId("reporter"), KEY))
            .outbound(server.outbound())
            .clock(clock)
            .build();

    @AfterEach
    void stop() {
        server.close();
    }

    private static VerifiedJwt verified(String jwt) {
        return UnverifiedJwt.parse(jwt).verify(JwkSet.of(List.of(KEY.verificationKey())), Set.of(JwsAlgorithm.ES256));
    }

    @Nested
    @DisplayName("RFC 6749 §4.4: client credentials")
    class ClientCredentials {

        @Test
        @Requirement({"6749-3.2-01", "9700-4.3-01"})
        void posts_a_form_with_grant_scope_and_resource() {
            Outcome<IssuedToken> outcome = client.token(FOR_ITSELF
                    .withScope(Scope.of("orders.read", "orders.write"))
                    .withResource(new ResourceIndicator("https://api.example.com/orders?a=b&c")));

            assertThat(outcome.value()).isPresent();
            LocalAuthorizationServer.Asked asked = server.last();
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.target()).isEqualTo("/token");
            assertThat(asked.header("Content-type")).isEqualTo("application/x-www-form-urlencoded");
            assertThat(asked.parameter("grant_type")).isEqualTo("client_credentials");
            assertThat(asked.parameter("scope")).isEqualTo("orders.read orders.write");
            assertThat(asked.parameter("resource")).isEqualTo("https://api.example.com/orders?a=b&c");
        }

        @Test
        @Requirement({"9068-3-07", "9068-6-01"})
        void takes_the_token_as_it_is_whatever_it_looks_like() {
            server.next(
                    200, "{\"access_token\":\"a.b.c\",\"token_type\":\"Bearer\",\"expires_in\":60,\"scope\":\"x\"}");
            IssuedToken jwtLike = client.token(FOR_ITSELF).value().orElseThrow();
            server.next(200, "{\"access_token\":\"~random+/=\",\"token_type\":\"bearer\",\"other\":[1]}");
            IssuedToken random =
                    client.token(FOR_ITSELF.withScope(Scope.of("y"))).value().orElseThrow();

            assertThat(jwtLike.value()).isEqualTo("a.b.c");
            assertThat(jwtLike.authorization()).isEqualTo("Bearer a.b.c");
            assertThat(jwtLike.expiresAt()).contains(clock.instant().plusSeconds(60));
            assertThat(jwtLike.scope()).hasToString("x");
            assertThat(random.value()).isEqualTo("~random+/=");
            assertThat(random.expiresAt()).isEmpty();
            assertThat(random.scope()).hasToString("y");
            assertThat(IssuedToken.class.getRecordComponents()).hasSize(4);
        }

        @Test
        @Requirement("9700-4.9-01")
        void hides_the_token() {
            Outcome<IssuedToken> outcome = client.token(FOR_ITSELF);

            assertThat(outcome.value())
                    .hasValueSatisfying(token -> assertThat(token.value()).isEqualTo("token-1"));
            assertThat(outcome.toString()).doesNotContain("token-1");
        }
    }

    @Nested
    @DisplayName("RFC 7523 §2.1: assertion grant")
    class AssertionGrants {

        private final SignedAssertions source = SignedAssertions.builder()
                .issuer("https://ci.example.com")
                .subject("job-7")
                .key(KEY)
                .clock(clock)
                .build();

        @Test
        @Requirement({"7521-4.1-09", "7523-2.2-03"})
        void sends_one_assertion_in_the_body() {
            client.token(TokenRequest.jwtBearer(source).withScope(Scope.of("a")));

            LocalAuthorizationServer.Asked asked = server.last();
            assertThat(asked.parameter("grant_type")).isEqualTo("urn:ietf:params:oauth:grant-type:jwt-bearer");
            assertThat(asked.form().all("assertion")).hasSize(1);
            assertThat(asked.target()).isEqualTo("/token");
            assertThat(asked.form().all("client_assertion")).hasSize(1);
        }

        @Test
        @Requirement({"7523b-4-01", "D-02"})
        void makes_it_for_the_issuer_it_was_configured_for() {
            client.token(TokenRequest.jwtBearer(source));
            VerifiedJwt jwt = verified(server.last().parameter("assertion"));

            assertThat(jwt.claims().find("aud")).contains(server.issuer().value());
            AssertionGrant.rules("https://ci.example.com", server.issuer(), AssertionGrant.Options.strict())
                    .check(jwt, clock.instant());
        }

        @Test
        void sends_what_is_in_a_file_that_the_platform_renews(@TempDir Path folder) throws IOException {
            Path projectedToken = Files.writeString(folder.resolve("token"), "a.b.c\n");
            TokenRequest request = TokenRequest.jwtBearer(TokenFile.at(projectedToken));
            client.token(request);
            assertThat(server.last().parameter("assertion")).isEqualTo("a.b.c");

            Files.writeString(projectedToken, "a.b.d\n");
            client.token(request);
            assertThat(server.last().parameter("assertion")).isEqualTo("a.b.d");

            Files.delete(projectedToken);
            assertThat(client.token(request).failure())
                    .hasValueSatisfying(failure ->
                            assertThat(((NotSent) failure).cause()).hasCauseInstanceOf(NoSuchFileException.class));
            Files.writeString(projectedToken, "a".repeat(70_000));
            assertThat(client.token(request).failure()).containsInstanceOf(NotSent.class);
            assertThat(server.asked()).hasSize(2);
        }

        @Test
        @Requirement("7521-4.1-08")
        void asks_its_source_for_every_request_and_never_sends_a_refresh_token() {
            AtomicInteger number = new AtomicInteger();
            TokenRequest request = TokenRequest.jwtBearer(audience -> "a.b." + number.incrementAndGet());
            server.next(
                    200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":1,\"refresh_token\":\"r\"}");
            client.token(request);
            client.token(request);

            assertThat(server.asked().stream().map(asked -> asked.parameter("assertion")))
                    .containsExactly("a.b.1", "a.b.2");
            assertThat(server.asked().stream().map(asked -> asked.parameter("grant_type")))
                    .doesNotContain("refresh_token");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a.b", "a.b.c.d", "a.b.c=", "a.b.c\n", " a.b.c", "a.b.\u00e4"})
        @Requirement("7523-2.2-03")
        void sends_nothing_that_is_not_one_compact_jwt(String assertion) {
            assertThat(client.token(TokenRequest.jwtBearer(audience -> assertion))
                            .failure())
                    .containsInstanceOf(NotSent.class);
            assertThat(client.token(TokenRequest.encryptedJwtBearer(audience -> assertion))
                            .failure())
                    .containsInstanceOf(NotSent.class);
            assertThat(server.asked()).isEmpty();
        }

        @Test
        void tells_what_its_source_threw_without_repeating_it() {
            Outcome<IssuedToken> outcome = client.token(TokenRequest.jwtBearer(audience -> {
                throw new IllegalStateException("no assertion today");
            }));

            assertThat(outcome.toString()).doesNotContain("today");
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(outcome::require)
                    .withMessageNotContaining("today")
                    .withCauseInstanceOf(IllegalStateException.class)
                    .satisfies(e -> assertThat(e.getCause()).hasMessage("no assertion today"));
            assertThat(server.asked()).isEmpty();
        }

        @Test
        void reports_all_that_self_made_assertions_lack() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignedAssertions.builder()
                            .lifetime(java.time.Duration.ofHours(2))
                            .build())
                    .withMessage("signed assertions: issuer is missing; subject is missing; key is missing;"
                            + " lifetime must be 1 second to 1 hour");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SignedAssertions.builder()
                            .issuer("a")
                            .subject("b")
                            .key(MacKey.of(new byte[32], JwsAlgorithm.HS256))
                            .build())
                    .withMessage("signed assertions: key is a shared secret");
        }
    }

    @Nested
    @DisplayName("RFC 8414 §3: metadata")
    class Metadata {

        @Test
        @Requirement("8414-3.1-01")
        void fetches_it_once_from_the_address_made_of_the_issuer() {
            client.token(FOR_ITSELF);
            client.token(FOR_ITSELF);

            assertThat(server.paths()).containsExactly("/.well-known/oauth-authorization-server");
        }

        @Test
        @Requirement({"8414-3.2-02", "8414-2.1-01"})
        void ignores_members_that_it_does_not_know() {
            server.publish(server.metadata().toBuilder()
                    .put("unknown", List.of(1))
                    .put("signed_metadata", "eyJhbGciOiJub25lIn0.e30.")
                    .build());

            assertThat(client.token(FOR_ITSELF).value()).isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"/", "/other", "#", "?a"})
        @Requirement({"8414-3.3-01", "8414-6.2-01", "7523b-7-01", "D-23"})
        void uses_nothing_of_the_metadata_of_another_issuer(String surplus) {
            server.publish(server.metadata().toBuilder()
                    .put("issuer", server.issuer() + surplus)
                    .build());

            assertThat(client.token(FOR_ITSELF).failure()).containsInstanceOf(Unusable.class);
            assertThat(server.asked()).isEmpty();
        }

        @Test
        @Requirement("7523b-7-01")
        void makes_assertions_for_the_issuer_wherever_its_token_endpoint_is() {
            String other = server.issuer().value().replace("localhost", "127.0.0.1") + "/token";
            server.publish(
                    server.metadata().toBuilder().put("token_endpoint", other).build());
            OAuthClient elsewhere = OAuthClient.builder(
                            server.issuer(), ClientAuthentication.privateKeyJwt(new ClientId("reporter"), KEY))
                    .outbound(dev.signet.outbound.OutboundHttp.builder()
                            .allowHosts(Set.of("localhost", "127.0.0.1"))
                            .build())
                    .clock(clock)
                    .build();

            assertThat(elsewhere.token(FOR_ITSELF).value()).isPresent();
            assertThat(verified(server.last().parameter("client_assertion"))
                            .claims()
                            .find("aud"))
                    .contains(server.issuer().value());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"http://as.example.com/token", "http://10.0.0.1/token", "ftp://localhost/token", "/token"})
        @Requirement({"7523-7-01", "6749-2.3.1-05"})
        void sends_nothing_to_an_endpoint_without_tls_off_loopback(String endpoint) {
            server.publish(server.metadata().toBuilder()
                    .put("token_endpoint", endpoint)
                    .build());

            assertThat(client.token(FOR_ITSELF).failure()).containsInstanceOf(Unusable.class);
            assertThat(server.asked()).isEmpty();
        }

        @Test
        @Requirement({"7523-7-01", "6749-2.3.1-05"})
        void does_not_call_an_issuer_without_tls_off_loopback() {
            assertThatIllegalArgumentException().isThrownBy(() -> Issuer.of("http://as.example.com"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OAuthClient.of(
                            server.issuer(), ClientAuthentication.privateKeyJwt(new ClientId("reporter"), KEY)))
                    .withMessageContaining("neither https nor at an allowed host");
        }

        @Test
        void needs_a_token_endpoint() {
            server.publish(
                    JsonObject.builder().put("issuer", server.issuer().value()).build());

            assertThat(client.token(FOR_ITSELF).failure()).containsInstanceOf(Unusable.class);
        }
    }

    @Nested
    @DisplayName("RFC 6749 §5: answers")
    class Answers {

        @Test
        void gives_the_refusal_of_the_server() {
            server.next(401, "{\"error\":\"invalid_client\",\"error_description\":\"no\\n<b>\"}");

            Outcome<IssuedToken> outcome = client.token(FOR_ITSELF);
            Refused refused = (Refused) outcome.failure().orElseThrow();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.error().code()).contains(ErrorCode.INVALID_CLIENT);
            assertThat(refused.error().description()).contains("no?<b>");
            assertThat(outcome.value()).isEmpty();
            assertThat(refused.code()).contains("invalid_client");
            assertThat(refused.description()).contains("no?<b>");
            assertThat(refused.endpoint()).hasToString(server.issuer() + "/token");
            assertThatExceptionOfType(FailureException.class)
                    .isThrownBy(outcome::require)
                    .withMessageStartingWith(
                            server.issuer() + "/token: the server answered 401 invalid_client: no?<b>. ")
                    .withMessageContaining("this key under this kid")
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(refused));
        }

        @ParameterizedTest
        @ValueSource(strings = {"Bearer", "bearer", "BEARER"})
        @Requirement("6749-5.1-03")
        void takes_a_bearer_token_in_any_letter_case(String type) {
            server.next(200, "{\"access_token\":\"a\",\"token_type\":\"" + type + "\"}");

            assertThat(client.token(FOR_ITSELF).value()).isPresent();
        }

        @ParameterizedTest
        @ValueSource(strings = {"mac", "DPoP", "N_A", "Bearer "})
        @Requirement("6749-5.1-03")
        void does_not_use_a_token_of_another_type(String type) {
            server.next(200, "{\"access_token\":\"a\",\"token_type\":\"" + type + "\"}");

            assertThat(client.token(FOR_ITSELF).failure()).containsInstanceOf(Unusable.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "[]",
                    "{}",
                    "{\"access_token\":\"a\"}",
                    "{\"token_type\":\"Bearer\"}",
                    "{\"access_token\":7,\"token_type\":\"Bearer\"}",
                    "{\"access_token\":\"a\\nb\",\"token_type\":\"Bearer\"}",
                    "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":\"60\"}",
                    "{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":-1}",
                    "{\"access_token\":\"a\",\"access_token\":\"b\",\"token_type\":\"Bearer\"}"
                })
        void does_not_use_what_is_no_token_response(String body) {
            server.next(200, body);

            Outcome<IssuedToken> outcome = client.token(FOR_ITSELF);
            assertThat(outcome.failure()).containsInstanceOf(Unusable.class);
            assertThat(outcome.value()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '|',
                value = {
                    "500,{}",
                    "503,||",
                    "429,{}",
                    "500,{\"error\":\"server_error\"}",
                    "503,{\"error\":\"temporarily_unavailable\"}",
                    "429,{\"error\":\"invalid_request\"}"
                })
        void says_that_the_server_may_answer_later(int status, String body) {
            server.next(status, body);

            assertThat(client.token(FOR_ITSELF).failure()).containsInstanceOf(Unreachable.class);
        }

        @ParameterizedTest
        @CsvSource({"400,{}", "404,''", "403,[]"})
        void says_that_an_answer_is_none(int status, String body) {
            server.next(status, body);

            assertThat(client.token(FOR_ITSELF).failure()).containsInstanceOf(Unusable.class);
        }

        @Test
        void follows_no_redirect() {
            server.next(exchange -> {
                exchange.getResponseHeaders().set("Location", server.issuer() + "/elsewhere");
                exchange.sendResponseHeaders(307, -1);
                exchange.close();
            });

            assertThat(client.token(FOR_ITSELF).failure()).containsInstanceOf(Unusable.class);
            assertThat(server.paths()).noneMatch(path -> path.contains("elsewhere"));
        }
    }

    @Nested
    @DisplayName("a connection that fails")
    class Failures {

        @Test
        @Requirement("OIDC-9-08")
        void is_tried_once_more_with_a_new_assertion() {
            server.nextDies();

            assertThat(client.token(FOR_ITSELF).value()).isPresent();
            assertThat(server.asked().stream()
                            .map(asked -> verified(asked.parameter("client_assertion"))
                                    .claims()
                                    .requireString("jti")))
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }

        @Test
        @Requirement("7521-4.1-08")
        void is_tried_once_more_with_a_new_grant_assertion() {
            AtomicInteger number = new AtomicInteger();
            server.nextDies();
            client.token(TokenRequest.jwtBearer(audience -> "a.b." + number.incrementAndGet()));

            assertThat(server.asked().stream().map(asked -> asked.parameter("assertion")))
                    .containsExactly("a.b.1", "a.b.2");
        }

        @Test
        void is_reported_the_second_time() {
            server.nextDies();
            server.nextDies();

            Outcome<IssuedToken> outcome = client.token(FOR_ITSELF);
            assertThat(outcome.failure()).containsInstanceOf(Unreachable.class);
            assertThat(server.asked()).hasSize(2);
            assertThat(outcome.toString())
                    .doesNotContain(server.last().parameter("client_assertion"))
                    .doesNotContain("eyJ");
        }

        @Test
        void is_reported_when_nobody_listens() {
            server.close();

            assertThat(client.token(FOR_ITSELF).failure()).containsInstanceOf(Unreachable.class);
        }
    }
}
