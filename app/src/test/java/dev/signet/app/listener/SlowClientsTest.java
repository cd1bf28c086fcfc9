package dev.signet.app.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.app.listener.RawHttp.Answer;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clients that take their time, or that are too many. */
class SlowClientsTest {

    private static final String HEAD =
            "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 5\r\n\r\n";

    private static final Duration LONG = Duration.ofSeconds(30);

    private static HttpListener start(ListenerLimits limits) {
        return start(limits, request -> ProtocolResponse.builder(204).build());
    }

    private static HttpListener start(ListenerLimits limits, Endpoints endpoints) {
        return HttpListener.start(new ListenAddress("127.0.0.1", 0, Optional.empty()), endpoints, limits);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void a_burst_waits_to_be_accepted_and_is_not_turned_away() throws Exception {
        List<Socket> burst = new ArrayList<>();
        try (HttpListener listener = start(new ListenerLimits(LONG, LONG, 1, LONG))) {
            for (int i = 0; i < 100; i++) {
                Socket socket = new Socket();
                burst.add(socket);
                socket.connect(new InetSocketAddress("127.0.0.1", listener.port()), 2_000);
            }
        } finally {
            for (Socket socket : burst) {
                socket.close();
            }
        }
        assertThat(burst).hasSize(100);
    }

    @Nested
    class Head {
        @Test
        void that_does_not_arrive_in_time_costs_the_connection_and_a_request_under_way_goes_on() throws Exception {
            ListenerLimits shortHead = new ListenerLimits(Duration.ofMillis(20), LONG, 10, LONG);
            CountDownLatch mayGoOn = new CountDownLatch(1);
            Endpoints waiting = request -> {
                try {
                    mayGoOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return ProtocolResponse.builder(204).build();
            };
            try (HttpListener listener = start(shortHead, waiting);
                    Socket underWay = new Socket("127.0.0.1", listener.port());
                    Socket slow = new Socket("127.0.0.1", listener.port())) {
                underWay.setSoTimeout(10_000);
                slow.setSoTimeout(10_000);
                write(underWay, HEAD + "hello");
                write(slow, HEAD.substring(0, 20));
                assertThat(slow.getInputStream().read()).isEqualTo(-1);
                mayGoOn.countDown();
                assertThat(Answer.of(RawHttp.readAll(underWay)).status()).isEqualTo(204);
            }
        }
    }

    @Nested
    class Body {
        @Test
        void that_does_not_arrive_in_time_is_answered_with_408() throws Exception {
            ListenerLimits noTime = new ListenerLimits(LONG, Duration.ZERO, 10, LONG);
            try (HttpListener listener = start(noTime);
                    Socket slow = new Socket("127.0.0.1", listener.port())) {
                slow.setSoTimeout(10_000);
                write(slow, HEAD + "h");
                Answer answer = Answer.of(RawHttp.readAll(slow));
                assertThat(answer.status()).isEqualTo(408);
                assertThat(answer.body()).contains("The request took too long to arrive.");
            }
        }

        /** As if an octet came every 29 seconds, which is not idle. */
        @Test
        void that_trickles_is_given_up_after_its_time() {
            AtomicLong seconds = new AtomicLong();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            new CappedBody(
                            new Trickle(seconds),
                            new CappedBody.Limits(
                                    ProtocolRequest.MAXIMUM_BODY,
                                    ListenerLimits.STANDARD.body(),
                                    () -> Duration.ofSeconds(seconds.get()).toNanos()),
                            body -> failure.set(new AssertionError("it was read")),
                            failure::set)
                    .run();
            assertThat(failure.get()).isInstanceOf(TimeoutException.class);
            assertThat(seconds).hasValue(58);
        }
    }

    @Nested
    class Connections {
        private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n";

        @Test
        void beyond_the_limit_wait_until_a_silent_one_was_closed() throws Exception {
            ListenerLimits two = new ListenerLimits(LONG, LONG, 2, Duration.ofMillis(50));
            try (HttpListener listener = start(two);
                    Socket first = new Socket("127.0.0.1", listener.port())) {
                first.setSoTimeout(10_000);
                write(first, GET + "\r\n");
                assertThat(first.getInputStream().read()).isEqualTo('H');
                try (Socket second = new Socket("127.0.0.1", listener.port());
                        Socket third = new Socket("127.0.0.1", listener.port())) {
                    third.setSoTimeout(10_000);
                    write(third, GET + "Connection: close\r\n\r\n");
                    assertThat(Answer.of(RawHttp.readAll(third)).status()).isEqualTo(204);
                    assertThat(first.getInputStream().readAllBytes())
                            .startsWith("TTP/1.1 204".getBytes(StandardCharsets.US_ASCII));
                    assertThat(second.isClosed()).isFalse();
                }
            }
        }
    }

    /** A body without end. */
    private static final class Trickle implements Content.Source {
        private final AtomicLong seconds;

        Trickle(AtomicLong seconds) {
            this.seconds = seconds;
        }

        @Override
        public Content.Chunk read() {
            seconds.addAndGet(29);
            return Content.Chunk.from(ByteBuffer.wrap(new byte[1]), false);
        }

        @Override
        public void demand(Runnable whenThereIsMore) {
            whenThereIsMore.run();
        }

        @Override
        public void fail(Throwable failure) {
            throw new AssertionError(failure);
        }
    }
}
