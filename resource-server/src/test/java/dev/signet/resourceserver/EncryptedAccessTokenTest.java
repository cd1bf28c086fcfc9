package dev.signet.resourceserver;

import static dev.signet.resourceserver.Fixture.KEY;
import static dev.signet.resourceserver.Fixture.OTHER_KEY;
import static dev.signet.resourceserver.Fixture.accepted;
import static dev.signet.resourceserver.Fixture.assertInvalidToken;
import static dev.signet.resourceserver.Fixture.claims;
import static dev.signet.resourceserver.Fixture.token;
import static dev.signet.resourceserver.Fixture.validator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.signet.core.error.RefusalReason;
import dev.signet.jwt.json.JsonObject;
import dev.signet.jwt.key.DecryptionKey;
import dev.signet.testkit.Requirement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9068 §4: tokens that are encrypted to the resource server. */
class EncryptedAccessTokenTest {

    private final ECKey ours = newKey("ours");
    private final AccessTokenValidator validator = validator()
            .encryption(new AccessTokenEncryption(
                    List.of(DecryptionKey.fromJwk(JsonObject.parse(ours.toJSONString()))),
                    Set.of("ECDH-ES+A256KW"),
                    Set.of("A256GCM")))
            .build();

    private static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyID(id)
                    .algorithm(JWEAlgorithm.ECDH_ES_A256KW)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encrypted(String token, ECKey recipient, JWEAlgorithm algorithm, EncryptionMethod method) {
        try {
            JWEObject jwe = new JWEObject(
                    new JWEHeader.Builder(algorithm, method)
                            .contentType("JWT")
                            .type(new JOSEObjectType("at+jwt"))
                            .keyID(recipient.getKeyID())
                            .build(),
                    new Payload(token));
            jwe.encrypt(new ECDHEncrypter(recipient.toECPublicKey()));
            return jwe.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String encrypted(String token) {
        return encrypted(token, EncryptionMethod.A256GCM);
    }

    @Test
    @Requirement("9068-4-06")
    void accepts_a_token_encrypted_as_agreed() {
        String token = encrypted(token());

        assertThat(accepted(validator.validateToken(token)).subject()).isEqualTo("alice");
        assertThat(accepted(validator.validateToken(token)).subject()).isEqualTo("alice");
    }

    @Test
    @Requirement("9068-4-06")
    void refuses_other_algorithms_than_those_agreed() {
        assertInvalidToken(
                validator.validateToken(
                        encrypted(token(), ours, JWEAlgorithm.ECDH_ES_A128KW, EncryptionMethod.A256GCM)),
                RefusalReason.JWT_DECRYPTION_FAILED);
        assertInvalidToken(
                validator.validateToken(
                        encrypted(token(), ours, JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A128GCM)),
                RefusalReason.JWT_DECRYPTION_FAILED);
    }

    @Test
    @Requirement("9068-4-06")
    void refuses_a_token_encrypted_to_somebody_else_or_changed() {
        String token = encrypted(token());
        char last = token.charAt(token.length() - 2) == 'A' ? 'B' : 'A';

        assertInvalidToken(
                validator.validateToken(
                        encrypted(token(), newKey("ours"), JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)),
                RefusalReason.JWT_DECRYPTION_FAILED);
        assertInvalidToken(
                validator.validateToken(
                        token.substring(0, token.length() - 2) + last + token.charAt(token.length() - 1)),
                RefusalReason.JWT_DECRYPTION_FAILED);
    }

    @Test
    @Requirement("9068-4-07")
    void refuses_a_token_that_is_not_encrypted_where_encryption_was_agreed() {
        assertInvalidToken(validator.validateToken(token()), RefusalReason.JWT_ENCRYPTION);
        accepted(validator().build().validateToken(token()));
    }

    @Test
    void refuses_an_encrypted_token_where_none_was_agreed() {
        assertInvalidToken(validator().build().validateToken(encrypted(token())), RefusalReason.JWT_MALFORMED);
    }

    @Test
    @Requirement({"9068-4-06", "9068-4-07", "9068-4-19"})
    void asks_of_each_issuer_what_was_agreed_with_it() {
        String partner = "https://as.partner.example";
        AccessTokenValidator both = AccessTokenValidator.builder()
                .trust(trusted(Fixture.ISSUER).encryption(agreement("A256GCM")).build())
                .trust(trusted(partner).encryption(agreement("A128GCM")).build())
                .trust(trusted("https://as.plain.example").build())
                .clock(Fixture.CLOCK)
                .build();
        String first = token();
        String second = token(claims().put("iss", partner));
        String plain = token(claims().put("iss", "https://as.plain.example"));

        accepted(both.validateToken(encrypted(first, EncryptionMethod.A256GCM)));
        accepted(both.validateToken(encrypted(second, EncryptionMethod.A128GCM)));
        accepted(both.validateToken(plain));
        assertInvalidToken(
                both.validateToken(encrypted(first, EncryptionMethod.A128GCM)), RefusalReason.JWT_ENCRYPTION);
        assertInvalidToken(
                both.validateToken(encrypted(second, EncryptionMethod.A256GCM)), RefusalReason.JWT_ENCRYPTION);
        assertInvalidToken(both.validateToken(first), RefusalReason.JWT_ENCRYPTION);
        assertInvalidToken(both.validateToken(second), RefusalReason.JWT_ENCRYPTION);
        assertInvalidToken(
                both.validateToken(encrypted(plain, EncryptionMethod.A256GCM)), RefusalReason.JWT_ENCRYPTION);
        assertInvalidToken(
                both.validateToken(
                        encrypted(token(claims().put("iss", "https://as.example.net")), EncryptionMethod.A256GCM)),
                RefusalReason.JWT_ISSUER);
    }

    private static TrustedIssuer.Builder trusted(String issuer) {
        return TrustedIssuer.builder(issuer).audience(Fixture.AUDIENCE).keys(Fixture.keys(KEY));
    }

    private AccessTokenEncryption agreement(String encryption) {
        return new AccessTokenEncryption(
                List.of(DecryptionKey.fromJwk(JsonObject.parse(ours.toJSONString()))),
                Set.of("ECDH-ES+A256KW"),
                Set.of(encryption));
    }

    private String encrypted(String token, EncryptionMethod method) {
        return encrypted(token, ours, JWEAlgorithm.ECDH_ES_A256KW, method);
    }

    @Test
    @Requirement("8725-3.11-04")
    void looks_at_the_type_of_the_signed_token_inside() {
        assertInvalidToken(validator.validateToken(encrypted(token(KEY, "JWT", claims()))), RefusalReason.JWT_TYPE);
    }

    @Test
    @Requirement("8725-3.3-02")
    void checks_the_signature_inside() {
        assertInvalidToken(
                validator.validateToken(encrypted(token(OTHER_KEY, "at+jwt", claims()))),
                RefusalReason.JWT_KEY_UNKNOWN);
    }

    @Test
    void reports_all_that_is_wrong_with_the_agreement_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccessTokenEncryption(List.of(), Set.of("RSA1_5"), Set.of()))
                .withMessageContaining("keys must not be empty")
                .withMessageContaining("algorithms must name some of")
                .withMessageContaining("encryptions must name some of");
    }
}
