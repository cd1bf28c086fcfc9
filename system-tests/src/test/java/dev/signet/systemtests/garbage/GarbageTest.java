package dev.signet.systemtests.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.systemtests.process.ServerProcess;
import dev.signet.systemtests.process.TestClient;
import dev.signet.systemtests.process.TokenRequests;
import dev.signet.testkit.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty thousand seeded wrong requests over raw connections, and ten-megabyte bodies, against one small heap. */
class GarbageTest {

    private static final int THREADS = 4;
    private static final int REQUESTS_PER_THREAD = 6_500;
    private static final int HUGE_BODIES = 20;
    private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");

    private final TestClient client = TestClient.create("reporter");
    private final TokenRequests http = new TokenRequests();

    @Test
    @Requirement({"7523-3-21", "6749-3.2-02"})
    void answers_every_request_without_a_fault_and_keeps_its_memory(@TempDir Path folder) throws Exception {
        int port = ServerProcess.freePort();
        try (ServerProcess server = ServerProcess.start(folder, yaml(port), port, "-Xmx64m")) {
            Map<Integer, Integer> warm = attack(server, 1);
            long before = server.residentKilobytes();
            Map<Integer, Integer> statuses = attack(server, 100);
            for (int i = 0; i < HUGE_BODIES; i++) {
                sendHugeBody(server);
            }
            long after = server.residentKilobytes();

            assertThat(warm.keySet()).allMatch(status -> status < 500);
            assertThat(statuses.keySet()).allMatch(status -> status < 500);
            assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum())
                    .isGreaterThan(20_000);
            assertThat(after - before)
                    .as("growth in kilobytes, from %d", before)
                    .isLessThan(32_768);
            assertThat(server.log()).doesNotContain("Exception", "\tat ", "OutOfMemoryError");
            assertThat(http.withAssertion(server.uri("/token"), client.assertion(issuer(port)))
                            .statusCode())
                    .as("an honest client afterwards")
                    .isEqualTo(200);
        }
    }

    private static Map<Integer, Integer> attack(ServerProcess server, long seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<Map<Integer, Integer>>> counts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            GarbageRequests requests = new GarbageRequests(seed + i);
            counts.add(threads.submit(() -> sendAll(server, requests)));
        }
        Map<Integer, Integer> total = new TreeMap<>();
        for (Future<Map<Integer, Integer>> count : counts) {
            count.get().forEach((status, number) -> total.merge(status, number, Integer::sum));
        }
        threads.shutdown();
        return total;
    }

    private static Map<Integer, Integer> sendAll(ServerProcess server, GarbageRequests requests) throws IOException {
        Map<Integer, Integer> statuses = new TreeMap<>();
        Connection connection = new Connection(server.port());
        for (int i = 0; i < REQUESTS_PER_THREAD; i++) {
            int status = connection.exchange(requests.next());
            if (status > 0) {
                statuses.merge(status, 1, Integer::sum);
            }
            if (!connection.usable) {
                connection.close();
                connection = new Connection(server.port());
            }
        }
        connection.close();
        return statuses;
    }

    private static void sendHugeBody(ServerProcess server) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(GarbageRequests.hugeHead());
            byte[] block = "x".repeat(65_536).getBytes(StandardCharsets.ISO_8859_1);
            for (int sent = 0; sent < 10_485_760; sent += block.length) {
                out.write(block);
            }
        } catch (IOException e) {
            // The server is free to close before it has read it all.
        }
    }

    /** One connection with just enough HTTP to find where an answer ends. */
    private static final class Connection {

        private final Socket socket;
        private boolean usable = true;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(2_000);
            socket.setTcpNoDelay(true);
        }

        /** The status of the answer, 0 where the server closed without one. */
        int exchange(GarbageRequests.Garbage request) {
            try {
                socket.getOutputStream().write(request.bytes());
                if (request.last()) {
                    usable = false;
                    socket.shutdownOutput();
                }
                return readAnswer(socket.getInputStream(), request.head());
            } catch (IOException e) {
                usable = false;
                return 0;
            }
        }

        private int readAnswer(InputStream in, boolean head) throws IOException {
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                int read = in.read();
                if (read < 0) {
                    usable = false;
                    return 0;
                }
                answer.append((char) read);
            }
            Matcher status = STATUS.matcher(answer);
            String lower = answer.toString().toLowerCase(Locale.ROOT);
            Matcher length = LENGTH.matcher(lower);
            boolean counted = length.find();
            // Closing where the end of the answer is in doubt keeps the next answer from being misread.
            usable &= (head || counted) && !lower.contains("connection: close");
            if (counted && !head) {
                int expected = Integer.parseInt(length.group(1));
                byte[] body = in.readNBytes(expected);
                assertThat(new String(body, StandardCharsets.UTF_8)).doesNotContain("Exception", "\tat ");
            }
            return status.find() ? Integer.parseInt(status.group(1)) : 0;
        }

        void close() throws IOException {
            socket.close();
        }
    }

    private String yaml(int port) {
        return """
                issuer: %s
                listen: {host: 127.0.0.1, port: %d}
                store: {url: "jdbc:h2:file:./signet"}
                resources:
                  - {resource: "https://api.example.com/orders", scopes: [orders.read], default: true, token_lifetime: 10m}
                clients:
                  - %s
                """.formatted(issuer(port), port, client.yaml());
    }

    private static String issuer(int port) {
        return "http://127.0.0.1:" + port;
    }
}
