package dev.signet.jwt.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as keytool makes them. */
class KeyStoreTest {
    private static final char[] PASSWORD = "change-it".toCharArray();

    @TempDir
    Path folder;

    private KeyStore store(String... keyOptions) throws Exception {
        File file = folder.resolve("client.p12").toFile();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "reporter",
                "-dname",
                "CN=reporter",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString()));
        command.addAll(List.of(keyOptions));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        return KeyStore.getInstance(file, PASSWORD);
    }

    @ParameterizedTest
    @CsvSource({"ES256,EC -groupname secp256r1", "RS256,RSA -keysize 2048", "Ed25519,Ed25519"})
    void gives_a_key_known_by_its_thumbprint(JwsAlgorithm algorithm, String kind) throws Exception {
        SigningKey key = SigningKey.fromKeyStore(
                store(("-keyalg " + kind).split(" ", -1)), "reporter", PASSWORD, algorithm, CryptoProvider.jdk());

        byte[] input = new byte[10];
        assertThat(key.verificationKey().verifies(algorithm, input, 0, input.length, key.sign(input)))
                .isTrue();
        assertThat(SigningKey.fromJwk(key.toPrivateJwk(), CryptoProvider.jdk())).isEqualTo(key);
        assertThat(key.keyId()).hasSize(43);
    }

    @Test
    void says_what_is_wrong_without_the_password() throws Exception {
        KeyStore store = store("-keyalg", "EC", "-groupname", "secp256r1");
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() ->
                        SigningKey.fromKeyStore(store, "other", PASSWORD, JwsAlgorithm.ES256, CryptoProvider.jdk()))
                .withMessageContaining("no private key");
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> SigningKey.fromKeyStore(
                        store, "reporter", "wrong-one".toCharArray(), JwsAlgorithm.ES256, CryptoProvider.jdk()))
                .withMessageContaining("password")
                .withMessageNotContaining("wrong-one");
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() ->
                        SigningKey.fromKeyStore(store, "reporter", PASSWORD, JwsAlgorithm.RS256, CryptoProvider.jdk()));
    }
}
