package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.authorizationserver.event.ServerEvent;
import dev.signet.authorizationserver.registry.AgreedEncryption;
import dev.signet.authorizationserver.registry.RegisteredClient;
import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.introspection.IntrospectionJwt;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.outbound.OutboundHttp;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedIntrospectionTest {

    private static final String JWT = "application/token-introspection+jwt";
    private static final String JSON = "application/json";

    /** A resource server that registered how it wants answers. */
    private static final String SIGNED_API = "signed-api";

    private static final DecryptionKey RSA = decryptionKey(TestKeys.RSA, "RSA-OAEP-256");
    private static final DecryptionKey EC = decryptionKey(TestKeys.ATTACKER, "ECDH-ES");

    private final Fixture fixture = Fixture.standard()
            .and(Fixture.resourceServer(SIGNED_API, Fixture.ORDERS).introspectionSigningAlgorithm(JwsAlgorithm.ES256));

    private static DecryptionKey decryptionKey(SigningKey key, String algorithm) {
        return DecryptionKey.fromJwk(key.toPrivateJwk().toBuilder()
                .put("alg", algorithm)
                .put("use", "enc")
                .build());
    }

    private static JwkSet publicKeys(DecryptionKey... keys) {
        List<JsonObject> jwks = List.of(keys).stream().map(DecryptionKey::toJwk).toList();
        return JwkSet.fromJson(JsonObject.builder().put("keys", jwks).build(), CryptoProvider.jdk());
    }

    private static TestAnswer ask(Fixture server, String client, String token, String... accepted) {
        TestCall call = server.introspection(token).basic(client, Fixture.SECRET);
        for (String each : accepted) {
            call.header("Accept", each);
        }
        return call.send();
    }

    private TestAnswer ask(String client, String token, String... accepted) {
        return ask(fixture, client, token, accepted);
    }

    private static String body(TestAnswer answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(JWT);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return new String(answer.response().body(), StandardCharsets.US_ASCII);
    }

    private VerifiedJwt verified(String compact) {
        return verified(UnverifiedJwt.parse(compact));
    }

    private VerifiedJwt verified(UnverifiedJwt jwt) {
        return jwt.verify(fixture.server.signingKeys().published(), Set.of(JwsAlgorithm.ES256));
    }

    private JsonObject said(TestAnswer answer) {
        return verified(body(answer)).claims().requireObject("token_introspection");
    }

    private RefusalReason lastReason() {
        List<ServerEvent.RequestRefused> refused = fixture.events.of(ServerEvent.RequestRefused.class);
        return refused.get(refused.size() - 1).reason();
    }

    @Nested
    @DisplayName("RFC 9701 §4: which form is answered")
    class Form {

        @ParameterizedTest
        @CsvSource({
            "orders-api, '', application/json",
            "orders-api, */*, application/json",
            "orders-api, application/json, application/json",
            "orders-api, application/token-introspection+jwt, application/token-introspection+jwt",
            "orders-api, 'application/json;q=0.9, application/token-introspection+jwt', application/token-introspection+jwt",
            "orders-api, 'application/json, application/token-introspection+jwt;q=0.9', application/json",
            "orders-api, 'application/json, application/token-introspection+jwt', application/json",
            "orders-api, text/html, application/json",
            "signed-api, '', application/token-introspection+jwt",
            "signed-api, */*, application/token-introspection+jwt",
            "signed-api, application/json, application/json",
            "signed-api, application/token-introspection+jwt, application/token-introspection+jwt",
            "signed-api, 'application/json, application/token-introspection+jwt;q=0.9', application/json",
            "signed-api, 'application/json, application/token-introspection+jwt', application/token-introspection+jwt"
        })
        @Requirement({"9701-4-01", "D-26"})
        void is_what_is_preferred_and_else_what_was_registered(String client, String accept, String expected) {
            String[] accepted = accept.isEmpty() ? new String[0] : new String[] {accept};
            TestAnswer answer = ask(client, fixture.token(), accepted);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo(expected);
            assertThat((expected.equals(JSON) ? answer.json() : said(answer)).findBoolean("active"))
                    .hasValue(true);
        }

        @Test
        @Requirement({"9701-4-02", "D-26"})
        void of_an_error_is_always_plain_json() {
            String token = fixture.token();
            TestAnswer anonymous =
                    fixture.introspection(token).header("Accept", JWT).send().isInvalidClient();
            assertThat(anonymous.header("Content-Type")).isEqualTo(JSON);
            TestAnswer wrong = fixture.introspection(token)
                    .basic(SIGNED_API, Fixture.SECRET + "!")
                    .send()
                    .isInvalidClient();
            assertThat(wrong.header("Content-Type")).isEqualTo(JSON);
            TestAnswer incomplete = fixture.introspection(token)
                    .without("token")
                    .basic(SIGNED_API, Fixture.SECRET)
                    .send()
                    .isInvalidRequest();
            assertThat(incomplete.header("Content-Type")).isEqualTo(JSON);
            body(ask(SIGNED_API, token));
        }
    }

    @Nested
    @DisplayName("RFC 9701 §5: what the JWT says")
    class Content {

        @Test
        @Requirement({"9701-5-01", "9701-5-02", "9701-5-03", "9701-5-04", "FAPI2MS-5.5.1-01"})
        void is_who_asked_whom_when_and_in_one_object_what_plain_json_would_say() {
            String token = fixture.token();
            fixture.clock.advance(Duration.ofSeconds(7));
            VerifiedJwt jwt = verified(body(ask(SIGNED_API, token)));
            assertThat(jwt.type()).hasValue("token-introspection+jwt");
            assertThat(jwt.keyId()).hasValue(TestKeys.SERVER.keyId());
            JsonObject claims = jwt.claims();
            assertThat(claims.names()).containsExactlyInAnyOrder("iss", "aud", "iat", "token_introspection");
            assertThat(claims.findString("iss")).hasValue(Fixture.ISSUER.value());
            assertThat(claims.findString("aud")).hasValue(SIGNED_API);
            assertThat(claims.findLong("iat")).hasValue(Fixture.NOW.getEpochSecond() + 7);
            assertThat(claims.requireObject("token_introspection"))
                    .isEqualTo(ask(SIGNED_API, token, JSON).isActive());
            IntrospectionJwt.rules(Fixture.ISSUER, new ClientId(SIGNED_API), Duration.ZERO)
                    .check(jwt, fixture.clock.instant());
        }

        @Test
        @Requirement({"9701-5-03", "9701-5-06", "D-26", "7662-2.2-01"})
        void is_no_more_than_that_it_is_not_active_for_a_token_that_is_not() {
            String token = fixture.token();
            JsonObject inactive = JsonObject.parse("{\"active\":false}");
            assertThat(said(ask(SIGNED_API, "garbage"))).isEqualTo(inactive);
            assertThat(said(ask(Fixture.STOCK_API, token, JWT))).isEqualTo(inactive);
            assertThat(said(ask(Fixture.BATCH, token, JWT))).isEqualTo(inactive);
            assertThat(said(ask(SIGNED_API, token)).findBoolean("active")).hasValue(true);
            fixture.revoke(token);
            assertThat(said(ask(SIGNED_API, token))).isEqualTo(inactive);
        }

        @Test
        @Requirement({"9701-5-06", "7662-2.2-04"})
        void has_the_scopes_of_the_one_who_asks_alone() {
            String both = fixture.accessToken()
                    .claim("aud", List.of(Fixture.ORDERS, Fixture.STOCK))
                    .claim("scope", "orders.read stock.read")
                    .compact();
            assertThat(said(ask(SIGNED_API, both)).findString("scope")).hasValue("orders.read");
            assertThat(said(ask(Fixture.STOCK_API, both, JWT)).findString("scope"))
                    .hasValue("stock.read");
        }

        @Test
        @Requirement({"9701-8.1-01", "8725-3.12-01"})
        void makes_no_access_token_of_it() {
            String answer = body(ask(SIGNED_API, fixture.token()));
            ask(Fixture.ORDERS_API, answer).isInactive();
            fixture.introspect(fixture.accessToken()
                            .header("typ", "token-introspection+jwt")
                            .compact())
                    .isInactive();
        }

        @Test
        @Requirement("7523-3-16")
        void uses_up_the_assertion_of_the_client() {
            Fixture server = Fixture.standard()
                    .and(Fixture.keyClient("api", TestKeys.CLIENT)
                            .introspectionSigningAlgorithm(JwsAlgorithm.ES256)
                            .resourceServerFor(Set.of(new ResourceIndicator(Fixture.ORDERS))));
            String token = server.token();
            TestAssertion assertion = server.clientAssertion("api");
            body(server.introspection(token).assertion(assertion).send());
            server.introspection(token).assertion(assertion).send().isInvalidClient();
        }
    }

    @Nested
    @DisplayName("RFC 9701 §6: with which algorithm")
    class Algorithm {

        @Test
        @Requirement({"9701-6-01", "D-41"})
        void is_rs256_if_the_server_has_a_key_for_it_and_else_its_own_unless_one_was_registered() {
            Fixture several = Fixture.with(builder -> builder.signingKeys(new InMemoryServerKeyStore<>())
                            .resources(List.of(
                                    Fixture.orders().build(),
                                    Fixture.stock()
                                            .signingAlgorithm(JwsAlgorithm.RS256)
                                            .build())))
                    .and(Fixture.resourceServer(SIGNED_API, Fixture.ORDERS)
                            .introspectionSigningAlgorithm(JwsAlgorithm.ES256));
            assertThat(algorithm(several, Fixture.ORDERS_API)).isEqualTo(JwsAlgorithm.RS256);
            assertThat(algorithm(several, SIGNED_API)).isEqualTo(JwsAlgorithm.ES256);
            assertThat(algorithm(fixture, Fixture.ORDERS_API)).isEqualTo(JwsAlgorithm.ES256);
            assertThat(several.server.metadata().introspectionSigningAlgValuesSupported())
                    .containsExactly("ES256", "RS256");
        }

        private JwsAlgorithm algorithm(Fixture server, String client) {
            return UnverifiedJwt.parse(body(ask(server, client, "garbage", JWT)))
                    .verify(server.server.signingKeys().published(), Set.of(JwsAlgorithm.ES256, JwsAlgorithm.RS256))
                    .algorithm();
        }

        @Test
        @Requirement("9701-6-01")
        void is_never_another_than_the_one_that_was_registered() {
            fixture.and(
                    Fixture.resourceServer("ps-api", Fixture.ORDERS).introspectionSigningAlgorithm(JwsAlgorithm.PS256));
            String token = fixture.token();
            ask("ps-api", token).isRefused(500, "server_error");
            assertThat(lastReason()).isEqualTo(RefusalReason.INTROSPECTION_FORM_IMPOSSIBLE);
            ask("ps-api", token, JSON).isActive();
        }
    }

    @Nested
    @DisplayName("RFC 9701 §5: signed, then encrypted")
    class Encrypted {

        private RegisteredClient.Builder encrypted(AgreedEncryption encryption) {
            return Fixture.resourceServer("secret-api", Fixture.ORDERS).introspectionEncryption(encryption);
        }

        private JsonObject opened(TestAnswer answer, DecryptionKey key, String encryption) {
            UnverifiedJwt jwt =
                    EncryptedJwt.parse(body(answer)).decrypt(List.of(key), Set.of(key.algorithm()), Set.of(encryption));
            return verified(jwt).claims();
        }

        @ParameterizedTest
        @ValueSource(strings = {"A128CBC-HS256", "A256GCM"})
        @Requirement({"9701-5-05", "9701-6-01"})
        void goes_to_the_key_that_was_registered(String encryption) {
            fixture.and(
                    encrypted(new AgreedEncryption("RSA-OAEP-256", encryption)).jwks(publicKeys(EC, RSA)));
            String token = fixture.token();
            JsonObject claims = opened(ask("secret-api", token), RSA, encryption);
            assertThat(claims.findString("aud")).hasValue("secret-api");
            assertThat(claims.requireObject("token_introspection").findBoolean("active"))
                    .hasValue(true);
            JsonObject inactive = opened(ask("secret-api", "garbage"), RSA, encryption);
            assertThat(inactive.requireObject("token_introspection")).isEqualTo(JsonObject.parse("{\"active\":false}"));
        }

        @Test
        @Requirement("9701-5-05")
        void goes_to_the_key_at_the_address_that_was_registered() throws IOException {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/jwks", exchange -> {
                byte[] body = publicKeys(EC).toJson().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/jwk-set+json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            http.start();
            try {
                String host = "localhost:" + http.getAddress().getPort();
                Fixture server = Fixture.with(builder -> builder.outbound(
                                OutboundHttp.builder().allowHosts(Set.of(host)).build()))
                        .and(encrypted(new AgreedEncryption("ECDH-ES", "A256GCM"))
                                .jwksUri(URI.create("http://" + host + "/jwks")));
                JsonObject claims = opened(ask(server, "secret-api", server.token()), EC, "A256GCM");
                assertThat(claims.requireObject("token_introspection").findBoolean("active"))
                        .hasValue(true);
            } finally {
                http.stop(0);
            }
        }

        @Test
        @Requirement("9701-5-05")
        void is_not_sent_in_the_clear_where_the_key_can_not_be_had() {
            Fixture server = Fixture.with(builder -> builder.outbound(OutboundHttp.builder()
                            .allowHosts(Set.of("localhost:1"))
                            .build()))
                    .and(encrypted(new AgreedEncryption("ECDH-ES", "A256GCM"))
                            .jwksUri(URI.create("http://localhost:1/jwks")));
            ask(server, "secret-api", server.token()).isRefused(503, "temporarily_unavailable");
        }

        @Test
        @Requirement("9701-5-05")
        void is_not_sent_in_the_clear_where_the_address_of_the_key_is_out_of_reach() {
            for (String jwksUri : List.of("http://client.example.com/jwks", "https://10.0.0.1/jwks")) {
                Fixture server = Fixture.with(builder ->
                                builder.outbound(OutboundHttp.builder().build()))
                        .and(encrypted(new AgreedEncryption("ECDH-ES", "A256GCM"))
                                .jwksUri(URI.create(jwksUri)));
                ask(server, "secret-api", server.token()).isRefused(503, "temporarily_unavailable");
                assertThat(server.events.of(ServerEvent.RequestFailed.class))
                        .singleElement()
                        .satisfies(event -> assertThat(event.reason()).isEqualTo(RefusalReason.KEYS_UNAVAILABLE));
            }
        }
    }
}
