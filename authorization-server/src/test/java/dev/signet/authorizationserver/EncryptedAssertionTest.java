package dev.signet.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.authorizationserver.store.memory.InMemoryServerKeyStore;
import dev.signet.core.explanation.Check;
import dev.signet.core.explanation.Finding;
import dev.signet.core.explanation.JwtKind;
import dev.signet.jwt.EncryptedJwt;
import dev.signet.jwt.JwtEncrypter;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.CryptoProvider;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.jwt.key.EncryptionKey;
import dev.signet.jwt.key.JwkSet;
import dev.signet.testkit.Requirement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EncryptedAssertionTest {

    private final DecryptionKey key = DecryptionKey.fromJwk(TestKeys.RSA.toPrivateJwk().toBuilder()
            .put("alg", "RSA-OAEP-256")
            .put("use", "enc")
            .build());
    private final Fixture fixture = Fixture.with(builder -> builder.decryptionKeys(List.of(key)));

    private String encrypt(String plaintext) throws Exception {
        return encrypt(key.keyId(), plaintext);
    }

    /** To {@link TestKeys#RSA} by RSA-OAEP-256 and A256GCM, by the book and with the JDK alone (RFC 7516 §5.1). */
    static String encrypt(String keyId, String plaintext) throws Exception {
        JsonObject header = JsonObject.builder()
                .put("alg", "RSA-OAEP-256")
                .put("enc", "A256GCM")
                .put("cty", "JWT")
                .put("kid", keyId)
                .build();
        byte[] contentKey = new byte[32];
        byte[] iv = new byte[12];
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.ENCRYPT_MODE,
                publicKey(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        String protectedHeader = TestAssertion.base64(header.toBytes());
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        gcm.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(contentKey, "AES"), new GCMParameterSpec(128, iv));
        gcm.updateAAD(protectedHeader.getBytes(StandardCharsets.US_ASCII));
        ByteBuffer sealed = ByteBuffer.wrap(gcm.doFinal(plaintext.getBytes(StandardCharsets.UTF_8)));
        byte[] ciphertext = new byte[sealed.remaining() - 16];
        byte[] tag = new byte[16];
        sealed.get(ciphertext).get(tag);
        return String.join(
                ".",
                protectedHeader,
                TestAssertion.base64(rsa.doFinal(contentKey)),
                TestAssertion.base64(iv),
                TestAssertion.base64(ciphertext),
                TestAssertion.base64(tag));
    }

    private static PublicKey publicKey() {
        return TestKeys.RSA.verificationKey().publicKey();
    }

    @Nested
    @DisplayName("RFC 7523 §3: signed, then encrypted")
    class Nesting {

        @Test
        @Requirement({"7523-3-22", "7521-8.3-01"})
        void accepts_a_signed_assertion_that_is_encrypted_to_a_key_of_ours() throws Exception {
            fixture.exchange(encrypt(fixture.grantAssertion().compact()))
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isIssued();
            fixture.clientCredentials()
                    .assertion(encrypt(fixture.clientAssertion().compact()))
                    .send()
                    .isIssued();
        }

        @Test
        void is_explained_as_what_is_in_it() throws Exception {
            String grant = encrypt(fixture.grantAssertion().compact());
            assertThat(fixture.server.recognize(grant)).contains(JwtKind.GRANT_ASSERTION);
            assertThat(fixture.server.explain(JwtKind.GRANT_ASSERTION, grant).isAccepted())
                    .isTrue();
            String client =
                    encrypt(fixture.clientAssertion().claim("aud", "urn:other").compact());
            assertThat(fixture.server.recognize(client)).contains(JwtKind.CLIENT_ASSERTION);
            assertThat(fixture.server
                            .explain(JwtKind.CLIENT_ASSERTION, client)
                            .refusal()
                            .map(Finding::check))
                    .contains(Check.AUDIENCE);
            assertThat(Fixture.standard().server.recognize(grant)).isEmpty();
        }

        @Test
        @Requirement({"7523-3-22", "8725b-3.3-03", "8725-3.3-01"})
        void refuses_what_is_encrypted_but_not_signed_or_not_by_its_issuer() throws Exception {
            fixture.exchange(encrypt("{\"iss\":\"https://ci.example.com\"}"))
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isInvalidGrant();
            fixture.exchange(encrypt(fixture.grantAssertion()
                            .signedWith(TestKeys.ATTACKER)
                            .compact()))
                    .assertion(fixture.clientAssertion())
                    .send()
                    .isInvalidGrant();
            fixture.clientCredentials()
                    .assertion(encrypt(fixture.clientAssertion()
                            .signedWith(TestKeys.ATTACKER)
                            .compact()))
                    .send()
                    .isInvalidClient();
        }

        @Test
        @Requirement("7523-3-22")
        void refuses_an_encrypted_assertion_where_no_key_is_for_that() throws Exception {
            Fixture without = Fixture.standard();
            without.exchange(encrypt(without.grantAssertion().compact()))
                    .assertion(without.clientAssertion())
                    .send()
                    .isInvalidGrant();
        }

        @Test
        @Requirement({"8414-2-03", "8414-J-01"})
        void publishes_the_key_with_its_use() {
            List<JsonObject> keys =
                    fixture.get("/jwks").json().findObjects("keys").orElseThrow();
            assertThat(keys).extracting(jwk -> jwk.requireString("use")).containsExactly("sig", "enc");
            assertThat(keys.get(1).names()).containsExactlyInAnyOrder("kty", "n", "e", "kid", "alg", "use");
        }
    }

    @Nested
    @DisplayName("RFC 7516 §5.2: keys of the server's own making")
    class OwnKeys {

        private final Fixture own =
                Fixture.with(builder -> builder.decryptionKeys(new InMemoryServerKeyStore<DecryptionKey>())
                        .decryptionAlgorithms(DecryptionKey.ALGORITHMS));

        /** As a sender does: with the one key of that algorithm that is published. */
        private JwtEncrypter encrypter(String algorithm, String encryption) {
            JwkSet published = JwkSet.fromJson(own.get("/jwks").json(), CryptoProvider.jdk());
            List<EncryptionKey> keys = published.encryptionKeys(algorithm);
            assertThat(keys).hasSize(1);
            return JwtEncrypter.of(keys.get(0), encryption);
        }

        private TestAnswer authenticated(String assertion) {
            return own.clientCredentials().assertion(assertion).send();
        }

        private static Stream<Arguments> pairs() {
            return DecryptionKey.ALGORITHMS.stream()
                    .flatMap(algorithm ->
                            EncryptedJwt.ENCRYPTIONS.stream().map(encryption -> Arguments.of(algorithm, encryption)));
        }

        @ParameterizedTest
        @MethodSource("pairs")
        @Requirement({"7523-3-22", "D-41"})
        void decrypt_whatever_algorithms_there_are(String algorithm, String encryption) {
            authenticated(encrypter(algorithm, encryption)
                            .encrypt(own.clientAssertion().compact()))
                    .isIssued();
        }

        @Test
        @Requirement("8414-J-02")
        void decrypt_what_was_encrypted_to_a_key_that_is_published_no_more() {
            JwtEncrypter old = encrypter("ECDH-ES", "A128GCM");
            own.server.decryptionKeys().rotate(Duration.ofMinutes(10));
            own.clock.advance(Duration.ofMinutes(10));
            encrypter("ECDH-ES", "A128GCM");
            authenticated(old.encrypt(own.clientAssertion().compact())).isIssued();
            own.clock.advance(Duration.ofHours(25));
            authenticated(old.encrypt(own.clientAssertion().compact())).isIssued();
            own.clock.advance(Duration.ofMinutes(5));
            authenticated(old.encrypt(own.clientAssertion().compact())).isInvalidClient();
            authenticated(encrypter("ECDH-ES", "A128GCM")
                            .encrypt(own.clientAssertion().compact()))
                    .isIssued();
        }

        @Test
        @Requirement("7523-3-22")
        void refuse_all_that_they_do_not_decrypt_with_one_and_the_same_answer() {
            DecryptionKey stranger = DecryptionKey.generate("ECDH-ES", CryptoProvider.jdk(), new SecureRandom());
            String known = own.server.decryptionKeys().keys().stream()
                    .filter(key -> key.algorithm().equals("ECDH-ES"))
                    .findFirst()
                    .orElseThrow()
                    .keyId();
            JsonObject disguised =
                    stranger.toJwk().toBuilder().put("kid", known).build();
            String signed = own.clientAssertion().compact();
            String good = encrypter("ECDH-ES", "A256GCM").encrypt(signed);
            String tampered = good.substring(0, good.length() - 2) + (good.endsWith("AA") ? "BA" : "AA");
            List<String> answers = Stream.of(
                            tampered,
                            JwtEncrypter.of(EncryptionKey.fromJwk(stranger.toJwk(), "ECDH-ES"), "A256GCM")
                                    .encrypt(signed),
                            JwtEncrypter.of(EncryptionKey.fromJwk(disguised, "ECDH-ES"), "A256GCM")
                                    .encrypt(signed))
                    .map(assertion ->
                            authenticated(assertion).isInvalidClient().json().toJson())
                    .distinct()
                    .toList();
            assertThat(answers).hasSize(1);
            authenticated(good).isIssued();
        }
    }
}
