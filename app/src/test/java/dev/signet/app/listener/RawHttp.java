package dev.signet.app.listener;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends octets as they are, well-formed or not, and reads what comes back until the connection ends. */
final class RawHttp {

    private RawHttp() {}

    /** An answer taken apart; status 0 when there was none. */
    record Answer(int status, String head, String body) {
        static Answer of(String text) {
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return new Answer(0, text, "");
            }
            return new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
        }
    }

    static Answer send(int port, String request) throws IOException {
        return send(port, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Answer send(int port, byte[] request) throws IOException {
        return exchange(port, request, false);
    }

    /** Also says that nothing follows, so that a request without end is not waited for. */
    static Answer sendAndEnd(int port, byte[] request) throws IOException {
        return exchange(port, request, true);
    }

    private static Answer exchange(int port, byte[] request, boolean end) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                if (end) {
                    socket.shutdownOutput();
                }
            } catch (IOException e) {
                // The server has heard enough; its answer may still be there.
            }
            return Answer.of(readAll(socket));
        }
    }

    static String readAll(Socket socket) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(answer);
        } catch (IOException e) {
            // Reset after the answer.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }
}
