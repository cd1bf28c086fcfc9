package dev.signet.systemtests.attack;

import static dev.signet.core.error.RefusalReason.JWT_AUDIENCE;
import static dev.signet.core.error.RefusalReason.JWT_MALFORMED_CLAIM;
import static dev.signet.core.error.RefusalReason.JWT_MISSING_CLAIM;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.client.Failure;
import dev.signet.client.IssuedToken;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.TokenRequest;
import dev.signet.core.Issuer;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.json.JsonNull;
import dev.signet.jwt.json.JsonObject;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestJwt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Audience injection: who signs for one server has not signed for another, whatever that one's metadata says. */
class AudienceInjectionTest {

    private static final String ATTACKER = "https://attacker.example";

    private static AttackedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = AttackedServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    @DisplayName("rfc7523bis §4: what the attacker made somebody sign")
    class SignedForAnother {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523b-4-05", "7523b-4-02", "7523-3-09", "7521-5.2-05"})
        void refuses_every_address_of_its_own_and_of_others(Use use) {
            TestJwt valid = server.assertion(use);
            Stream<String> own = Stream.of("/token", "/introspect", "/revoke", "/par", "/authorize", "/jwks")
                    .map(path -> server.issuer() + path);
            Stream<String> others = Stream.of(ATTACKER, ATTACKER + "/token", AttackedServer.RESOURCE, "reporter", "");
            server.refuses(
                    use,
                    valid,
                    Stream.concat(own, others)
                            .collect(Collectors.toMap(
                                    audience -> audience,
                                    audience -> valid.withAudience(audience).compact())),
                    JWT_AUDIENCE,
                    JWT_MALFORMED_CLAIM);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523b-4-07", "7521-5.1-02", "7523-3-10"})
        void refuses_its_issuer_in_any_other_spelling(Use use) {
            TestJwt valid = server.assertion(use);
            String issuer = server.issuer().value();
            String[] spellings = {
                issuer + "/",
                issuer + "#",
                issuer + "?",
                issuer + " ",
                " " + issuer,
                issuer + "\u0000",
                issuer + "\u200b",
                issuer + "@attacker.example",
                issuer.replace("http:", "HTTP:"),
                issuer.replace("http:", "https:"),
                issuer.replace("127.0.0.1", "127.1"),
                issuer.replace("127.0.0.1", "localhost"),
                issuer.replace("127", "%3127"),
                issuer + "/../",
                ATTACKER + "/" + issuer
            };
            server.refuses(
                    use,
                    valid,
                    Stream.of(spellings)
                            .collect(Collectors.toMap(
                                    audience -> audience,
                                    audience -> valid.withAudience(audience).compact())),
                    JWT_AUDIENCE);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523b-4-06", "D-01"})
        void refuses_its_issuer_among_others(Use use) {
            TestJwt valid = server.assertion(use);
            String issuer = server.issuer().value();
            server.refuses(
                    use,
                    valid,
                    Map.of(
                            "the attacker's first",
                            valid.withAudiences(ATTACKER, issuer).compact(),
                            "the attacker's last",
                            valid.withAudiences(issuer, ATTACKER).compact(),
                            "the token endpoint as well",
                            valid.withAudiences(issuer, issuer + "/token").compact(),
                            "twice the issuer",
                            valid.withAudiences(issuer, issuer).compact(),
                            "none",
                            valid.withAudiences().compact(),
                            "an array in the array",
                            valid.withClaim("aud", List.of(List.of(issuer))).compact(),
                            "a number besides",
                            valid.withClaim("aud", List.of(issuer, 1)).compact(),
                            "two in one text",
                            valid.withAudience(issuer + " " + ATTACKER).compact()),
                    JWT_AUDIENCE,
                    JWT_MALFORMED_CLAIM);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"7523-3-08", "7521-5.2-05"})
        void refuses_no_audience_and_what_is_none(Use use) {
            TestJwt valid = server.assertion(use);
            server.refuses(
                    use,
                    valid,
                    Map.of(
                            "absent",
                            valid.withoutClaim("aud").compact(),
                            "null",
                            valid.withClaim("aud", JsonNull.NULL).compact(),
                            "a number",
                            valid.withClaim("aud", 1).compact(),
                            "an object",
                            valid.withClaim(
                                            "aud",
                                            JsonObject.builder()
                                                    .put("iss", server.issuer().value())
                                                    .build())
                                    .compact(),
                            "true",
                            valid.withClaim("aud", true).compact()),
                    JWT_AUDIENCE,
                    JWT_MALFORMED_CLAIM,
                    JWT_MISSING_CLAIM);
        }
    }

    /** The attacker runs an authorization server that honest clients use, too. */
    @Nested
    @DisplayName("rfc7523bis §7: what the attacker's metadata makes our client sign")
    class AttackersMetadata {

        private final Queue<String> received = new ConcurrentLinkedQueue<>();
        private HttpServer attacker;
        private Issuer attackersIssuer;

        @BeforeEach
        void listen() throws IOException {
            attacker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            attackersIssuer = AttackedServer.issuerAt(attacker.getAddress().getPort());
            attacker.createContext("/token", this::keep);
            attacker.start();
        }

        @AfterEach
        void close() {
            attacker.stop(0);
        }

        @Test
        @Requirement({"7523b-4-03", "7523b-7-01"})
        void our_server_refuses_what_our_client_sends_to_it_because_the_attackers_metadata_says_so() {
            metadata(attackersIssuer, server.issuer() + "/token");
            assertThat(request(attackersIssuer).failure())
                    .hasValueSatisfying(failure ->
                            assertThat(((Failure.Refused) failure).status()).isEqualTo(401));
            assertThat(request(server.issuer()).value()).isPresent();
        }

        @Test
        @Requirement({"7523b-4-03", "7523b-7-01"})
        void our_server_refuses_what_the_attacker_got_from_our_client() {
            metadata(attackersIssuer, attackersIssuer + "/token");
            request(attackersIssuer);
            assertThat(received).hasSize(1);
            TestJwt valid = server.assertion(Use.CLIENT_AUTHENTICATION);
            server.refuses(
                    Use.CLIENT_AUTHENTICATION,
                    valid,
                    Map.of("sent on by the attacker", received.remove()),
                    JWT_AUDIENCE);
        }

        @Test
        @Requirement("7523b-7-01")
        void our_client_signs_nothing_for_metadata_of_another_issuer() {
            metadata(server.issuer(), attackersIssuer + "/token");
            assertThat(request(attackersIssuer).failure()).containsInstanceOf(Failure.Unusable.class);
            assertThat(received).isEmpty();
        }

        private void metadata(Issuer issuer, String tokenEndpoint) {
            byte[] document = JsonObject.builder()
                    .put("issuer", issuer.value())
                    .put("token_endpoint", tokenEndpoint)
                    .put("jwks_uri", attackersIssuer + "/jwks")
                    .put("response_types_supported", List.of("code"))
                    .build()
                    .toBytes();
            attacker.createContext("/.well-known/oauth-authorization-server", exchange -> answer(exchange, document));
        }

        private void keep(HttpExchange exchange) throws IOException {
            FormParameters form = FormParameters.parse(exchange.getRequestBody().readAllBytes());
            received.add(form.require("client_assertion"));
            answer(exchange, "{\"error\":\"invalid_client\"}".getBytes(StandardCharsets.UTF_8));
        }

        private static void answer(HttpExchange exchange, byte[] json) throws IOException {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
            exchange.close();
        }

        private Outcome<IssuedToken> request(Issuer issuer) {
            return OAuthClient.builder(
                            issuer, ClientAuthentication.privateKeyJwt(AttackedServer.REPORTER, FixedKeys.client()))
                    .outbound(OutboundHttp.builder()
                            .allowHosts(Set.of("127.0.0.1"))
                            .build())
                    .build()
                    .token(TokenRequest.clientCredentials());
        }
    }
}
