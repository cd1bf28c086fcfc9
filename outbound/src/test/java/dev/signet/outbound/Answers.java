package dev.signet.outbound;

import dev.signet.outbound.LocalServer.Answer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** What a server may answer, well and badly. */
final class Answers {

    private Answers() {}

    /** These characters, and then the end of the connection. */
    static Answer raw(String response) {
        return out -> out.write(response.getBytes(StandardCharsets.UTF_8));
    }

    static Answer status(String status) {
        return raw("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    }

    static Answer json(String body) {
        return json(body, "X-None: none");
    }

    static Answer json(String body, String field) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + field + "\r\nContent-Length: " + length
                + "\r\n\r\n" + body);
    }

    /** Begins well and then sends the filler, octet by octet, until the other side hangs up. */
    static Answer drip(String beginning, String filler) {
        return out -> {
            out.write(beginning.getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(filler.getBytes(StandardCharsets.UTF_8));
                out.flush();
                pause();
            }
        };
    }

    /** The same without any pause. */
    static Answer flood(String beginning, String filler) {
        byte[] block = filler.repeat(1000).getBytes(StandardCharsets.UTF_8);
        return out -> {
            out.write(beginning.getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(block);
            }
        };
    }

    /** Answers when the gate opens. */
    static Answer after(CountDownLatch gate, Answer answer) {
        return out -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer.write(out);
        };
    }

    /** The server is slow; no test waits for it. */
    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
