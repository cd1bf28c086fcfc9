package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.registry.AgreedEncryption;
import dev.signet.authorizationserver.registry.RequestObjectSettings;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwsAlgorithm;
import dev.signet.jwt.key.SigningKey;
import dev.signet.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9101 §6.1: signed, then encrypted")
class EncryptedRequestObjectTest {

    private static final JsonObject RSA = TestKeys.RSA.toPrivateJwk().toBuilder()
            .put("alg", "RSA-OAEP-256")
            .put("use", "enc")
            .build();
    private static final JsonObject EC = jwk(JwsAlgorithm.ES256, "ECDH-ES");
    private static final JsonObject STRANGER = jwk(JwsAlgorithm.ES256, "ECDH-ES");

    private final AuthorizationFixture fixture = AuthorizationFixture.with(
            builder -> builder.decryptionKeys(List.of(DecryptionKey.fromJwk(RSA), DecryptionKey.fromJwk(EC))));

    private static JsonObject jwk(JwsAlgorithm kind, String algorithm) {
        return SigningKey.generate(kind, CryptoProvider.jdk(), new SecureRandom()).toPrivateJwk().toBuilder()
                .put("alg", algorithm)
                .put("use", "enc")
                .build();
    }

    private static String encrypt(JsonObject key, String algorithm, String encryption, String text) {
        return JwtEncrypter.of(EncryptionKey.fromJwk(publicHalf(key), algorithm), encryption)
                .encrypt(text);
    }

    private static JsonObject publicHalf(JsonObject key) {
        JsonObject.Builder left = key.toBuilder();
        List.of("d", "p", "q", "dp", "dq", "qi").forEach(left::remove);
        return left.build();
    }

    private String encrypted(String text) {
        return encrypt(EC, "ECDH-ES", "A128GCM", text);
    }

    private TestAnswer push(String requestObject) {
        return new TestCall(fixture.server, "/par")
                .basic(AuthorizationFixture.SHOP, Fixture.SECRET)
                .with("request", requestObject)
                .send();
    }

    @ParameterizedTest
    @CsvSource({
        "RSA-OAEP-256, A128GCM",
        "RSA-OAEP-256, A256GCM",
        "RSA-OAEP-256, A128CBC-HS256",
        "RSA-OAEP-256, A256CBC-HS512",
        "ECDH-ES, A128GCM",
        "ECDH-ES, A256GCM",
        "ECDH-ES, A128CBC-HS256",
        "ECDH-ES, A256CBC-HS512"
    })
    @Requirement({"9101-6.1-01", "9101-4-10", "9101-10.1-01", "D-41"})
    void is_decrypted_with_a_key_of_the_server(String algorithm, String encryption) {
        JsonObject key = algorithm.startsWith("RSA") ? RSA : EC;
        String object = fixture.requestObject().compact();
        fixture.signed(encrypt(key, algorithm, encryption, object)).get().isCode();
        String pushed =
                encrypt(key, algorithm, encryption, fixture.requestObject().compact());
        fixture.referring(AuthorizationFixture.requestUri(push(pushed))).get().isCode();
    }

    @ParameterizedTest
    @CsvSource({"ECDH-ES+A128KW, A128GCM", "ECDH-ES+A256KW, A256CBC-HS512"})
    @Requirement({"9101-6.1-01", "D-41"})
    void is_decrypted_where_the_key_is_wrapped(String algorithm, String encryption) {
        JsonObject key = EC.toBuilder().put("alg", algorithm).build();
        AuthorizationFixture wrapping =
                AuthorizationFixture.with(builder -> builder.decryptionKeys(List.of(DecryptionKey.fromJwk(key))));
        wrapping.signed(encrypt(
                        key, algorithm, encryption, wrapping.requestObject().compact()))
                .get()
                .isCode();
    }

    @Nested
    class Refused {

        private void isRefused(String requestObject) {
            push(requestObject).isRefused(400, "invalid_request_object");
            AuthorizationTestAnswer shown = fixture.signed(requestObject)
                    .with("redirect_uri", AuthorizationFixture.CALLBACK)
                    .get();
            assertThat(shown.isShown().body()).contains("invalid_request_object");
        }

        @Test
        @Requirement({"9101-6.1-02", "D-22"})
        void by_one_description_whatever_failed() {
            String good = encrypted(fixture.requestObject().compact());
            int tag = good.lastIndexOf('.') + 1;
            String tampered = good.substring(0, tag) + (good.charAt(tag) == 'A' ? 'B' : 'A') + good.substring(tag + 1);
            String[] parts = good.split("[.]");
            String shortened = String.join(".", parts[0], parts[1], parts[2], parts[3].substring(4), parts[4]);
            JsonObject named = publicHalf(STRANGER).toBuilder()
                    .put("kid", EC.findString("kid").orElseThrow())
                    .build();
            List<String> all = List.of(
                    tampered,
                    shortened,
                    encrypt(
                            STRANGER,
                            "ECDH-ES",
                            "A128GCM",
                            fixture.requestObject().compact()),
                    encrypt(named, "ECDH-ES", "A128GCM", fixture.requestObject().compact()));
            all.forEach(this::isRefused);
            assertThat(all.stream().map(object -> push(object).json()).distinct())
                    .as("answers to what can't be decrypted, and to what was signed by somebody else")
                    .hasSize(1)
                    .containsExactly(push(encrypted(fixture.requestObject()
                                    .signedWith(TestKeys.ATTACKER)
                                    .compact()))
                            .json());
            push(good);
            fixture.signed(good).get().isCode();
        }

        @Test
        @Requirement({"9101-5-05", "9101-10.2-01", "D-16"})
        void unless_it_is_signed() throws Exception {
            TestAssertion object = fixture.requestObject();
            for (String inside : List.of(
                    "{\"client_id\":\"shop\"}",
                    object.header("alg", "none").unsigned(),
                    object.signedWith(TestKeys.ATTACKER).compact(),
                    encrypted(object.compact()))) {
                isRefused(EncryptedAssertionTest.encrypt(TestKeys.RSA.keyId(), inside));
            }
            fixture.signed(EncryptedAssertionTest.encrypt(TestKeys.RSA.keyId(), object.compact()))
                    .get()
                    .isCode();
        }

        @Test
        @Requirement("9101-4-10")
        void if_it_is_encrypted_first_and_then_signed() {
            TestAssertion object = fixture.requestObject();
            String header = object.compact().split("[.]")[0];
            String payload = encrypted(object.compact());
            String input = header + "." + TestAssertion.base64(payload.getBytes(StandardCharsets.US_ASCII));
            String signature = TestAssertion.base64(TestKeys.CLIENT.sign(input.getBytes(StandardCharsets.US_ASCII)));
            isRefused(input + "." + signature);
        }

        @Test
        @Requirement("9101-4-11")
        void unless_it_is_encrypted_as_the_client_registered() {
            fixture.server.and(AuthorizationFixture.signing("pinned")
                    .requestObjects(RequestObjectSettings.builder()
                            .encryption(new AgreedEncryption("ECDH-ES", "A256GCM"))
                            .build()));
            String object = fixture.requestObject("pinned").compact();
            for (String other : List.of(
                    encrypt(RSA, "RSA-OAEP-256", "A256GCM", object), encrypt(EC, "ECDH-ES", "A128GCM", object))) {
                fixture.signed(other)
                        .with("client_id", "pinned")
                        .get()
                        .isShown()
                        .because(RefusalReason.JWT_DECRYPTION_FAILED);
            }
            fixture.signed(encrypt(EC, "ECDH-ES", "A256GCM", object))
                    .with("client_id", "pinned")
                    .get()
                    .isCode();
        }

        @Test
        void where_no_key_is_for_that() {
            AuthorizationFixture without = AuthorizationFixture.standard();
            without.signed(encrypted(without.requestObject().compact())).get().isShown();
            without.signed(without.requestObject()).get().isCode();
        }
    }
}
