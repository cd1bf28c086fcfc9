package dev.signet.client.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.signet.client.Failure;
import dev.signet.client.LocalAuthorizationServer;
import dev.signet.client.OAuthClient;
import dev.signet.client.Outcome;
import dev.signet.client.Problem;
import dev.signet.client.RequestProtection;
import dev.signet.core.ClientId;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.authorization.RedirectUri;
import dev.signet.core.authorization.ResponseMode;
import dev.signet.core.clientauth.ClientAuthentication;
import dev.signet.core.http.FormParameters;
import dev.signet.core.requestobject.RequestObject;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SignerKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9101, on the client's side. */
class RequestObjectTest {

    private static final RedirectUri REDIRECT_URI = new RedirectUri("https://shop.example.com/callback");
    private static final ResourceIndicator ORDERS = new ResourceIndicator("https://api.example.com/orders");
    private static final ResourceIndicator STOCK = new ResourceIndicator("https://api.example.com/stock");
    private static final SigningKey KEY = key(JwsAlgorithm.ES256);
    private static final SigningKey AUTHENTICATION_KEY = key(JwsAlgorithm.ES256);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final LocalAuthorizationServer server = new LocalAuthorizationServer();
    private final Map<String, String> hosted = new HashMap<>();

    RequestObjectTest() {
        says("request_parameter_supported", true);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static SigningKey key(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    private void says(String member, Object value) {
        server.publish(server.metadata().toBuilder().put(member, value).build());
    }

    private OAuthClient client() {
        return OAuthClient.builder(
                        server.issuer(), ClientAuthentication.privateKeyJwt(new ClientId("shop"), AUTHENTICATION_KEY))
                .outbound(server.outbound())
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build();
    }

    private AuthorizationRequest.Builder unsigned() {
        return AuthorizationRequest.builder(client(), REDIRECT_URI).scope(Scope.of("openid", "orders.read"));
    }

    private AuthorizationRequest.Builder signed() {
        return unsigned().signed(KEY);
    }

    private URI host(String name, String requestObject) {
        hosted.put(name, requestObject);
        return URI.create("https://shop.example.com/requests/" + name);
    }

    private static FormParameters query(BegunAuthorization begun) {
        return FormParameters.parse(begun.uri().getRawQuery());
    }

    private static FormParameters begin(AuthorizationRequest.Builder request) throws Exception {
        return query(request.build().begin().require());
    }

    private static VerifiedJwt verified(String jwt, SigningKey key) {
        return UnverifiedJwt.parse(jwt).verify(JwkSet.of(List.of(key.verificationKey())), Set.of(key.algorithm()));
    }

    private static JsonObject claims(String jwt) {
        return verified(jwt, KEY).claims();
    }

    private static void assertProblem(AuthorizationRequest.Builder request, Problem problem, String detail) {
        assertThat(request.build().begin().failure())
                .hasValueSatisfying(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(Failure.Unusable.class, unusable -> {
                            assertThat(unusable.problem()).isEqualTo(problem);
                            assertThat(unusable.detail()).contains(detail);
                        }));
    }

    @Nested
    class Rfc_9101_4_the_object {

        @Test
        @Requirement({"9101-4-01", "9101-4-03", "9101-4-04", "9101-4-05", "9101-4-13", "9101-11-01"})
        void holds_all_parameters_in_their_types_and_nothing_else() throws Exception {
            JsonObject claims = JsonObject.parse("{\"userinfo\":{\"name\":{\"essential\":true}}}");
            BegunAuthorization begun = signed().resource(ORDERS)
                    .resource(STOCK)
                    .responseMode(ResponseMode.FORM_POST)
                    .maxAge(Duration.ofMinutes(5))
                    .claims(claims)
                    .parameter("dpop_jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")
                    .parameter("login_hint", "ünder&over")
                    .build()
                    .begin()
                    .require();

            FormParameters query = query(begun);
            assertThat(query.names()).containsExactly("client_id", "request");
            assertThat(query.require("client_id")).isEqualTo("shop");
            JsonObject inside = claims(query.require("request"));
            assertThat(inside.toBuilder().remove("jti").build())
                    .isEqualTo(JsonObject.builder()
                            .put("response_type", "code")
                            .put("client_id", "shop")
                            .put("redirect_uri", REDIRECT_URI.value())
                            .put("scope", "openid orders.read")
                            .put("resource", List.of(ORDERS.value(), STOCK.value()))
                            .put("response_mode", "form_post")
                            .put("state", begun.pending().state())
                            .put("nonce", begun.pending().nonce().orElseThrow())
                            .put("code_challenge", begun.pending().challenge().value())
                            .put("code_challenge_method", "S256")
                            .put("max_age", 300)
                            .put("claims", claims)
                            .put("dpop_jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")
                            .put("login_hint", "ünder&over")
                            .put("iss", "shop")
                            .put("aud", server.issuer().value())
                            .put("iat", NOW.getEpochSecond())
                            .put("nbf", NOW.getEpochSecond())
                            .put("exp", NOW.getEpochSecond() + 300)
                            .build());
        }

        @Test
        void has_one_resource_as_a_string() throws Exception {
            String object = begin(signed().resource(ORDERS)).require("request");
            assertThat(claims(object).findString("resource")).hasValue(ORDERS.value());
        }

        @Test
        @Requirement({"9101-4-08", "9101-10.8-01", "9101-10.8-03", "D-14", "D-19", "D-20"})
        void is_typed_and_from_the_client_and_for_the_server_and_about_nobody() throws Exception {
            VerifiedJwt jwt = verified(begin(signed()).require("request"), KEY);

            assertThat(jwt.header().requireString("typ")).isEqualTo("oauth-authz-req+jwt");
            assertThat(jwt.claims().names()).doesNotContain("sub", "request", "request_uri");
            RequestObject.rules(
                            new ClientId("shop"),
                            server.issuer(),
                            new RequestObject.Options(true, true, false, Duration.ZERO))
                    .check(jwt, NOW);
        }

        @Test
        void is_new_each_time() throws Exception {
            AuthorizationRequest request = signed().build();
            Set<String> identifiers = new HashSet<>();
            for (int count = 0; count < 20; count++) {
                JsonObject inside = claims(query(request.begin().require()).require("request"));
                identifiers.add(inside.requireString("jti"));
                identifiers.add(inside.requireString("state"));
            }
            assertThat(identifiers).hasSize(40);
        }

        @ParameterizedTest
        @EnumSource(
                value = JwsAlgorithm.class,
                names = {"ES256", "PS256", "RS256", "Ed25519", "EdDSA"})
        @Requirement({"9101-4-07", "9101-10.1-01", "9101-10.5-06", "D-16"})
        void is_always_signed(JwsAlgorithm algorithm) throws Exception {
            SigningKey key = key(algorithm);
            VerifiedJwt jwt = verified(begin(unsigned().signed(key)).require("request"), key);
            assertThat(jwt.header().requireString("alg")).isEqualTo(algorithm.joseName());
        }

        @Test
        @Requirement({"9101-4-07", "9101-5-02", "D-16"})
        void is_not_made_without_a_key_of_the_clients_own() {
            SignerKey secret = MacKey.ofSecret("s3cret-of-32-octets-and-a-few-more", JwsAlgorithm.HS256);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> unsigned().signed(secret).build())
                    .withMessageContaining("shared secret");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> unsigned()
                            .encrypted()
                            .hosted(RequestObjectTest.this::host)
                            .pushed()
                            .build())
                    .withMessageContaining("what is encrypted has to be signed")
                    .withMessageContaining("what is hosted, repeated or names endpoints has to be signed")
                    .withMessageContaining("either hosted or pushed");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> unsigned().repeatedOutside().build());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> unsigned().namingEndpoints().build());
        }

        @Test
        @Requirement("9101-10.8-05")
        void may_have_a_key_that_authenticates_nobody() throws Exception {
            FormParameters query = begin(signed().pushed());
            assertThat(query.names()).containsExactly("client_id", "request_uri");
            String object = server.last().parameter("request");
            String assertion = server.last().parameter("client_assertion");
            assertThat(UnverifiedJwt.parse(object).keyId()).hasValue(KEY.keyId());
            assertThat(verified(assertion, AUTHENTICATION_KEY).claims().requireString("sub"))
                    .isEqualTo("shop");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "iss",
                    "sub",
                    "aud",
                    "exp",
                    "nbf",
                    "iat",
                    "jti",
                    "request",
                    "request_uri",
                    "max_age",
                    "claims"
                })
        @Requirement({"9101-4-13", "9101-5-02", "9101-10.8-01", "D-19"})
        void says_nothing_in_the_place_of_the_library(String name) {
            assertThat(signed().parameter("prompt", "login").build()).isNotNull();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signed().parameter(name, "s3cret").build())
                    .withMessageContaining("parameter " + name + " is not one to be added")
                    .withMessageNotContaining("s3cret");
        }

        @Test
        void refuses_a_negative_age() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signed().maxAge(Duration.ofSeconds(-1)).build())
                    .withMessageContaining("max_age must not be negative");
        }
    }

    @Nested
    class Rfc_9101_4_encryption {

        private static DecryptionKey ofServer(JwsAlgorithm kind, String algorithm) {
            return DecryptionKey.fromJwk(key(kind).toPrivateJwk().toBuilder()
                    .put("alg", algorithm)
                    .put("use", "enc")
                    .build());
        }

        private DecryptionKey published(JwsAlgorithm kind, String algorithm) {
            DecryptionKey key = ofServer(kind, algorithm);
            server.publishKeys(
                    JsonObject.builder().put("keys", List.of(key.toJwk())).build());
            return key;
        }

        private static void assertReadable(String sent, DecryptionKey key, String encryption) {
            VerifiedJwt inside = EncryptedJwt.parse(sent)
                    .decrypt(List.of(key), Set.of(key.algorithm()), Set.of(encryption))
                    .verify(JwkSet.of(List.of(KEY.verificationKey())), Set.of(KEY.algorithm()));
            assertThat(inside.claims().requireString("redirect_uri")).isEqualTo(REDIRECT_URI.value());
            assertThat(inside.header().requireString("typ")).isEqualTo(RequestObject.TYPE);
        }

        @ParameterizedTest
        @CsvSource({
            "ES256,ECDH-ES,A128GCM",
            "ES256,ECDH-ES+A128KW,A256GCM",
            "ES256,ECDH-ES+A256KW,A128CBC-HS256",
            "RS256,RSA-OAEP-256,A256CBC-HS512"
        })
        @Requirement("9101-4-10")
        void is_that_which_the_client_is_registered_for(JwsAlgorithm kind, String algorithm, String contents)
                throws Exception {
            DecryptionKey key = published(kind, algorithm);
            String sent = begin(signed().encrypted(algorithm, contents)).require("request");
            assertReadable(sent, key, contents);
        }

        @Test
        void is_the_best_that_the_server_takes() throws Exception {
            DecryptionKey key = published(JwsAlgorithm.RS256, "RSA-OAEP-256");
            assertReadable(begin(signed().encrypted()).require("request"), key, "A256GCM");

            says("request_object_encryption_alg_values_supported", List.of("RSA-OAEP", "RSA-OAEP-256"));
            says("request_object_encryption_enc_values_supported", List.of("A128CBC-HS256", "A128GCM"));
            assertReadable(begin(signed().encrypted()).require("request"), key, "A128GCM");
        }

        @Test
        void is_none_that_the_server_does_not_take() {
            published(JwsAlgorithm.ES256, "ECDH-ES");
            says("request_object_encryption_alg_values_supported", List.of("RSA-OAEP-256"));
            says("request_object_encryption_enc_values_supported", List.of("A128GCM"));

            assertProblem(
                    signed().encrypted("ECDH-ES", "A128GCM"),
                    Problem.REQUEST_OBJECT_ALGORITHM,
                    "no request objects encrypted by ECDH-ES");
            assertProblem(
                    signed().encrypted("RSA-OAEP-256", "A256GCM"),
                    Problem.REQUEST_OBJECT_ALGORITHM,
                    "no request objects encrypted by A256GCM");
        }

        @Test
        void is_never_left_out_for_want_of_a_key() {
            server.publishKeys(JsonObject.builder()
                    .put("keys", List.of(KEY.verificationKey().toJwk()))
                    .build());
            assertProblem(signed().encrypted(), Problem.NO_ENCRYPTION_KEY, "publishes no key");
        }

        @Test
        void is_pushed_as_well() throws Exception {
            DecryptionKey key = published(JwsAlgorithm.ES256, "ECDH-ES");
            assertThat(begin(signed().encrypted().pushed()).names()).containsExactly("client_id", "request_uri");
            assertReadable(server.last().parameter("request"), key, "A256GCM");
        }

        @Test
        void is_of_algorithms_there_are() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signed().encrypted("RSA1_5", "A128GCM").build())
                    .withMessageContaining("algorithms must be of");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signed().encrypted("ECDH-ES", "none").build())
                    .withMessageContaining("contents must be of");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RequestProtection(KEY, List.of("ECDH-ES"), List.of()))
                    .withMessageContaining("belong together");
        }
    }

    @Nested
    class Rfc_9101_5_the_request {

        @Test
        @Requirement({"9101-5-02", "9101-5-06", "D-15"})
        void has_nothing_else_outside_unless_that_is_asked_for() throws Exception {
            assertThat(begin(signed()).names()).containsExactly("client_id", "request");

            FormParameters repeated = begin(signed().repeatedOutside());
            assertThat(repeated.names()).containsExactlyInAnyOrder("client_id", "response_type", "scope", "request");
            assertThat(repeated.require("response_type")).isEqualTo("code");
            assertThat(repeated.require("scope")).isEqualTo("openid orders.read");
            assertThat(claims(repeated.require("request")).requireString("scope"))
                    .isEqualTo("openid orders.read");
        }

        @Test
        void repeats_nothing_beside_what_is_pushed() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> signed().repeatedOutside().pushed().build())
                    .withMessageContaining("nothing is repeated beside what is pushed");
        }

        @Test
        @Requirement("9101-10.3-01")
        void says_where_its_outcome_is_used_if_that_is_asked_for() throws Exception {
            assertThat(claims(begin(signed()).require("request")).names())
                    .doesNotContain("authorization_endpoint", "token_endpoint", "protected_resources");

            JsonObject naming =
                    claims(begin(signed().resource(ORDERS).resource(STOCK).namingEndpoints())
                            .require("request"));
            assertThat(naming.requireString("authorization_endpoint")).isEqualTo(server.issuer() + "/authorize");
            assertThat(naming.requireString("token_endpoint")).isEqualTo(server.issuer() + "/token");
            assertThat(naming.findStrings("protected_resources")).hasValue(List.of(ORDERS.value(), STOCK.value()));
            assertThat(claims(begin(signed().namingEndpoints()).require("request"))
                            .has("protected_resources"))
                    .isFalse();
        }
    }

    @Nested
    class Rfc_9101_5_2_hosted {

        @Test
        @Requirement({"9101-5.2.1-01", "9101-5-02"})
        void is_fetched_by_a_name_that_nobody_guesses() throws Exception {
            AuthorizationRequest request =
                    signed().hosted(RequestObjectTest.this::host).build();
            for (int count = 0; count < 20; count++) {
                FormParameters query = query(request.begin().require());
                assertThat(query.names()).containsExactly("client_id", "request_uri");
                String uri = query.require("request_uri");
                String name = uri.substring(uri.lastIndexOf('/') + 1);
                assertThat(name).hasSize(43).matches("[A-Za-z0-9_-]+");
                assertThat(claims(hosted.get(name)).requireString("client_id")).isEqualTo("shop");
            }
            assertThat(hosted).hasSize(20);
        }

        private void assertNotSent(RequestObjectHost host, String because) {
            assertThat(signed().hosted(host).build().begin().failure())
                    .hasValueSatisfying(failure -> assertThat(failure)
                            .isInstanceOfSatisfying(
                                    Failure.NotSent.class,
                                    unsent -> assertThat(unsent.cause()).hasMessageContaining(because)));
        }

        private static RequestObjectHost filledUpTo(int length) {
            return (name, object) -> {
                String uri = "https://shop.example.com/" + name + "/";
                return URI.create(uri + "x".repeat(length - uri.length()));
            };
        }

        @Test
        @Requirement("9101-5.2-01")
        void has_at_most_512_ascii_characters() throws Exception {
            assertThat(begin(signed().hosted(filledUpTo(512))).require("request_uri"))
                    .hasSize(512);
            assertNotSent(filledUpTo(513), "more than 512 characters");
            assertNotSent((name, object) -> URI.create("https://shop.example.com/ü/" + name), "those of ASCII");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://shop.example.com/",
                    "http://localhost/",
                    "file:///requests/",
                    "https:requests/",
                    "https://me@shop.example.com/",
                    "/requests/"
                })
        @Requirement("9101-5.2-03")
        void is_at_an_https_address(String base) {
            assertNotSent((name, object) -> URI.create(base + name), "no https URI");
        }

        @Test
        @Requirement("9101-5.2.1-01")
        void is_at_the_same_address_only_where_addresses_are_registered() throws Exception {
            RequestObjectHost fixed = (name, object) -> URI.create("https://shop.example.com/request");
            assertNotSent(fixed, "does not hold the name");
            assertNotSent(
                    (name, object) -> URI.create("https://shop.example.com/request#" + name), "does not hold the name");

            says("require_request_uri_registration", true);
            assertThat(begin(signed().hosted(fixed)).require("request_uri"))
                    .isEqualTo("https://shop.example.com/request");
        }

        @Test
        void is_not_begun_where_it_is_not_fetched() {
            says("request_uri_parameter_supported", false);
            assertProblem(
                    signed().hosted(RequestObjectTest.this::host),
                    Problem.REQUEST_OBJECT,
                    "no request objects that are hosted");
            assertThat(hosted).isEmpty();
        }

        @Test
        void says_what_the_host_threw() {
            assertNotSent(
                    (name, object) -> {
                        throw new IllegalStateException("disk full");
                    },
                    "disk full");
        }
    }

    @Nested
    class Rfc_9126_pushed {

        @Test
        @Requirement({"9126-4-01", "9126-2-05", "9126-2.1-02"})
        void leaves_nothing_to_the_address_but_what_stands_for_it() throws Exception {
            BegunAuthorization begun = unsigned()
                    .resource(ORDERS)
                    .resource(STOCK)
                    .maxAge(Duration.ZERO)
                    .claims(JsonObject.parse("{\"id_token\":{}}"))
                    .pushed()
                    .build()
                    .begin()
                    .require();

            FormParameters query = query(begun);
            assertThat(query.names()).containsExactly("client_id", "request_uri");
            assertThat(query.require("client_id")).isEqualTo("shop");
            assertThat(query.require("request_uri")).isEqualTo("urn:example:1");
            assertThat(begun.expiresAt()).hasValue(NOW.plusSeconds(60));
            FormParameters pushed = server.last().form();
            assertThat(server.last().target()).isEqualTo("/par");
            assertThat(pushed.require("client_id")).isEqualTo("shop");
            assertThat(pushed.require("redirect_uri")).isEqualTo(REDIRECT_URI.value());
            assertThat(pushed.require("state")).isEqualTo(begun.pending().state());
            assertThat(pushed.require("code_challenge"))
                    .isEqualTo(begun.pending().challenge().value());
            assertThat(pushed.all("resource")).containsExactly(ORDERS.value(), STOCK.value());
            assertThat(pushed.require("max_age")).isEqualTo("0");
            assertThat(pushed.require("claims")).isEqualTo("{\"id_token\":{}}");
            assertThat(pushed.names()).doesNotContain("request_uri", "request").contains("client_assertion");
        }

        @Test
        @Requirement({"9101-4-01", "9126-2.1-02"})
        void takes_a_request_object_alone() throws Exception {
            assertThat(begin(signed().pushed()).require("request_uri")).isEqualTo("urn:example:1");
            assertThat(server.last().form().names())
                    .containsExactlyInAnyOrder("client_id", "request", "client_assertion", "client_assertion_type");
            assertThat(claims(server.last().parameter("request")).requireString("redirect_uri"))
                    .isEqualTo(REDIRECT_URI.value());
        }

        @Test
        @Requirement("9126-2-05")
        void is_pushed_anew_each_time() throws Exception {
            AuthorizationRequest request = unsigned().pushed().build();
            server.next(201, "{\"request_uri\":\"urn:example:first\",\"expires_in\":1}");
            server.next(201, "{\"request_uri\":\"urn:example:second\",\"expires_in\":1}");

            assertThat(query(request.begin().require()).require("request_uri")).isEqualTo("urn:example:first");
            assertThat(query(request.begin().require()).require("request_uri")).isEqualTo("urn:example:second");
            assertThat(server.asked()).hasSize(2);
            assertThat(server.asked().get(0).parameter("state"))
                    .isNotEqualTo(server.asked().get(1).parameter("state"));
        }

        @Test
        @Requirement("9126-2-05")
        void is_what_a_server_gets_that_demands_it() throws Exception {
            assertThat(begin(unsigned()).names()).doesNotContain("request_uri");
            assertThat(unsigned().build().begin().require().expiresAt()).isEmpty();
            assertThat(server.asked()).isEmpty();

            says("require_pushed_authorization_requests", true);
            for (AuthorizationRequest.Builder request : List.of(
                    unsigned(), signed(), signed().repeatedOutside(), signed().hosted(RequestObjectTest.this::host))) {
                assertThat(begin(request).names()).containsExactly("client_id", "request_uri");
            }
            assertThat(server.asked())
                    .extracting(asked -> asked.form().names().contains("request"))
                    .containsExactly(false, true, true, true);
            assertThat(hosted).isEmpty();
        }

        @Test
        void says_what_the_server_does_not_take() {
            server.next(400, "{\"error\":\"invalid_request_object\",\"error_description\":\"no such key\"}");
            assertThat(signed().pushed().build().begin().failure()).hasValueSatisfying(failure -> {
                assertThat(failure.code()).hasValue("invalid_request_object");
                assertThat(failure.advice()).contains("public half");
            });
        }

        @Test
        void is_not_possible_without_an_endpoint() {
            server.publish(server.metadata().toBuilder()
                    .remove("pushed_authorization_request_endpoint")
                    .build());
            assertProblem(unsigned().pushed(), Problem.NO_ENDPOINT, "names no pushed_authorization_request_endpoint");
        }

        @Test
        void does_not_make_anybody_wait() {
            CompletableFuture<Outcome<BegunAuthorization>> begun =
                    signed().pushed().build().beginAsync();
            assertThat(begun)
                    .succeedsWithin(TEN_SECONDS)
                    .satisfies(outcome -> assertThat(query(outcome.require()).require("request_uri"))
                            .isEqualTo("urn:example:1"));
        }
    }

    @Nested
    class What_the_metadata_says {

        @Test
        @Requirement("9101-10.5-05")
        void is_that_signatures_are_no_duty_where_it_says_nothing() throws Exception {
            assertThat(begin(unsigned()).names()).contains("redirect_uri");
            says("require_signed_request_object", true);
            assertProblem(unsigned(), Problem.REQUEST_UNSIGNED, "signed authorization requests only");
            assertProblem(unsigned().pushed(), Problem.REQUEST_UNSIGNED, "signed authorization requests only");
            assertThat(begin(signed()).names()).containsExactly("client_id", "request");
            assertThat(server.asked()).isEmpty();
        }

        @Test
        void is_whether_request_objects_are_taken_at_all() throws Exception {
            assertThat(begin(signed()).names()).contains("request");
            says("request_parameter_supported", false);
            assertProblem(signed(), Problem.REQUEST_OBJECT, "does not say that request objects are taken");
            assertProblem(signed().pushed(), Problem.REQUEST_OBJECT, "does not say that request objects are taken");
            assertThat(begin(signed().hosted(RequestObjectTest.this::host)).names())
                    .contains("request_uri");
            says("require_signed_request_object", true);
            assertThat(begin(signed()).names()).contains("request");
        }

        @Test
        @Requirement("9101-10.5-06")
        void is_by_what_they_are_signed() throws Exception {
            says("request_object_signing_alg_values_supported", List.of("PS256", "ES256"));
            assertThat(begin(signed()).names()).contains("request");
            assertProblem(
                    unsigned().signed(key(JwsAlgorithm.ES384)),
                    Problem.REQUEST_OBJECT_ALGORITHM,
                    "no request objects signed by ES384");
        }
    }

    @Test
    void shows_nothing_that_is_secret() throws Exception {
        AuthorizationRequest request = signed().encrypted().pushed().build();
        assertThat(request.toString()).doesNotContain("callback?").contains("shop");
        assertThat(RequestProtection.signed(KEY).encrypted().toString())
                .contains(KEY.keyId())
                .doesNotContain(KEY.toPrivateJwk().requireString("d"));
    }
}
