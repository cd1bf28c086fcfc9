package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.authorizationserver.requestobject.RequestPolicy;
import dev.signet.authorizationserver.store.StoredGrant;
import dev.signet.core.ResourceIndicator;
import dev.signet.core.Scope;
import dev.signet.core.error.RefusalReason;
import dev.signet.core.http.FormParameters;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.JwkSet;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.MacKey;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request objects by value. What pushed ones are held to as well is shown by {@link PushedRequestTest}. */
class RequestObjectTest {

    private static final String OTHER = "other";

    private final AuthorizationFixture fixture = AuthorizationFixture.standard();

    private TestAssertion requestObject() {
        return fixture.requestObject();
    }

    private AuthorizationTestAnswer send(TestAssertion requestObject) {
        return fixture.signed(requestObject).get();
    }

    private AuthorizationTestAnswer of(String clientId, UnaryOperator<TestAssertion> change) {
        return fixture.signed(clientId, change.apply(fixture.requestObject(clientId)))
                .get();
    }

    /** What nobody can be told about but who sits there. */
    private void isShown(String requestObject, RefusalReason reason) {
        isShown(requestObject);
        assertThat(fixture.server.events.refusal().reason()).isEqualTo(reason);
    }

    private void isShown(String requestObject) {
        AuthorizationTestAnswer answer = fixture.signed(requestObject)
                .with("redirect_uri", AuthorizationFixture.CALLBACK)
                .with("state", "xyz")
                .get();
        assertThat(answer.isShown().body()).contains("invalid_request_object");
    }

    @Nested
    @DisplayName("RFC 9101 §4: the object")
    class TheObject {

        @Test
        @Requirement({"9101-10.1-01", "9101-10.5-06", "9101-6.3-01", "9101-6.2-01"})
        void is_all_that_is_needed() {
            FormParameters sent = send(requestObject()).isCode();
            assertThat(sent.single("state")).contains("xyz");
            StoredGrant granted = fixture.granted();
            assertThat(granted.clientId().value()).isEqualTo(AuthorizationFixture.SHOP);
            assertThat(granted.scope()).isEqualTo(Scope.of("orders.read"));
            assertThat(granted.redirectUri()).contains(AuthorizationFixture.CALLBACK);
            assertThat(granted.codeChallenge()).contains(AuthorizationFixture.VERIFIER.challenge());
        }

        @ParameterizedTest
        @ValueSource(strings = {"response_type", "code_challenge", "code_challenge_method"})
        @Requirement({"9101-4-02", "9101-5-07", "D-15"})
        void lacks_what_is_outside_only(String name) {
            Object value = requestObject().get(name);
            fixture.signed(requestObject().without(name))
                    .with(name, value.toString())
                    .get()
                    .isSent("invalid_request");
        }

        @Test
        @Requirement({"9101-4-02", "D-22"})
        void says_itself_where_the_answer_goes() {
            fixture.signed(requestObject().without("redirect_uri"))
                    .with("redirect_uri", AuthorizationFixture.CALLBACK)
                    .get()
                    .isShown()
                    .because(RefusalReason.PARAMETER_MISSING);
        }

        @ParameterizedTest
        @ValueSource(strings = {"5", "true", "null", "{}", "[]", "[\"xyz\"]", "0.5", "\"x\\u0000z\""})
        @Requirement("9101-4-03")
        void has_strings_for_parameters(String state) {
            isShown(
                    requestObject().compactWithClaims(json -> json.replace("\"state\":\"xyz\"", "\"state\":" + state)),
                    RefusalReason.REQUEST_OBJECT_PARAMETER);
        }

        @Test
        @Requirement("9101-4-04")
        void is_utf_8() {
            String header = requestObject().compact().split("[.]")[0];
            for (byte[] payload : List.of(
                    "{\"client_id\":\"shop\"}".getBytes(StandardCharsets.UTF_16),
                    "{\"client_id\":\"sh\u00F6p\"}".getBytes(StandardCharsets.ISO_8859_1))) {
                String input = header + "." + TestAssertion.base64(payload);
                String signature =
                        TestAssertion.base64(TestKeys.CLIENT.sign(input.getBytes(StandardCharsets.US_ASCII)));
                isShown(input + "." + signature);
            }
        }

        @Test
        @Requirement("9101-4-05")
        void has_numbers_for_numbers() {
            send(requestObject().claim("max_age", 300L)).isCode();
            isShown(requestObject().claim("max_age", "300").compact(), RefusalReason.REQUEST_OBJECT_PARAMETER);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "null", "{\"a\":[null]}", "[1,\"x\"]", "true", "\"text\""})
        @Requirement("9101-4-06")
        void may_have_what_nobody_knows(String value) {
            fixture.signed(requestObject()
                            .compactWithClaims(json -> json.replaceFirst("[{]", "{\"unheard-of\":" + value + ",")))
                    .get()
                    .isCode();
        }

        @Test
        @Requirement("9101-4-16")
        void has_arrays_and_objects_for_what_is_one() {
            TestAssertion two = requestObject()
                    .claim("resource", List.of(Fixture.ORDERS, Fixture.STOCK))
                    .claim("scope", "orders.read stock.read")
                    .claim("claims", JsonObject.parse("{\"id_token\":{\"email\":null}}"));
            send(two).isCode();
            assertThat(fixture.granted().resources())
                    .extracting(ResourceIndicator::value)
                    .containsExactly(Fixture.ORDERS, Fixture.STOCK);
            isShown(
                    requestObject()
                            .claim("resource", List.of(Fixture.ORDERS, 5L))
                            .compact(),
                    RefusalReason.REQUEST_OBJECT_PARAMETER);
            isShown(requestObject().claim("claims", 5L).compact(), RefusalReason.REQUEST_OBJECT_PARAMETER);
        }

        @ParameterizedTest
        @ValueSource(strings = {"request", "request_uri"})
        @Requirement("9101-4-12")
        void has_no_other_request_in_it(String name) {
            isShown(
                    requestObject()
                            .claim(name, "https://shop.example.com/request.jwt")
                            .compact(),
                    RefusalReason.REQUEST_OBJECT_TWICE);
            isShown(requestObject().claim(name, 5L).compact(), RefusalReason.REQUEST_OBJECT_TWICE);
        }

        @Test
        @Requirement("9101-9-01")
        void says_about_itself_what_is_no_parameter() {
            send(requestObject()).isCode();
            assertThat(fixture.questions.get(0).request().parameters().names())
                    .doesNotContain("iss", "aud", "exp", "nbf", "iat", "jti", "sub")
                    .contains("client_id", "state");
        }

        @Test
        @Requirement("9101-5-05")
        void has_no_member_twice() {
            isShown(requestObject()
                    .compactWithClaims(json -> json.replaceFirst("[{]", "{\"scope\":\"orders.write\",")));
        }
    }

    @Nested
    @DisplayName("RFC 9101 §5: the request")
    class TheRequest {

        @Test
        @Requirement("9101-5-01")
        void has_a_request_or_a_request_uri() {
            fixture.signed(requestObject())
                    .with("request_uri", "https://shop.example.com/request.jwt")
                    .get()
                    .isShown()
                    .because(RefusalReason.REQUEST_OBJECT_TWICE);
        }

        @Test
        @Requirement("9101-5-03")
        void has_the_client_outside() {
            fixture.signed(requestObject())
                    .without("client_id")
                    .get()
                    .isShown()
                    .because(RefusalReason.PARAMETER_MISSING);
        }

        @Test
        @Requirement({"9101-5-04", "9101-6.3-02", "9101-6.3-04", "9101-10.7-01", "D-22"})
        void has_the_same_client_inside() {
            isShown(
                    requestObject()
                            .claim("client_id", AuthorizationFixture.TILL)
                            .compact(),
                    RefusalReason.REQUEST_OBJECT_CLIENT);
            isShown(requestObject().without("client_id").compact(), RefusalReason.REQUEST_OBJECT_CLIENT);
            fixture.signed(AuthorizationFixture.TILL, requestObject())
                    .get()
                    .isShown()
                    .because(RefusalReason.REQUEST_OBJECT_CLIENT);
        }

        @Test
        @Requirement({"9101-5-07", "9101-10.7-01", "D-15"})
        void counts_for_what_is_inside_only() {
            fixture.server.and(AuthorizationFixture.signing("two")
                    .authorization(AuthorizationFixture.redirectingTo(
                                    AuthorizationFixture.CALLBACK, "https://shop.example.com/second")
                            .build()));
            AuthorizationTestAnswer answer = fixture.signed("two", fixture.requestObject("two"))
                    .with("scope", "orders.write")
                    .with("redirect_uri", "https://shop.example.com/second")
                    .with("state", "other")
                    .with("response_mode", "form_post")
                    .with("response_type", "token")
                    .with("nonce", "n".repeat(1000))
                    .with("code_challenge", "other")
                    .with("code_challenge_method", "plain")
                    .with("resource", Fixture.STOCK)
                    .get();
            FormParameters sent = answer.isCode();
            assertThat(answer.location()).startsWith(AuthorizationFixture.CALLBACK + "?");
            assertThat(sent.single("state")).contains("xyz");
            assertThat(fixture.granted().scope()).isEqualTo(Scope.of("orders.read"));
            assertThat(fixture.granted().codeChallenge()).contains(AuthorizationFixture.VERIFIER.challenge());
            assertThat(fixture.granted().resources())
                    .extracting(ResourceIndicator::value)
                    .containsExactly(Fixture.ORDERS);
            assertThat(fixture.server.events.leniencies()).isEmpty();
        }

        @Test
        @Requirement({"D-15", "9101-4-05"})
        void may_be_filled_up_from_outside_by_a_client_with_the_switch() {
            fixture.andSigning(OTHER, settings -> settings.merge(true));
            fixture.signed(OTHER, fixture.requestObject(OTHER).without("scope").claim("max_age", "300"))
                    .with("scope", "orders.write")
                    .with("state", "other")
                    .with("response_type", "code")
                    .get()
                    .isCode();
            assertThat(fixture.granted().scope()).isEqualTo(Scope.of("orders.write"));
            assertThat(fixture.server.events.leniencies()).containsOnly("oidcRequestMerge");
            fixture.signed(OTHER, fixture.requestObject(OTHER))
                    .with("response_type", "token")
                    .get()
                    .isShown()
                    .because(RefusalReason.REQUEST_OBJECT_PARAMETER);
        }

        @Test
        @Requirement("D-15")
        void is_not_filled_up_with_what_is_no_parameter_of_it() {
            fixture.andSigning(OTHER, settings -> settings.merge(true));
            fixture.signed(OTHER, fixture.requestObject(OTHER))
                    .with("client_secret", "hunter2")
                    .with("client_assertion", "hunter2")
                    .get()
                    .isCode();
            assertThat(fixture.questions.get(0).request().parameters().names())
                    .doesNotContain("request", "client_secret", "client_assertion");
        }
    }

    @Nested
    @DisplayName("RFC 9101 §6.2: signature")
    class Signature {

        @Test
        @Requirement({"9101-5-05", "9101-10.5-02", "9101-10.5-04", "9101-10.2-01", "D-16"})
        void is_there() {
            TestAssertion object = requestObject();
            isShown(object.header("alg", "none").withoutHeader("kid").unsigned(), RefusalReason.JWT_ALGORITHM_UNKNOWN);
            isShown(object.unsigned(), RefusalReason.JWT_BAD_SIGNATURE);
            isShown("{\"client_id\":\"shop\"}");
            String[] parts = object.compact().split("[.]");
            isShown("{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
                    .formatted(parts[0], parts[1], parts[2]));
            send(object).isCode();
        }

        @Test
        @Requirement({"9101-6.2-01", "9101-6.2-05", "9101-7-02", "D-22"})
        void is_right() {
            TestAssertion object = requestObject();
            String compact = object.compact();
            int start = compact.lastIndexOf('.') + 1;
            byte[] octets = Base64.getUrlDecoder().decode(compact.substring(start));
            octets[10] ^= 1;
            isShown(compact.substring(0, start) + TestAssertion.base64(octets), RefusalReason.JWT_BAD_SIGNATURE);
            isShown(object.signedWith(TestKeys.ATTACKER).compact(), RefusalReason.JWT_KEY_UNKNOWN);
            fixture.signed(compact).get().isCode();
        }

        @Test
        @Requirement({"9101-6.2-02", "9101-6.2-05"})
        void is_by_the_key_that_kid_names_of_this_client() {
            fixture.server.and(AuthorizationFixture.client(OTHER, settings -> settings)
                    .jwks(JwkSet.of(List.of(TestKeys.RSA.verificationKey(), TestKeys.ATTACKER.verificationKey()))));
            isShown(requestObject().header("kid", TestKeys.ATTACKER.keyId()).compact(), RefusalReason.JWT_KEY_UNKNOWN);
            of(OTHER, object -> object.signedWith(TestKeys.ATTACKER)).isCode();
            of(OTHER, object -> object.signedWith(TestKeys.ATTACKER).header("kid", TestKeys.RSA.keyId()))
                    .isShown();
            of(OTHER, object -> object).isShown().because(RefusalReason.JWT_KEY_UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(strings = {"jwk", "jku", "x5c", "x5u"})
        @Requirement("9101-6.2-03")
        void is_not_by_a_key_that_the_header_brings(String name) {
            Object brought = switch (name) {
                case "jwk" -> TestKeys.ATTACKER.verificationKey().toJwk();
                case "x5c" -> List.of("MIIB");
                default -> "https://attacker.example.com/keys";
            };
            TestAssertion object = requestObject().signedWith(TestKeys.ATTACKER).header(name, brought);
            fixture.signed(object).get().isShown();
            fixture.signed(object.withoutHeader("kid")).get().isShown();
            send(requestObject()).isCode();
        }

        @Test
        @Requirement({"9101-6.2-04", "9101-4-11"})
        void is_not_a_mac_by_what_everybody_knows() {
            byte[] published = TestKeys.CLIENT.verificationKey().toJwk().toBytes();
            for (String secret : List.of(new String(published, StandardCharsets.UTF_8), Fixture.SECRET)) {
                isShown(
                        requestObject()
                                .signedWith(MacKey.ofSecret(secret, JwsAlgorithm.HS256))
                                .compact(),
                        RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
            }
        }

        @Test
        @Requirement({"9101-4-11", "9101-6.2-04", "D-41"})
        void is_by_the_algorithm_that_the_client_registered() {
            SigningKey strong = SigningKey.generate(JwsAlgorithm.PS256, CryptoProvider.jdk(), new SecureRandom());
            JwkSet both = JwkSet.of(List.of(TestKeys.CLIENT.verificationKey(), strong.verificationKey()));
            fixture.server.and(
                    AuthorizationFixture.client(OTHER, settings -> settings).jwks(both));
            fixture.server.and(AuthorizationFixture.client("pinned", settings -> settings)
                    .jwks(both)
                    .requestObjects(RequestObjectSettings.builder()
                            .signingAlgorithm(JwsAlgorithm.ES256)
                            .build()));
            of(OTHER, object -> object.signedWith(strong)).isCode();
            of("pinned", object -> object.signedWith(strong))
                    .isShown()
                    .because(RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
            of("pinned", object -> object).isCode();
        }

        @Test
        @Requirement({"9101-4-11", "9101-6.2-04"})
        void is_by_an_algorithm_that_is_enabled() {
            AuthorizationFixture narrow =
                    AuthorizationFixture.with(builder -> builder.assertionAlgorithms(Set.of(JwsAlgorithm.PS256)));
            narrow.signed(narrow.requestObject()).get().isShown().because(RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
            narrow.andSigning(OTHER, settings -> settings.signingAlgorithm(JwsAlgorithm.ES256));
            narrow.signed(OTHER, narrow.requestObject(OTHER))
                    .get()
                    .isShown()
                    .because(RefusalReason.JWT_ALGORITHM_NOT_ALLOWED);
        }
    }

    @Nested
    @DisplayName("RFC 9101 §6.3: the request is then one like any other")
    class AsAnyOther {

        @Test
        @Requirement({"9101-6.3-03", "D-22"})
        void with_a_redirect_uri_of_the_client() {
            send(requestObject().claim("redirect_uri", "https://attacker.example.com/"))
                    .isShown()
                    .because(RefusalReason.REDIRECT_URI_UNREGISTERED);
        }

        @Test
        @Requirement({"9101-6.3-03", "9101-6.3-04"})
        void with_a_response_type_a_challenge_and_known_scopes() {
            send(requestObject().claim("response_type", "token")).isSent("unsupported_response_type");
            send(requestObject().without("code_challenge")).isSent("invalid_request");
            send(requestObject().claim("scope", "orders.admin")).isSent("invalid_scope");
            send(requestObject().claim("resource", "https://api.example.com/other"))
                    .isSent("invalid_target");
        }
    }

    @Nested
    @DisplayName("RFC 9101 §4: who asks whom, and when")
    class Claims {

        @Test
        @Requirement({"9101-4-09", "D-20", "D-22"})
        void are_about_this_client_and_this_server() {
            send(requestObject().claim("iss", OTHER)).isSent("invalid_request_object");
            send(requestObject().claim("aud", "https://other.example.com")).isSent("invalid_request_object");
            send(requestObject().claim("aud", Fixture.TOKEN_ENDPOINT)).isSent("invalid_request_object");
            send(requestObject().claim("aud", List.of("https://other.example.com", Fixture.ISSUER.value())))
                    .isCode();
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "aud", "exp"})
        @Requirement({"9101-4-09", "D-20"})
        void are_there_unless_the_client_has_the_switch(String name) {
            send(requestObject().without(name)).isSent("invalid_request_object");
            fixture.andSigning(OTHER, settings -> settings.claimsOptional(true));
            of(OTHER, object -> object).isCode();
            assertThat(fixture.server.events.leniencies()).isEmpty();
            of(OTHER, object -> object.without(name)).isCode();
            assertThat(fixture.server.events.leniencies()).containsOnly("requestObjectClaimsOptional");
        }

        @Test
        @Requirement("D-20")
        void count_if_they_are_there_even_with_the_switch() {
            fixture.andSigning(OTHER, settings -> settings.claimsOptional(true));
            of(OTHER, object -> object.claim("iss", AuthorizationFixture.SHOP)).isSent("invalid_request_object");
            of(OTHER, object -> object.claim("aud", "https://other.example.com"))
                    .isSent("invalid_request_object");
            of(OTHER, object -> object.claim("exp", Fixture.NOW.getEpochSecond() - 31))
                    .isSent("invalid_request_object");
        }

        @Test
        @Requirement({"9101-4-15", "D-20"})
        void say_when_it_is_good() {
            long now = Fixture.NOW.getEpochSecond();
            send(requestObject().claim("exp", now - 31)).isSent("invalid_request_object");
            send(requestObject().claim("exp", now - 29)).isCode();
            send(requestObject().claim("exp", now + 3600)).isCode();
            send(requestObject().claim("exp", now + 3631)).isSent("invalid_request_object");
            send(requestObject().claim("nbf", now + 31)).isSent("invalid_request_object");
            send(requestObject().claim("nbf", now + 29)).isCode();
            send(requestObject().claim("iat", now + 31)).isSent("invalid_request_object");
            send(requestObject().without("nbf").without("iat")).isCode();
            send(requestObject().claim("exp", "tomorrow")).isSent("invalid_request_object");
        }
    }

    @Nested
    @DisplayName("RFC 9101 §10.5: signed requests required")
    class Required {

        @Test
        @Requirement({"9101-10.5-01", "9101-10.5-02", "9101-10.5-05"})
        void of_a_client() {
            fixture.andSigning(OTHER, settings -> settings.requireSigned(true));
            fixture.validRequest()
                    .with("client_id", OTHER)
                    .get()
                    .isShown()
                    .because(RefusalReason.REQUEST_OBJECT_REQUIRED);
            fixture.signed(OTHER, fixture.requestObject(OTHER))
                    .with(
                            "request",
                            fixture.requestObject(OTHER).header("alg", "none").unsigned())
                    .get()
                    .isShown();
            of(OTHER, object -> object).isCode();
            fixture.validRequest().get().isCode();
        }

        @Test
        @Requirement({"9101-10.5-03", "9101-10.5-04"})
        void of_every_client() {
            AuthorizationFixture strict = AuthorizationFixture.with(builder -> builder.requestPolicy(
                    RequestPolicy.builder().requireSigned(true).build()));
            strict.validRequest().get().isShown().because(RefusalReason.REQUEST_OBJECT_REQUIRED);
            strict.signed(strict.requestObject().header("alg", "none").unsigned())
                    .get()
                    .isShown();
            strict.signed(strict.requestObject()).get().isCode();
        }

        @Test
        @Requirement({"9101-7-03", "9101-9-02"})
        void or_none_taken() {
            AuthorizationFixture none = AuthorizationFixture.with(builder -> builder.requestPolicy(
                    RequestPolicy.builder().takeRequestObjects(false).build()));
            AuthorizationTestAnswer answer = none.signed(none.requestObject()).get();
            answer.isShown().because(RefusalReason.REQUEST_OBJECT_UNSUPPORTED);
            assertThat(answer.body()).contains("request_not_supported");
            none.validRequest().get().isCode();
        }
    }

    @Nested
    @DisplayName("RFC 9101 §10.8: one JWT for another")
    class CrossUse {

        @ParameterizedTest
        @ValueSource(strings = {"at+jwt", "dpop+jwt", "client-authentication+jwt", "interaction+jwt", "JWS"})
        @Requirement({"9101-10.8-04", "D-14"})
        void is_told_by_the_type(String type) {
            isShown(requestObject().header("typ", type).compact(), RefusalReason.JWT_TYPE);
        }

        @Test
        @Requirement({"9101-10.8-04", "D-14"})
        void may_have_the_generic_type_or_none_unless_the_switch_is_on() {
            send(requestObject().header("typ", "JWT")).isCode();
            send(requestObject().withoutHeader("typ")).isCode();
            send(requestObject().header("typ", "application/oauth-authz-req+jwt"))
                    .isCode();
            fixture.andSigning(OTHER, settings -> settings.requireType(true));
            AuthorizationFixture strict = AuthorizationFixture.with(builder -> builder.requestPolicy(
                    RequestPolicy.builder().requireType(true).build()));
            for (UnaryOperator<TestAssertion> change : List.<UnaryOperator<TestAssertion>>of(
                    object -> object.header("typ", "JWT"), object -> object.withoutHeader("typ"))) {
                of(OTHER, change).isShown().because(RefusalReason.JWT_TYPE);
                strict.signed(change.apply(strict.requestObject()))
                        .get()
                        .isShown()
                        .because(RefusalReason.JWT_TYPE);
            }
            of(OTHER, object -> object).isCode();
            strict.signed(strict.requestObject()).get().isCode();
        }

        @Test
        @Requirement({"9101-10.8-02", "D-19"})
        void takes_no_client_assertion_for_a_request() {
            TestAssertion assertion = fixture.server.clientAssertion(AuthorizationFixture.SHOP);
            isShown(assertion.compact(), RefusalReason.JWT_TYPE);
            isShown(assertion.withoutHeader("typ").compact(), RefusalReason.REQUEST_OBJECT_CLIENT);
            isShown(
                    requestObject().claim("sub", AuthorizationFixture.SHOP).compact(),
                    RefusalReason.REQUEST_OBJECT_CLIENT);
            send(requestObject().claim("sub", "somebody")).isCode();
        }

        @Test
        @Requirement("9101-10.8-02")
        void takes_no_request_for_a_client_assertion() {
            AuthorizationFixture keyed = AuthorizationFixture.standard();
            TestAssertion object = keyed.requestObject(Fixture.REPORTER);
            for (TestAssertion presented : List.of(object, object.header("typ", "JWT"), object.withoutHeader("typ"))) {
                keyed.server.clientCredentials().assertion(presented).send().isInvalidClient();
            }
        }

        @Test
        @Requirement("9101-10.8-02")
        void takes_no_access_token_for_a_request() {
            isShown(fixture.server.accessToken().compact(), RefusalReason.JWT_KEY_UNKNOWN);
        }
    }

    @Nested
    @DisplayName("RFC 9101 §10.2: replay")
    class Replay {

        @Test
        @Requirement("D-21")
        void gets_no_second_answer() {
            TestAssertion object = requestObject();
            send(object).isCode();
            AuthorizationTestAnswer again = send(object);
            again.isShown().because(RefusalReason.REQUEST_OBJECT_ANSWERED);
            assertThat(again.body()).contains("invalid_request_object");
            send(requestObject()).isCode();
        }

        @Test
        @Requirement("D-21")
        void is_used_up_by_a_refusal_and_by_an_error_as_well() {
            TestAssertion denied = requestObject();
            fixture.saying(AuthorizationFixture.DENYING);
            send(denied).isSent("access_denied");
            fixture.saying(AuthorizationFixture.APPROVING);
            send(denied).isShown().because(RefusalReason.REQUEST_OBJECT_ANSWERED);
            TestAssertion wrong = requestObject().claim("scope", "orders.admin");
            send(wrong).isSent("invalid_scope");
            send(wrong).isShown().because(RefusalReason.REQUEST_OBJECT_ANSWERED);
        }

        @Test
        @Requirement("D-21")
        void is_not_used_up_by_a_page() {
            TestAssertion object = requestObject();
            fixture.saying(AuthorizationFixture.ASKING);
            send(object).isAsked();
            send(object).isAsked();
            fixture.saying(AuthorizationFixture.APPROVING);
            send(object).isCode();
        }

        @Test
        @Requirement("D-21")
        void is_told_by_a_jti_which_may_be_missing_unless_the_switch_is_on() {
            TestAssertion without = requestObject().without("jti");
            send(without).isCode();
            send(without).isCode();
            fixture.andSigning(OTHER, settings -> settings.requireJwtId(true));
            of(OTHER, object -> object.without("jti")).isSent("invalid_request_object");
            of(OTHER, object -> object).isCode();
            AuthorizationFixture strict = AuthorizationFixture.with(builder -> builder.requestPolicy(
                    RequestPolicy.builder().requireJwtId(true).build()));
            strict.signed(strict.requestObject().without("jti")).get().isSent("invalid_request_object");
            strict.signed(strict.requestObject()).get().isCode();
        }

        @Test
        @Requirement("D-21")
        void is_told_apart_by_client_and_from_assertions() {
            fixture.andSigning(OTHER, settings -> settings);
            send(requestObject().claim("jti", "the same")).isCode();
            of(OTHER, object -> object.claim("jti", "the same")).isCode();
            fixture.server
                    .clientCredentials()
                    .assertion(fixture.server.clientAssertion().claim("jti", "the same"))
                    .send()
                    .isIssued();
        }
    }
}
