package dev.signet.app.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.app.listener.RawHttp.Answer;
import dev.signet.app.log.JsonLog;
import dev.signet.app.log.LogLevel;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpListenerTest {

    private static final String CLOSE = "Host: localhost\r\nConnection: close\r\n";
    private static HttpListener listener;

    @BeforeAll
    static void start() {
        listener = HttpListener.start(anyPort(), HttpListenerTest::echo);
    }

    @AfterAll
    static void stop() {
        listener.close();
    }

    private static ListenAddress anyPort() {
        return new ListenAddress("127.0.0.1", 0, Optional.empty());
    }

    /** Answers with what arrived. */
    private static ProtocolResponse echo(ProtocolRequest request) {
        if (request.path().equals("/fail")) {
            throw new IllegalStateException("a secret reason");
        }
        return ProtocolResponse.json(
                200,
                JsonObject.builder()
                        .put("method", request.method())
                        .put("path", request.path())
                        .put("query", request.query().orElse("none"))
                        .put("x", request.headers("x"))
                        .put("body", new String(request.body(), StandardCharsets.UTF_8))
                        .put("large", request.bodyTooLarge())
                        .put("from", request.remoteAddress().orElse("nowhere"))
                        .build());
    }

    private static Answer send(String request) throws IOException {
        return RawHttp.send(listener.port(), request);
    }

    private static JsonObject echoed(String request) throws IOException {
        Answer answer = send(request);
        assertThat(answer.status()).isEqualTo(200);
        return JsonObject.parse(answer.body().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Nested
    class Well_formed_requests {
        @Test
        void arrive_as_they_were_sent() throws IOException {
            JsonObject seen = echoed("POST /a%20b/%C3%A4?q=1%2B1&q=2 HTTP/1.1\r\n" + CLOSE
                    + "X: one\r\nx: two\r\nContent-Length: 5\r\n\r\nh\u00c3\u00a4lo");
            assertThat(seen.requireString("method")).isEqualTo("POST");
            assertThat(seen.requireString("from")).isEqualTo("127.0.0.1");
            assertThat(seen.requireString("path")).isEqualTo("/a%20b/%C3%A4");
            assertThat(seen.requireString("query")).isEqualTo("q=1%2B1&q=2");
            assertThat(seen.findStrings("x").orElseThrow()).containsExactly("one", "two");
            assertThat(seen.requireString("body")).isEqualTo("hälo");
            assertThat(seen.findBoolean("large")).contains(false);
        }

        @Test
        void arrive_in_chunks_too() throws IOException {
            JsonObject seen = echoed("POST / HTTP/1.1\r\n" + CLOSE
                    + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
            assertThat(seen.requireString("body")).isEqualTo("abcde");
        }

        @Test
        void the_server_does_not_name_its_software() throws IOException {
            assertThat(send("GET / HTTP/1.1\r\n" + CLOSE + "\r\n").head()).doesNotContainIgnoringCase("jetty");
        }
    }

    @Nested
    class Body_limit {
        @Test
        void a_body_of_exactly_the_cap_is_read() throws IOException {
            JsonObject seen = echoed(post(ProtocolRequest.MAXIMUM_BODY));
            assertThat(seen.requireString("body")).hasSize(ProtocolRequest.MAXIMUM_BODY);
            assertThat(seen.findBoolean("large")).contains(false);
        }

        @ParameterizedTest
        @ValueSource(ints = {ProtocolRequest.MAXIMUM_BODY + 1, 10 * 1024 * 1024})
        void more_is_said_to_be_too_large_and_not_kept(int length) throws IOException {
            JsonObject seen = echoed(post(length));
            assertThat(seen.requireString("body")).isEmpty();
            assertThat(seen.findBoolean("large")).contains(true);
        }

        @Test
        void a_client_that_asks_first_is_not_told_to_send_what_is_too_large() throws IOException {
            String expecting = "POST / HTTP/1.1\r\n" + CLOSE + "Expect: 100-continue\r\nContent-Length: ";
            Answer answer = send(expecting + (ProtocolRequest.MAXIMUM_BODY + 1) + "\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200); // of the echo; the engine makes it 413
            assertThat(JsonObject.parse(answer.body()).findBoolean("large")).contains(true);
            assertThat(echoed(expecting + "2\r\n\r\nok").requireString("body")).isEqualTo("ok");
        }

        private String post(int length) {
            return "POST / HTTP/1.1\r\n" + CLOSE + "Content-Length: " + length + "\r\n\r\n" + "a".repeat(length);
        }
    }

    @Nested
    class Malformed_requests {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /%zz HTTP/1.1\r\n" + CLOSE + "\r\n",
                    "GET /%00 HTTP/1.1\r\n" + CLOSE + "\r\n",
                    "GET /a/..;/b%2fc HTTP/1.1\r\n" + CLOSE + "\r\n",
                    "GET /\u00ff HTTP/1.1\r\n" + CLOSE + "\r\n",
                    "GET / HTTP/9.9\r\n" + CLOSE + "\r\n",
                    "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                    "GET / HTTP/1.1\r\n" + CLOSE + "Bad\u0000Name: x\r\n\r\n",
                    "GET / HTTP/1.1\r\n" + CLOSE + " folded: x\r\n\r\n",
                    "G\u0001T / HTTP/1.1\r\n" + CLOSE + "\r\n",
                    "CONNECT a:1 HTTP/1.1\r\n" + CLOSE + "\r\n",
                    "POST / HTTP/1.1\r\n" + CLOSE + "Content-Length: -5\r\n\r\n",
                    "POST / HTTP/1.1\r\n" + CLOSE + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                    "POST / HTTP/1.1\r\n" + CLOSE + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nhello",
                    "POST / HTTP/1.1\r\n" + CLOSE + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
                    "POST / HTTP/1.1\r\n" + CLOSE + "Transfer-Encoding: gzip\r\n\r\n",
                    "POST / HTTP/1.1\r\n" + CLOSE + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                    "POST / HTTP/1.1\r\n" + CLOSE
                            + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "POST / HTTP/2.0\r\n" + CLOSE + "Content-Length: 0\r\n\r\n",
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                    "GET / HTTP/1.1\r\n" + CLOSE + "Expect: wonders\r\n\r\n",
                    "\u0016\u0003\u0001\u0002\r\n\r\n"
                })
        void are_refused_with_a_small_json_document(String request) throws IOException {
            Answer answer = send(request);
            assertThat(answer.status()).isBetween(400, 499).isNotEqualTo(426); // which has to say what to upgrade to
            assertThat(answer.head()).contains("Content-Type: application/json").contains("Cache-Control: no-store");
            assertThat(JsonObject.parse(answer.body()).requireString("error")).isEqualTo("invalid_request");
            assertThat(answer.body()).doesNotContain("jetty").doesNotContain("\tat ");
        }

        @Test
        void an_expectation_that_nobody_meets_is_told_as_such() throws IOException {
            Answer answer = send("GET / HTTP/1.1\r\n" + CLOSE + "Expect: wonders\r\n\r\n");
            assertThat(answer.status()).isEqualTo(417);
            assertThat(answer.body()).contains("The expectation of the request cannot be met.");
        }

        @Test
        void header_fields_beyond_16_kb_are_refused() throws IOException {
            assertThat(send("GET / HTTP/1.1\r\n" + CLOSE + "X: " + "a".repeat(17_000) + "\r\n\r\n")
                            .status())
                    .isEqualTo(431);
            assertThat(send("GET /" + "a".repeat(17_000) + " HTTP/1.1\r\n" + CLOSE + "\r\n")
                            .status())
                    .isEqualTo(414);
        }

        @Test
        void random_octets_never_make_it_fail() throws IOException {
            Random random = new Random(20_261_121);
            for (int i = 0; i < 300; i++) {
                byte[] octets = new byte[random.nextInt(300)];
                random.nextBytes(octets);
                byte[] end = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
                byte[] request = Arrays.copyOf(octets, octets.length + end.length);
                System.arraycopy(end, 0, request, octets.length, end.length);
                assertThat(RawHttp.sendAndEnd(listener.port(), request).status())
                        .isBetween(0, 499);
            }
        }
    }

    @Test
    void an_unforeseen_failure_is_logged_under_a_name_of_its_own() throws IOException {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        JsonLog.start(log, LogLevel.INFO);
        try {
            Answer answer = send("GET /fail HTTP/1.1\r\n" + CLOSE + "\r\n");
            JsonObject line = JsonObject.parse(log.toString(StandardCharsets.UTF_8));
            assertThat(line.requireString("event")).isEqualTo("request-unanswered");
            assertThat(answer.head()).contains("X-Correlation-Id: " + line.requireString("correlation"));
        } finally {
            JsonLog.start(System.err, LogLevel.WARN);
        }
    }

    @Test
    void an_unforeseen_failure_shows_nothing_of_itself() throws IOException {
        Answer answer = send("GET /fail HTTP/1.1\r\n" + CLOSE + "\r\n");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"server_error\",\"error_description\":\"The server could not answer.\"}");
    }

    @Nested
    class Start_and_stop {
        @Test
        void a_port_in_use_is_told_in_one_line() {
            ListenAddress taken = new ListenAddress("127.0.0.1", listener.port(), Optional.empty());
            assertThatThrownBy(() -> HttpListener.start(taken, HttpListenerTest::echo))
                    .isInstanceOf(ListenException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + listener.port()
                            + ": the port is in use, or the address is not one of this machine");
        }

        @Test
        void an_address_of_another_machine_is_told_in_one_line() {
            ListenAddress foreign = new ListenAddress("192.0.2.1", 0, Optional.empty());
            assertThatThrownBy(() -> HttpListener.start(foreign, HttpListenerTest::echo))
                    .isInstanceOf(ListenException.class)
                    .hasMessageStartingWith("cannot listen on 192.0.2.1:0: ");
        }

        @Test
        void closing_lets_requests_under_way_end_and_takes_no_new_ones() throws Exception {
            CountDownLatch arrived = new CountDownLatch(1);
            CountDownLatch mayGoOn = new CountDownLatch(1);
            HttpListener draining = HttpListener.start(anyPort(), request -> {
                arrived.countDown();
                await(mayGoOn);
                return echo(request);
            });
            int port = draining.port(); // which it no longer has once it closes
            Executor ownThread = task -> new Thread(task).start(); // the common pool may have one thread only
            CompletableFuture<Answer> underWay = CompletableFuture.supplyAsync(() -> get(port));
            arrived.await();
            CompletableFuture<Void> closed = CompletableFuture.runAsync(draining::close, ownThread);
            awaitRefusal(port);
            assertThat(closed).isNotDone();
            mayGoOn.countDown();
            assertThat(underWay.get().status()).isEqualTo(200);
            closed.get();
        }

        @Test
        void closing_does_not_wait_for_clients_that_are_silent() throws Exception {
            HttpListener draining = HttpListener.start(anyPort(), HttpListenerTest::echo);
            try (Socket kept = new Socket("127.0.0.1", draining.port());
                    Socket silent = new Socket("127.0.0.1", draining.port())) {
                kept.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(kept.getInputStream().read()).isEqualTo('H');
                assertThat(silent.isConnected()).isTrue();
                long start = System.nanoTime();
                draining.close();
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HttpListener.DRAIN.dividedBy(2));
            }
        }

        private Answer get(int port) {
            try {
                return RawHttp.send(port, "GET /x HTTP/1.1\r\n" + CLOSE + "\r\n");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Until the port takes no connection any more. */
        private void awaitRefusal(int port) {
            Awaitility.await().until(() -> {
                try (Socket socket = new Socket("127.0.0.1", port)) {
                    return !socket.isConnected();
                } catch (IOException e) {
                    return true;
                }
            });
        }
    }
}
