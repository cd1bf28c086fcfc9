package dev.signet.systemtests.attack;

import static dev.signet.core.error.RefusalReason.ASSERTION_ISSUER_UNTRUSTED;
import static dev.signet.core.error.RefusalReason.ASSERTION_SUBJECT_REFUSED;
import static dev.signet.core.error.RefusalReason.CLIENT_CREDENTIALS_MALFORMED;
import static dev.signet.core.error.RefusalReason.CLIENT_UNKNOWN;
import static dev.signet.core.error.RefusalReason.JWT_AUDIENCE;
import static dev.signet.core.error.RefusalReason.JWT_ISSUER;
import static dev.signet.core.error.RefusalReason.JWT_KEY_UNKNOWN;
import static dev.signet.core.error.RefusalReason.JWT_MISSING_CLAIM;
import static dev.signet.core.error.RefusalReason.JWT_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.core.ClientId;
import dev.signet.core.assertion.AssertionGrant;
import dev.signet.core.assertion.ClientAssertion;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.testkit.FixedKeys;
import dev.signet.testkit.Requirement;
import dev.signet.testkit.TestJwt;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cross-use: a JWT that was made for something else is no assertion, though the right key signed it. */
class CrossUseTest {

    /** Gets answers that are JWTs themselves (RFC 9701). */
    private static final String API = "orders-api";

    /** May exchange what it signs itself, with the key it authenticates with. */
    private static final ClientId AGENT = new ClientId("agent");

    private static AttackedServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = AttackedServer.start(
                folder,
                "  - {client_id: %s, token_endpoint_auth_method: client_secret_post, client_secret: \"%s\", resource_server_for: [\"%s\"], introspection_signed_response_alg: ES256}\n"
                                .formatted(API, AttackedServer.SECRET, AttackedServer.RESOURCE)
                        + "  - {client_id: %s, token_endpoint_auth_method: private_key_jwt, grant_types: [client_credentials, \"%s\"], scope: orders.read, self_issued_assertions: {subjects: [\"repo:acme/*\"]}, jwks: {keys: [%s]}}\n"
                                .formatted(
                                        AGENT,
                                        AssertionGrant.GRANT_TYPE,
                                        AttackedServer.publicJwk(FixedKeys.client())));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> introspect(String token) {
        HttpResponse<String> response = server.post(
                "/introspect", List.of("token", token, "client_id", API, "client_secret", AttackedServer.SECRET));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    /** Claims as each kind of JWT has them, but by the sender and about it, and meant for this server where it can be. */
    private static Map<String, TestJwt> kinds(TestJwt valid) {
        TestJwt common = valid.withoutHeader("typ");
        String sender = valid.claims().requireString("iss");
        Map<String, TestJwt> kinds = new LinkedHashMap<>();
        kinds.put(
                "at+jwt",
                common.withAudience(AttackedServer.RESOURCE)
                        .withClaim("client_id", AttackedServer.REPORTER.value())
                        .withClaim("scope", "orders.read"));
        kinds.put(
                "JWT",
                common.withAudience(AttackedServer.REPORTER.value())
                        .withClaim("nonce", "n-0S6_WzA2Mj")
                        .withClaim("auth_time", 1_800_000_000));
        kinds.put(
                "oauth-authz-req+jwt",
                common.withoutClaim("sub")
                        .withClaim("client_id", sender)
                        .withClaim("response_type", "code")
                        .withClaim("redirect_uri", "https://client.example.com/cb"));
        kinds.put(
                "dpop+jwt",
                common.withHeader("jwk", FixedKeys.client().verificationKey().toJwk())
                        .withoutClaim("iss")
                        .withoutClaim("sub")
                        .withoutClaim("aud")
                        .withoutClaim("exp")
                        .withClaim("htm", "POST")
                        .withClaim("htu", server.issuer() + "/token"));
        kinds.put(
                "token-introspection+jwt",
                common.withoutClaim("sub")
                        .withoutClaim("exp")
                        .withAudience(AttackedServer.RESOURCE)
                        .withClaim(
                                "token_introspection",
                                JsonObject.builder().put("active", true).build()));
        kinds.put(
                "logout+jwt",
                common.withAudience(AttackedServer.REPORTER.value())
                        .withClaim(
                                "events",
                                JsonObject.builder()
                                        .put("http://schemas.openid.net/event/backchannel-logout", JsonObject.empty())
                                        .build()));
        return kinds;
    }

    @Nested
    @DisplayName("RFC 8725 §3.11, §3.12: JWTs of other kinds")
    class OtherKinds {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.12-01", "7523b-4-10", "8725-3.11-01", "8725b-3.11-05"})
        void are_refused_for_their_type_even_with_the_claims_of_an_assertion(Use use) {
            TestJwt valid = server.assertion(use);
            Map<String, String> changed = new HashMap<>();
            kinds(valid).keySet().stream().filter(type -> !type.equals("JWT")).forEach(type -> {
                changed.put(type, valid.withType(type).compact());
                changed.put(
                        "application/" + type,
                        valid.withType("application/" + type).compact());
                changed.put(
                        "in capitals, " + type,
                        valid.withType(type.toUpperCase(Locale.ROOT)).compact());
            });
            List.of("secevent+jwt", "id_token+jwt", "JOSE", "", "JWT ", "at+jwt, JWT")
                    .forEach(type -> changed.put(
                            "typ '" + type + "'", valid.withType(type).compact()));
            server.refuses(use, valid, changed, JWT_TYPE, RefusalReason.JWT_MALFORMED);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.12-02", "8725-3.12-01"})
        void are_refused_for_their_claims_even_without_a_type(Use use) {
            TestJwt valid = server.assertion(use);
            Map<String, String> changed = new HashMap<>();
            kinds(valid).forEach((type, jwt) -> changed.put(type, jwt.compact()));
            server.refuses(
                    use,
                    valid,
                    changed,
                    JWT_AUDIENCE,
                    JWT_MISSING_CLAIM,
                    ASSERTION_ISSUER_UNTRUSTED,
                    CLIENT_CREDENTIALS_MALFORMED);
        }

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.12-01", "7523-3.2-02", "7523-3-04"})
        void are_refused_as_the_server_itself_made_them(Use use) {
            String accessToken = accessToken();
            TestJwt valid = server.assertion(use);
            server.refuses(
                    use,
                    valid,
                    Map.of("an access token", accessToken, "an introspection response", introspected(accessToken)),
                    ASSERTION_ISSUER_UNTRUSTED,
                    JWT_KEY_UNKNOWN,
                    JWT_ISSUER,
                    CLIENT_CREDENTIALS_MALFORMED);
        }

        private static String accessToken() {
            HttpResponse<String> response = server.send(
                    Use.CLIENT_AUTHENTICATION,
                    server.assertion(Use.CLIENT_AUTHENTICATION).compact());
            return JsonObject.parse(response.body()).requireString("access_token");
        }

        private static String introspected(String token) {
            HttpResponse<String> response = introspect(token);
            assertThat(response.body()).startsWith("eyJ");
            return response.body();
        }
    }

    @Nested
    @DisplayName("RFC 7523 §3.1: client authentication and grant")
    class OfEachOther {

        @Test
        @Requirement({"7523-3.1-04", "7521-6.2-01"})
        void are_not_interchangeable() {
            TestJwt client = server.assertion(Use.CLIENT_AUTHENTICATION);
            TestJwt grant = server.assertion(Use.GRANT);
            server.refuses(
                    Use.GRANT,
                    grant,
                    Map.of(
                            "a client's authentication",
                            client.compact(),
                            "without its type",
                            client.withoutHeader("typ").compact(),
                            "about the issuer's subject",
                            client.withoutHeader("typ")
                                    .withSubject(AttackedServer.SUBJECT)
                                    .compact()),
                    ASSERTION_ISSUER_UNTRUSTED,
                    JWT_TYPE);
            server.refuses(
                    Use.CLIENT_AUTHENTICATION,
                    client,
                    Map.of(
                            "an issuer's assertion",
                            grant.compact(),
                            "with the type of the other",
                            grant.withType(ClientAssertion.TYPE).compact(),
                            "about a client",
                            grant.withSubject(AttackedServer.REPORTER.value()).compact(),
                            "by and about a client",
                            grant.withSubject(AttackedServer.REPORTER.value())
                                    .withIssuer(AttackedServer.REPORTER.value())
                                    .compact()),
                    CLIENT_UNKNOWN,
                    JWT_ISSUER,
                    JWT_KEY_UNKNOWN);
        }

        @Test
        @Requirement({"7523-3.1-04", "7521-6.3-02"})
        void an_issuer_can_not_speak_for_a_client() {
            TestJwt valid = server.assertion(Use.GRANT);
            server.refuses(
                    Use.GRANT,
                    valid,
                    Map.of(
                            "a client as subject",
                            valid.withSubject(AttackedServer.REPORTER.value()).compact()),
                    ASSERTION_SUBJECT_REFUSED);
        }

        @Test
        @Requirement({"7523-3.1-04", "7523-3-17"})
        void one_jwt_in_both_places_gives_nothing_and_stays_good_in_its_own() {
            TestJwt client = server.assertion(Use.CLIENT_AUTHENTICATION);
            List<String> both = new ArrayList<>(List.of(
                    "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", client.compact()));
            both.addAll(Use.CLIENT_AUTHENTICATION.form(client.compact()).subList(2, 6));
            HttpResponse<String> response = server.post("/token", both);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            AttackedServer.assertIssued(server.send(Use.CLIENT_AUTHENTICATION, client.compact()));
        }
    }

    /** One key signs for both uses, so that nothing but the use itself is between them. */
    @Nested
    @DisplayName("RFC 7523 §3.1: client authentication and grant by one client")
    class OfOneClient {

        @Test
        @Requirement({"7523-3.1-04", "7523-3-16"})
        void are_one_use_of_a_jwt_whichever_comes_first() {
            TestJwt authenticated = signed();
            AttackedServer.assertIssued(server.send(Use.CLIENT_AUTHENTICATION, authenticated.compact()));
            assertReplayed(Use.GRANT, exchange(authenticated, signed()));

            TestJwt exchanged = signed();
            AttackedServer.assertIssued(exchange(exchanged, signed()));
            assertReplayed(Use.CLIENT_AUTHENTICATION, server.send(Use.CLIENT_AUTHENTICATION, exchanged.compact()));
        }

        @Test
        @Requirement("7523-3.1-04")
        void are_not_both_served_by_one_jwt_in_one_request() {
            TestJwt jwt = signed();
            HttpResponse<String> response = exchange(jwt, jwt);
            assertThat(response.statusCode()).as(response.body()).isBetween(400, 401);
            assertThat(response.body()).doesNotContain("access_token");
            AttackedServer.assertIssued(exchange(signed(), signed()));
        }

        @Test
        @Requirement({"7523-3.1-04", "8725-3.12-01"})
        void are_told_apart_by_the_type_where_there_is_one() {
            TestJwt jwt = signed();
            HttpResponse<String> response = exchange(jwt.withType(ClientAssertion.TYPE), signed());
            AttackedServer.assertRefused(Use.GRANT, "the type of client authentication", response);
            assertThat(server.reasonOf(response)).isEqualTo(JWT_TYPE);
            AttackedServer.assertIssued(exchange(jwt, signed()));
        }

        private static void assertReplayed(Use use, HttpResponse<String> response) {
            AttackedServer.assertRefused(use, "in the other use", response);
            assertThat(server.reasonOf(response)).isEqualTo(RefusalReason.ASSERTION_REPLAYED);
        }

        /** Good for either use. */
        private static TestJwt signed() {
            return server.clientAssertion(AGENT, FixedKeys.client()).withoutHeader("typ");
        }

        private static HttpResponse<String> exchange(TestJwt assertion, TestJwt authentication) {
            List<String> form =
                    new ArrayList<>(List.of("grant_type", AssertionGrant.GRANT_TYPE, "assertion", assertion.compact()));
            form.addAll(Use.CLIENT_AUTHENTICATION.form(authentication.compact()).subList(2, 6));
            return server.post("/token", form);
        }
    }

    @Nested
    @DisplayName("RFC 9068 §5: an assertion as an access token")
    class AsAccessToken {

        @ParameterizedTest
        @EnumSource(Use.class)
        @Requirement({"8725-3.12-01", "7662-2.2-01"})
        void is_no_active_token_whatever_its_type(Use use) {
            TestJwt valid = server.assertion(use);
            for (TestJwt token :
                    List.of(valid, valid.withType("at+jwt"), valid.withAudience(AttackedServer.RESOURCE))) {
                String claims = introspect(token.compact()).body().split("\\.", -1)[1];
                assertThat(JsonObject.parse(Base64.getUrlDecoder().decode(claims))
                                .requireObject("token_introspection")
                                .toJson())
                        .isEqualTo("{\"active\":false}");
            }
            AttackedServer.assertIssued(server.send(use, valid.compact()));
        }
    }
}
