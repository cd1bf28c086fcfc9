package dev.signet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.client.Failure.Refused;
import dev.signet.client.Failure.Unreachable;
import dev.signet.client.Failure.Unusable;
import dev.signet.client.LocalAuthorizationServer.Asked;
import dev.signet.core.ClientId;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All endpoints, which are asked alike. */
class EndpointsTest {

    private static final SigningKey KEY =
            SigningKey.generate(JwsAlgorithm.ES256, CryptoProvider.jdk(), new SecureRandom());
    private static final ClientId CLIENT = new ClientId("reporter");
    private static final ClientAuthentication BY_KEY = ClientAuthentication.privateKeyJwt(CLIENT, KEY);
    private static final List<Map.Entry<String, String>> AUTHORIZATION = List.of(
            Map.entry("response_type", "code"),
            Map.entry("redirect_uri", "https://reporter.example.com/callback"),
            Map.entry("state", "a&b"));
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final TestClock clock = new TestClock();

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

    static Stream<Named<Function<OAuthClient, Outcome<?>>>> calls() {
        return Stream.of(
                Named.of("token", client -> client.token(TokenRequest.jwtBearer(audience -> "a.b.c"))),
                Named.of("introspect", client -> client.introspect("t")),
                Named.of("revoke", client -> client.revoke("t")),
                Named.of("push", client -> client.push(AUTHORIZATION)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    @Requirement({"7523b-4-03", "7523b-5-01", "7523b-4-08", "D-01"})
    void get_an_assertion_for_the_issuer_alone(Function<OAuthClient, Outcome<?>> call) {
        assertThat(call.apply(client(BY_KEY)).failure()).isEmpty();

        VerifiedJwt jwt = UnverifiedJwt.parse(server.last().parameter("client_assertion"))
                .verify(JwkSet.of(List.of(KEY.verificationKey())), Set.of(JwsAlgorithm.ES256));
        assertThat(jwt.claims().find("aud")).contains(server.issuer().value());
        assertThat(jwt.type()).contains("client-authentication+jwt");
        assertThat(server.last().form().all("client_assertion")).hasSize(1);
        assertThat(server.last().header("Authorization")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    @Requirement({"7521-4.2.1-03", "6749-2.3-02"})
    void get_one_mechanism_whichever_it_is(Function<OAuthClient, Outcome<?>> call) {
        for (ClientAuthentication authentication : List.of(
                BY_KEY,
                ClientAuthentication.clientSecretBasic(CLIENT, "s".repeat(32)),
                ClientAuthentication.clientSecretPost(CLIENT, "s".repeat(32)),
                ClientAuthentication.clientSecretJwt(CLIENT, "s".repeat(32), JwsAlgorithm.HS256),
                ClientAuthentication.federated(CLIENT, () -> "a.b.c"))) {
            assertThat(call.apply(client(authentication)).failure()).isEmpty();
            Asked asked = server.last();
            int mechanisms = (asked.header("Authorization").isEmpty() ? 0 : 1)
                    + asked.form().all("client_secret").size()
                    + asked.form().all("client_assertion").size();
            assertThat(mechanisms).isEqualTo(1);
            assertThat(asked.form().all("client_id")).hasSizeLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void give_each_failure_for_what_it_is(Function<OAuthClient, Outcome<?>> call) {
        OAuthClient client = client(BY_KEY);
        server.next(401, "{\"error\":\"invalid_client\"}");
        assertThat(call.apply(client).failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.status()).isEqualTo(401)));
        server.next(503, "{}");
        assertThat(call.apply(client).failure()).containsInstanceOf(Unreachable.class);
        server.next(400, "");
        assertProblem(call.apply(client), Problem.EMPTY);
        server.next(400, "no");
        assertProblem(call.apply(client), Problem.NOT_JSON);
        server.next(400, "{\"message\":\"no\"}");
        assertProblem(call.apply(client), Problem.MEMBERS);
        server.next(400, "{\"error\":\"" + "x".repeat(70_000) + "\"}");
        assertProblem(call.apply(client), Problem.TOO_LARGE);
        server.next(exchange -> {
            exchange.getResponseHeaders().set("Location", server.issuer() + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        assertProblem(call.apply(client), Problem.REDIRECT);
        server.publish(
                JsonObject.builder().put("issuer", server.issuer().value()).build());
        assertProblem(call.apply(client(BY_KEY)), Problem.NO_ENDPOINT);
        server.publish(JsonObject.builder().put("issuer", server.issuer() + "/").build());
        assertProblem(call.apply(client(BY_KEY)), Problem.METADATA);
    }

    private void assertProblem(Outcome<?> outcome, Problem problem) {
        assertThat(outcome.failure())
                .hasValueSatisfying(
                        failure -> assertThat(((Unusable) failure).problem()).isEqualTo(problem));
        assertThat(outcome.failure().orElseThrow().advice()).endsWith(".").hasSizeGreaterThan(20);
        assertThat(outcome.failure().orElseThrow().endpoint().toString())
                .startsWith(server.issuer().value());
    }

    @Test
    void can_be_asked_without_waiting() {
        OAuthClient client = client(BY_KEY);

        assertThat(client.tokenAsync(TokenRequest.clientCredentials()))
                .succeedsWithin(TEN_SECONDS)
                .satisfies(outcome -> assertThat(outcome.value()).isPresent());
        assertThat(client.introspectAsync("t"))
                .succeedsWithin(TEN_SECONDS)
                .satisfies(outcome -> assertThat(outcome.require().active()).isTrue());
        assertThat(client.revokeAsync("t"))
                .succeedsWithin(TEN_SECONDS)
                .satisfies(outcome -> assertThat(outcome.require()).isEqualTo(new Revoked()));
        assertThat(client.pushAsync(AUTHORIZATION))
                .succeedsWithin(TEN_SECONDS)
                .satisfies(outcome -> assertThat(outcome.require().requestUri()).isEqualTo("urn:example:1"));
    }

    @Nested
    class Introspecting {

        @Test
        void tells_what_the_server_says() throws Exception {
            server.next(200, "{\"active\":true,\"sub\":\"alice\"}");
            Introspection introspection = client(BY_KEY).introspect("t&1").require();

            assertThat(introspection.active()).isTrue();
            assertThat(introspection.members().findString("sub")).contains("alice");
            assertThat(introspection.toString()).doesNotContain("alice");
            assertThat(server.last().parameter("token")).isEqualTo("t&1");
            assertThat(server.last().target()).isEqualTo("/introspect");
            server.next(200, "{\"active\":false}");
            assertThat(client(BY_KEY).introspect("t").require().active()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"active\":\"true\"}", "{\"active\":1}", "{\"active\":null}"})
        void takes_nothing_for_active_that_does_not_say_so(String answer) {
            server.next(200, answer);
            assertProblem(client(BY_KEY).introspect("t"), Problem.MEMBERS);
        }
    }

    @Nested
    class Revoking {

        @Test
        void ignores_the_body_of_a_success() {
            server.next(exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/plain");
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write(new byte[] {'O', 'K'});
                exchange.close();
            });

            assertThat(client(BY_KEY).revoke("t-1").value()).isPresent();
            assertThat(server.last().target()).isEqualTo("/revoke");
            assertThat(server.last().parameter("token")).isEqualTo("t-1");
        }

        @Test
        void tells_what_cannot_be_revoked() {
            server.next(400, "{\"error\":\"unsupported_token_type\"}");
            assertThat(client(BY_KEY).revoke("t").failure())
                    .hasValueSatisfying(failure -> assertThat(failure.code()).contains("unsupported_token_type"));
        }
    }

    @Nested
    class Pushing {

        @Test
        void sends_the_parameters_with_the_client_and_gets_what_stands_for_them() throws Exception {
            PushedRequest pushed = client(BY_KEY).push(AUTHORIZATION).require();

            assertThat(pushed.requestUri()).isEqualTo("urn:example:1");
            assertThat(pushed.expiresAt()).isEqualTo(clock.instant().plusSeconds(60));
            assertThat(pushed.toString()).doesNotContain("urn:example:1");
            Asked asked = server.last();
            assertThat(asked.target()).isEqualTo("/par");
            assertThat(asked.parameter("client_id")).isEqualTo("reporter");
            AUTHORIZATION.forEach(
                    parameter -> assertThat(asked.parameter(parameter.getKey())).isEqualTo(parameter.getValue()));
        }

        @Test
        @Requirement("9126-2.1-02")
        void never_pushes_a_request_uri_nor_credentials_of_the_callers() {
            for (String name :
                    List.of("request_uri", "client_id", "client_secret", "client_assertion", "client_assertion_type")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> client(BY_KEY).push(List.of(Map.entry(name, "urn:example:1"))))
                        .withMessageContaining(name);
            }
            assertThat(server.asked()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"request_uri\":\"urn:x\"}",
                    "{\"request_uri\":\"urn:x\",\"expires_in\":0}",
                    "{\"request_uri\":\"urn:x\",\"expires_in\":\"60\"}",
                    "{\"request_uri\":\"\",\"expires_in\":60}",
                    "{\"request_uri\":7,\"expires_in\":60}"
                })
        void takes_nothing_for_a_pushed_request_that_is_none(String answer) {
            server.next(201, answer);
            assertProblem(client(BY_KEY).push(AUTHORIZATION), Problem.MEMBERS);
        }
    }
}
