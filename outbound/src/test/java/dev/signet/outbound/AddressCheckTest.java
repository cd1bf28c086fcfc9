package dev.signet.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.signet.outbound.OutboundException.Reason;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are connected to. Every address that is dialled leads to the one local server. */
class AddressCheckTest {
    private static final Certificates CERTIFICATES = new Certificates();

    private final LocalServer server =
            LocalServer.https(CERTIFICATES.serverFor("as.example")).answering(Answers.json("{}"));
    private final List<InetSocketAddress> dialled = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private void dial(Socket socket, InetSocketAddress address, int timeoutMillis) throws IOException {
        dialled.add(address);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), timeoutMillis);
    }

    private OutboundHttp.Builder http(Resolver resolver) {
        return OutboundHttp.builder().resolver(resolver).connector(this::dial).sslContext(CERTIFICATES.client());
    }

    private static Resolver knowing(String... addresses) {
        return name -> {
            InetAddress[] found = new InetAddress[addresses.length];
            for (int index = 0; index < found.length; index++) {
                found[index] = InetAddress.getByName(addresses[index]);
            }
            return found;
        };
    }

    private static FetchedDocument fetch(OutboundHttp.Builder http) {
        return http.build().get(URI.create("https://as.example/jwks"), FetchLimits.JWK_SET);
    }

    private void assertRefused(OutboundHttp.Builder http, Reason reason) {
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> fetch(http))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
        assertThat(dialled).isEmpty();
        assertThat(server.connections()).isZero();
    }

    @Nested
    @Requirement({"9101-10.4-05", "8725b-3.10-03", "7591-5-02", "D-42"})
    class Rfc_9101_10_4_address_check {

        @Test
        void connects_to_a_public_address_under_the_name_that_was_asked_for() {
            assertThat(fetch(http(knowing("1.2.3.4"))).body()).asString().isEqualTo("{}");
            assertThat(dialled).containsExactly(new InetSocketAddress("1.2.3.4", 443));
            assertThat(server.requests()).singleElement().asString().contains("\r\nHost: as.example\r\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "127.0.0.1",
                    "169.254.169.254",
                    "::1",
                    "10.0.0.1",
                    "192.168.1.1",
                    "100.64.0.1",
                    "0.0.0.0",
                    "fd00::1",
                    "fe80::1",
                    "::ffff:127.0.0.1",
                    "64:ff9b::7f00:1",
                    "2002:7f00:1::1",
                    "ff02::1"
                })
        void refuses_a_name_with_a_local_address(String address) {
            assertRefused(http(knowing(address)), Reason.ADDRESS_REFUSED);
        }

        @Test
        void refuses_a_name_with_one_local_address_among_public_ones() {
            assertRefused(http(knowing("1.2.3.4", "10.0.0.1")), Reason.ADDRESS_REFUSED);
            assertRefused(http(knowing("10.0.0.1", "1.2.3.4")), Reason.ADDRESS_REFUSED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://10.1.2.3:8443/x"})
        void refuses_a_local_host_named_in_the_uri(String uri) {
            OutboundHttp http = http(InetAddress::getAllByName).build();
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> http.get(URI.create(uri), FetchLimits.JWK_SET))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED));
            assertThat(dialled).isEmpty();
        }

        @Test
        void a_name_that_changes_between_check_and_connection_is_connected_to_as_it_was_checked() {
            AtomicInteger asked = new AtomicInteger();
            Resolver rebinding = name ->
                    new InetAddress[] {InetAddress.getByName(asked.getAndIncrement() == 0 ? "1.2.3.4" : "127.0.0.1")};
            OutboundHttp.Builder http = http(rebinding);
            fetch(http);
            assertThat(asked).hasValue(1);
            assertThat(dialled).containsExactly(new InetSocketAddress("1.2.3.4", 443));
            // Asked again, for the next call, the name is no longer public.
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> fetch(http))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.ADDRESS_REFUSED));
            assertThat(server.connections()).isEqualTo(1);
        }

        @Test
        void what_is_dialled_needs_no_further_look_up() {
            fetch(http(knowing("1.2.3.4")));
            assertThat(dialled).noneMatch(InetSocketAddress::isUnresolved);
        }
    }

    @Nested
    @Requirement("D-42")
    class Allowed_hosts {

        @Test
        void may_have_local_addresses() {
            fetch(http(knowing("10.0.0.1")).allowHosts(Set.of("as.example")));
            fetch(http(knowing("10.0.0.1")).allowHosts(Set.of("AS.example:443")));
            assertThat(server.connections()).isEqualTo(2);
        }

        @Test
        void are_allowed_on_the_named_port_alone() {
            assertRefused(http(knowing("10.0.0.1")).allowHosts(Set.of("as.example:8443")), Reason.ADDRESS_REFUSED);
        }

        @Test
        void do_not_open_other_names_of_the_same_address() {
            assertRefused(
                    http(knowing("127.0.0.1")).allowHosts(Set.of("localhost", "127.0.0.1")), Reason.ADDRESS_REFUSED);
        }

        @Test
        void are_no_patterns() {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> OutboundHttp.builder()
                            .allowHosts(Set.of("*.example", "https://u:p@as.example", ""))
                            .connectTimeout(Duration.ZERO)
                            .build())
                    .withMessageContaining("allowHosts: expected a host or host:port")
                    .withMessageNotContaining("example")
                    .withMessageContaining("connectTimeout");
        }
    }

    @Nested
    class Names {

        @Test
        void that_nobody_knows_are_reported() {
            assertRefused(
                    http(name -> {
                        throw new UnknownHostException(name);
                    }),
                    Reason.NAME_UNKNOWN);
            assertRefused(http(knowing()), Reason.NAME_UNKNOWN);
        }

        @Test
        void are_waited_for_until_the_deadline_only() {
            CountDownLatch never = new CountDownLatch(1);
            OutboundHttp http = http(name -> {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return new InetAddress[0];
                    })
                    .build();
            FetchLimits limits = FetchLimits.JWK_SET.withTimeout(Duration.ofMillis(50));
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> http.get(URI.create("https://as.example/"), limits))
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TIMEOUT));
        }

        @Test
        void are_not_looked_up_without_end() {
            assertRefused(
                    http(knowing("1.2.3.4")).executor(task -> {
                        throw new RejectedExecutionException();
                    }),
                    Reason.OVERLOADED);
        }

        @Test
        void have_their_next_address_tried_when_the_first_is_dead() {
            OutboundHttp http = OutboundHttp.builder()
                    .resolver(knowing("1.2.3.4", "5.6.7.8"))
                    .sslContext(CERTIFICATES.client())
                    .connector((socket, address, timeout) -> {
                        if (address.getHostString().startsWith("1.")) {
                            throw new IOException("refused");
                        }
                        dial(socket, address, timeout);
                    })
                    .build();
            http.get(URI.create("https://as.example/"), FetchLimits.JWK_SET);
            assertThat(dialled).containsExactly(new InetSocketAddress("5.6.7.8", 443));
        }
    }
}
