package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.signet.outbound.OutboundException.Reason;
import dev.signet.testkit.Requirement;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names lead to the local server, as those of an allowed host may. */
class TlsTest {
    private static final Certificates CERTIFICATES = new Certificates();
    private static final FetchLimits IMPATIENT = FetchLimits.JWK_SET.withTimeout(Duration.ofMillis(300));

    private final OutboundHttp http = OutboundHttp.builder()
            .allowHosts(Set.of("as.example", "127.0.0.1"))
            .resolver(name -> new InetAddress[] {InetAddress.getLoopbackAddress()})
            .sslContext(CERTIFICATES.client())
            .build();

    private void assertTaken(String host, LocalServer server) {
        try (server) {
            server.answering(Answers.json("{}"));
            assertThat(http.get(server.uri(host, "/jwks"), FetchLimits.JWK_SET).body())
                    .hasSize(2);
        }
    }

    private void assertRefused(String host, LocalServer server) {
        try (server) {
            server.answering(Answers.json("{}"));
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> http.get(server.uri(host, "/jwks"), FetchLimits.JWK_SET))
                    .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.TLS_FAILED));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Nested
    @Requirement({"8414-6.1-01", "9728-7.1-01", "9101-8-02", "9101-11-02", "D-42"})
    class Rfc_9525_certificate {

        @Test
        void of_the_host_is_taken() {
            assertTaken("as.example", LocalServer.https(CERTIFICATES.serverFor("as.example")));
            assertTaken("127.0.0.1", LocalServer.https(CERTIFICATES.serverFor("127.0.0.1")));
        }

        @Test
        void is_asked_for_by_the_name_of_the_host() {
            LocalServer named = LocalServer.https(CERTIFICATES.serverFor("as.example"));
            assertTaken("as.example", named);
            assertThat(named.serverNames()).containsExactly("as.example");
            LocalServer numbered = LocalServer.https(CERTIFICATES.serverFor("127.0.0.1"));
            assertTaken("127.0.0.1", numbered);
            assertThat(numbered.serverNames()).isEmpty();
        }

        @Test
        void of_another_host_is_refused() {
            assertRefused("as.example", LocalServer.https(CERTIFICATES.serverFor("other.example")));
            assertRefused("as.example", LocalServer.https(CERTIFICATES.serverFor("127.0.0.1")));
            assertRefused("127.0.0.1", LocalServer.https(CERTIFICATES.serverFor("as.example")));
        }

        @Test
        void that_is_self_signed_is_refused() {
            assertRefused("as.example", LocalServer.https(Certificates.selfSigned("as.example")));
        }

        @Test
        void of_another_authority_is_refused() {
            assertRefused("as.example", LocalServer.https(new Certificates().serverFor("as.example")));
        }

        @Test
        void that_has_expired_is_refused() {
            assertRefused("as.example", LocalServer.https(CERTIFICATES.serverWithExpired("as.example")));
        }

        @Test
        @Requirement("9101-8-03")
        void that_names_the_host_in_its_subject_only_is_refused() {
            assertRefused("as.example", LocalServer.https(CERTIFICATES.serverByCommonName("as.example")));
        }

        @Test
        @Requirement("9101-8-04")
        void that_names_it_as_a_service_and_in_a_uri_only_is_refused() {
            assertRefused("as.example", LocalServer.https(CERTIFICATES.serverByServiceAndUri("as.example")));
        }
    }

    @Nested
    @Requirement({"FAPI2-5.2.2-02", "9101-8-01"})
    class Rfc_9325_protocol_and_suites {
        private static final SSLContext RSA = CERTIFICATES.rsaServerFor("as.example");

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void tls_12_and_13_are_spoken(String protocol) {
            assertTaken("as.example", LocalServer.https(RSA, List.of(protocol), List.of()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"})
        void recommended_suites_of_tls_12_are_spoken(String suite) {
            assertTaken("as.example", LocalServer.https(RSA, List.of("TLSv1.2"), List.of(suite)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                    "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                    "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
                })
        void other_suites_are_not(String suite) throws IOException {
            LocalServer server = LocalServer.https(RSA, List.of("TLSv1.2"), List.of(suite));
            assertSpokenByTheJdk(server, suite);
            assertRefused("as.example", server);
        }

        /** Written by hand: the JDK does not speak TLS 1.1 as a server either. */
        @Test
        void tls_11_and_suites_without_encryption_are_neither_offered_nor_taken() throws Exception {
            byte[] serverHello =
                    HexFormat.of().parseHex("160302002a" + "020000260302" + "5a".repeat(32) + "00" + "c013" + "00");
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                FutureTask<byte[]> clientHello = new FutureTask<>(() -> {
                    try (Socket socket = listener.accept()) {
                        DataInputStream in = new DataInputStream(socket.getInputStream());
                        byte[] head = in.readNBytes(5);
                        byte[] hello = in.readNBytes((head[3] & 0xFF) << 8 | head[4] & 0xFF);
                        socket.getOutputStream().write(serverHello);
                        assertThat(in.readNBytes(7)).as("an alert").startsWith(21);
                        return hello;
                    }
                });
                Thread thread = new Thread(clientHello, "tls-1.1");
                thread.setDaemon(true);
                thread.start();
                URI uri = URI.create("https://as.example:" + listener.getLocalPort() + "/jwks");
                assertThatExceptionOfType(OutboundException.class)
                        .isThrownBy(() -> http.get(uri, FetchLimits.JWK_SET))
                        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.TLS_FAILED));
                assertThat(suites(clientHello.get(10, TimeUnit.SECONDS)))
                        .isNotEmpty()
                        .isSubsetOf("1301", "1302", "1303", "c02b", "c02c", "c02f", "c030", "cca8", "cca9", "00ff");
            }
        }

        /** The cipher suites of a ClientHello (RFC 8446 §4.1.2), after type, length, version, random and session identifier. */
        private List<String> suites(byte[] clientHello) {
            int at = 4 + 2 + 32;
            at += 1 + (clientHello[at] & 0xFF);
            int length = (clientHello[at] & 0xFF) << 8 | clientHello[at + 1] & 0xFF;
            String octets = HexFormat.of().formatHex(clientHello, at + 2, at + 2 + length);
            return Arrays.asList(octets.split("(?<=\\G.{4})"));
        }

        /** So it is not the server that refuses. */
        private void assertSpokenByTheJdk(LocalServer server, String suite) throws IOException {
            InetAddress address = InetAddress.getLoopbackAddress();
            try (SSLSocket socket =
                    (SSLSocket) CERTIFICATES.client().getSocketFactory().createSocket(address, server.port())) {
                socket.startHandshake();
                assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
            }
        }
    }

    @Nested
    class Misbehaving {

        @Test
        void server_that_speaks_no_tls_is_refused() {
            try (LocalServer plain = LocalServer.http()) {
                assertThatExceptionOfType(OutboundException.class)
                        .isThrownBy(() -> http.get(URI.create("https://as.example:" + plain.port() + "/"), IMPATIENT))
                        .satisfies(failure -> assertThat(failure.reason()).isIn(Reason.TLS_FAILED, Reason.TIMEOUT));
            }
        }

        @Test
        void server_that_never_shakes_hands_is_left_at_the_deadline() throws IOException {
            try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> assertThatExceptionOfType(OutboundException.class)
                                .isThrownBy(() -> http.get(
                                        URI.create("https://as.example:" + silent.getLocalPort() + "/"), IMPATIENT))
                                .satisfies(
                                        failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT)));
            }
        }

        @Test
        void body_octet_by_octet_is_left_at_the_deadline() {
            try (LocalServer server = LocalServer.https(CERTIFICATES.serverFor("as.example"))) {
                server.answering(Answers.drip("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", " "));
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> assertThatExceptionOfType(OutboundException.class)
                                .isThrownBy(() -> http.get(server.uri("as.example", "/"), IMPATIENT))
                                .satisfies(
                                        failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT)));
            }
        }
    }
}
