package dev.signet.app.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.core.http.ProtocolResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    @TempDir
    Path folder;

    private static HttpClient trusting(Certificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void the_listener_speaks_tls_with_pem_files(String algorithm) throws Exception {
        TlsPair pair = TlsPair.generate(folder, algorithm);
        List<Certificate> chain = TlsMaterial.certificates(pair.certificate());
        TlsMaterial tls = TlsMaterial.of(chain, TlsMaterial.privateKey(pair.key()));
        try (HttpListener listener = HttpListener.start(
                new ListenAddress("127.0.0.1", 0, Optional.of(tls)),
                request -> ProtocolResponse.builder(204).build())) {
            HttpResponse<String> response = trusting(chain.get(0))
                    .send(
                            HttpRequest.newBuilder(URI.create("https://localhost:" + listener.port() + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(response.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThatThrownBy(() -> HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create("https://localhost:" + listener.port() + "/"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(RawHttp.sendAndEnd(
                                    listener.port(),
                                    "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                            .status())
                    .isZero();
        }
    }

    @Test
    void a_key_of_another_certificate_is_refused() throws Exception {
        List<Certificate> chain =
                TlsMaterial.certificates(TlsPair.generate(folder, "EC").certificate());
        PrivateKey sameKind =
                TlsMaterial.privateKey(TlsPair.generate(folder, "EC").key());
        PrivateKey otherKind =
                TlsMaterial.privateKey(TlsPair.generate(folder, "RSA").key());
        assertThatThrownBy(() -> TlsMaterial.of(chain, sameKind))
                .hasMessage("the private key does not belong to the first certificate");
        assertThatThrownBy(() -> TlsMaterial.of(chain, otherKind))
                .hasMessage("the private key does not belong to the first certificate");
    }

    @ParameterizedTest
    @CsvSource({"''", "text", "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----"})
    void what_is_no_certificate_is_refused(String pem) {
        assertThatThrownBy(() -> TlsMaterial.certificates(pem))
                .hasMessage("expected a PEM file with X.509 certificates, the server's own first");
    }

    @ParameterizedTest
    @CsvSource({
        "'',expected a PEM file with an unencrypted PKCS#8 private key (-----BEGIN PRIVATE KEY-----)",
        "-----BEGIN RSA PRIVATE KEY-----AAAA-----END RSA PRIVATE KEY-----,expected a PEM file with an unencrypted PKCS#8 private key (-----BEGIN PRIVATE KEY-----)",
        "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY-----,'expected an RSA, EC or Ed25519 private key'"
    })
    void what_is_no_private_key_is_refused(String pem, String message) {
        assertThatThrownBy(() -> TlsMaterial.privateKey(pem)).hasMessage(message);
    }
}
