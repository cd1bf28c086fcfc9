package dev.signet.jwt.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PemTest {
    private static final CryptoProvider JDK = CryptoProvider.jdk();

    /** Self-signed, P-256, made with OpenSSL. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBejCCASGgAwIBAgIUI4QzaI6tdDt4oBU0Sz0Tgp4/tR8wCgYIKoZIzj0EAwIw
            EjEQMA4GA1UEAwwHZXhhbXBsZTAgFw0yNjExMjEwOTA1MzJaGA8yMTI2MTAyODA5
            MDUzMlowEjEQMA4GA1UEAwwHZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEH
            A0IABF2E1qm8MXHutNJid/ChBVSl7aAiBBtylQR7mzqR99BxJCA8CbCuFO4dEqXk
            rkIBTAoV+NmDcy3aHAMA2t6aKyejUzBRMB0GA1UdDgQWBBS04dQ6IxT8qoc8Cv9V
            hRMXpc5K4TAfBgNVHSMEGDAWgBS04dQ6IxT8qoc8Cv9VhRMXpc5K4TAPBgNVHRMB
            Af8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIDOjsDfQBSy8LBybw1zsyxGztzAw
            vpkagO7+a3IZAqWBAiBk9NfyPkmtTY+3ow9PkJrsYLgGeqP8Dak0XDfso+6pUQ==
            -----END CERTIFICATE-----
            """;

    private static KeyPair pair(JwsAlgorithm algorithm) throws GeneralSecurityException {
        return switch (algorithm.family()) {
            case RSA -> {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2048);
                yield generator.generateKeyPair();
            }
            case EC -> {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(
                        new ECGenParameterSpec(algorithm.curve().orElseThrow().standardName()));
                yield generator.generateKeyPair();
            }
            default -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        };
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }

    @ParameterizedTest
    @EnumSource(names = {"RS256", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"})
    void private_and_public_halves_are_read_and_belong_together(JwsAlgorithm algorithm)
            throws GeneralSecurityException {
        KeyPair pair = pair(algorithm);
        SigningKey signing =
                SigningKey.fromPem(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), algorithm, JDK);
        VerificationKey verification =
                VerificationKey.fromPem(pem("PUBLIC KEY", pair.getPublic().getEncoded()), algorithm, JDK);
        assertThat(signing.verificationKey()).isEqualTo(verification);
        assertThat(signing.keyId()).isEqualTo(verification.thumbprint());
        assertThat(VerificationKey.of(pair.getPublic(), algorithm, JDK)).isEqualTo(verification);
        assertThat(SigningKey.fromPem(signing.toPrivatePem(), algorithm, JDK)).isEqualTo(signing);
    }

    @Test
    void a_certificates_key_is_read() {
        VerificationKey key = VerificationKey.fromPem(CERTIFICATE, JwsAlgorithm.ES256, JDK);
        assertThat(key.algorithm()).contains(JwsAlgorithm.ES256);
        assertThat(VerificationKey.fromPem(
                        "subject=x\r\n" + CERTIFICATE.replace("\n", "\r\n"), JwsAlgorithm.ES256, JDK))
                .isEqualTo(key);
    }

    @Test
    void private_and_public_are_never_confused() throws GeneralSecurityException {
        KeyPair pair = pair(JwsAlgorithm.ES256);
        String privatePem = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
        String publicPem = pem("PUBLIC KEY", pair.getPublic().getEncoded());
        assertThatThrownBy(() -> VerificationKey.fromPem(privatePem, JwsAlgorithm.ES256, JDK))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("PRIVATE KEY where a PUBLIC KEY");
        assertThatThrownBy(() -> SigningKey.fromPem(publicPem, JwsAlgorithm.ES256, JDK))
                .isInstanceOf(KeyException.class);
        String mislabelled = pem("PUBLIC KEY", pair.getPrivate().getEncoded());
        assertThatThrownBy(() -> VerificationKey.fromPem(mislabelled, JwsAlgorithm.ES256, JDK))
                .isInstanceOf(KeyException.class);
    }

    @Test
    void the_algorithm_must_fit() throws GeneralSecurityException {
        String ec = pem("PRIVATE KEY", pair(JwsAlgorithm.ES256).getPrivate().getEncoded());
        for (JwsAlgorithm other :
                List.of(JwsAlgorithm.ES384, JwsAlgorithm.RS256, JwsAlgorithm.Ed25519, JwsAlgorithm.HS256)) {
            assertThatThrownBy(() -> SigningKey.fromPem(ec, other, JDK)).isInstanceOf(KeyException.class);
        }
    }

    @Test
    void what_is_not_one_block_of_the_expected_kind_is_refused() throws GeneralSecurityException {
        String one = pem("PUBLIC KEY", pair(JwsAlgorithm.ES256).getPublic().getEncoded());
        Map<String, String> refused = Map.of(
                "",
                "no PEM block found",
                "-----BEGIN PUBLIC KEY-----",
                "no PEM block found",
                one + one,
                "more than one PEM block found",
                pem("PUBLIC KEY", new byte[] {1, 2, 3}),
                "neither RSA, EC nor Ed25519, or malformed",
                pem("RSA PRIVATE KEY", new byte[16]),
                "the PEM block is a RSA PRIVATE KEY",
                pem("CERTIFICATE", new byte[16]),
                "the certificate is malformed",
                "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----",
                "not base64");
        refused.forEach(
                (text, message) -> assertThatThrownBy(() -> VerificationKey.fromPem(text, JwsAlgorithm.ES256, JDK))
                        .isInstanceOf(KeyException.class)
                        .hasMessageContaining(message));
        assertThatThrownBy(() -> SigningKey.fromPem(pem("EC PRIVATE KEY", new byte[16]), JwsAlgorithm.ES256, JDK))
                .hasMessageContaining("openssl pkcs8");
    }
}
