package dev.signet.jwt.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signet.jwt.JwtSigner;
import dev.signet.jwt.UnverifiedJwt;
import dev.signet.jwt.VerifiedJwt;
import dev.signet.jwt.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExternalKeyTest {
    private static final JsonObject CLAIMS =
            JsonObject.builder().put("sub", "reporter").build();

    private static SigningKey key(JwsAlgorithm algorithm) {
        return SigningKey.generate(algorithm, CryptoProvider.jdk(), new SecureRandom());
    }

    private static VerifiedJwt signedAndVerified(SignerKey signer, SigningKey known) {
        String compact = JwtSigner.of(signer, "JWT").sign(CLAIMS);
        return UnverifiedJwt.parse(compact)
                .verify(JwkSet.of(List.of(known.verificationKey())), Set.of(known.algorithm()));
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "PS256", "ES256", "ES512", "Ed25519"})
    void signs_where_the_key_is(JwsAlgorithm algorithm) {
        SigningKey elsewhere = key(algorithm);
        SignerKey signer = SignerKey.of(algorithm, elsewhere.keyId(), elsewhere::sign);

        VerifiedJwt jwt = signedAndVerified(signer, elsewhere);
        assertThat(jwt.keyId()).contains(elsewhere.keyId());
        assertThat(jwt.claims()).isEqualTo(CLAIMS);
        assertThat(signer.headerKeyId()).isEqualTo(Optional.of(elsewhere.keyId()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ES256", "ES384", "ES512"})
    void takes_the_der_that_services_give(JwsAlgorithm algorithm) {
        SigningKey elsewhere = key(algorithm);
        Signer service = input -> {
            try {
                Signature der = Signature.getInstance(algorithm.standardName());
                der.initSign(PrivateKeys.read(new JwkMembers(elsewhere.toPrivateJwk())));
                der.update(input);
                return der.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        };

        signedAndVerified(SignerKey.of(algorithm, elsewhere.keyId(), Signer.ofDer(algorithm, service)), elsewhere);
        assertThatIllegalStateException()
                .isThrownBy(() -> signedAndVerified(SignerKey.of(algorithm, elsewhere.keyId(), service), elsewhere))
                .withMessageContaining("no signature of " + algorithm.joseName() + " as JWS carries it");
    }

    @Test
    void says_that_there_is_no_der_where_there_is_none() {
        SigningKey elsewhere = key(JwsAlgorithm.ES256);
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> Signer.ofDer(JwsAlgorithm.ES256, elsewhere::sign).sign(new byte[1]))
                .withMessageContaining("not DER");
        assertThatIllegalArgumentException().isThrownBy(() -> Signer.ofDer(JwsAlgorithm.PS256, input -> input));
    }

    @Test
    void is_a_private_key_with_a_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> SignerKey.of(JwsAlgorithm.HS256, "a", input -> input));
        assertThatIllegalArgumentException().isThrownBy(() -> SignerKey.of(JwsAlgorithm.ES256, "", input -> input));
        assertThat(SignerKey.of(JwsAlgorithm.ES256, "a", input -> input)).hasToString("SignerKey[kid=a, alg=ES256]");
    }
}
