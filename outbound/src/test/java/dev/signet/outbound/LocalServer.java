package dev.signet.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A real server on the loopback address that answers octet by octet as it is told, and remembers what it was asked. */
final class LocalServer implements AutoCloseable {

    /** What is done with one connection after its request was read. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private final ServerSocket listener;
    private final String scheme;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> serverNames = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private volatile Answer answer = Answers.status("404 Not Found");

    private LocalServer(ServerSocket listener, String scheme) {
        this.listener = listener;
        this.scheme = scheme;
        Thread thread = new Thread(this::accept, "local-server");
        thread.setDaemon(true);
        thread.start();
    }

    static LocalServer http() {
        try {
            return new LocalServer(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LocalServer https(SSLContext context) {
        return https(context, List.of("TLSv1.3", "TLSv1.2"), List.of());
    }

    /** @param suites the only suites offered; none for the default ones */
    static LocalServer https(SSLContext context, List<String> protocols, List<String> suites) {
        try {
            SSLServerSocket listener = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 200, InetAddress.getLoopbackAddress());
            listener.setEnabledProtocols(protocols.toArray(new String[0]));
            if (!suites.isEmpty()) {
                listener.setEnabledCipherSuites(suites.toArray(new String[0]));
            }
            return new LocalServer(listener, "https");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket), "local-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String request = readRequest(new BufferedInputStream(socket.getInputStream()));
            if (socket instanceof SSLSocket secured) {
                noteServerNames((ExtendedSSLSession) secured.getSession());
            }
            requests.add(request);
            answers.getOrDefault(request.split(" ", 3)[1], answer).write(socket.getOutputStream());
            socket.getOutputStream().flush();
        } catch (IOException hungUp) {
            // the other side has the last word
        }
    }

    private void noteServerNames(ExtendedSSLSession session) {
        for (SNIServerName name : session.getRequestedServerNames()) {
            serverNames.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
        }
    }

    private static String readRequest(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("no request");
            }
            request.append((char) octet);
        }
        int length = request.indexOf("Content-Length: ");
        if (length >= 0) {
            int digits = length + "Content-Length: ".length();
            int octets = Integer.parseInt(request.substring(digits, request.indexOf("\r\n", digits)));
            request.append(new String(in.readNBytes(octets), StandardCharsets.UTF_8));
        }
        return request.toString();
    }

    /** What is answered at one path from now on. */
    LocalServer answering(String path, Answer newAnswer) {
        answers.put(path, newAnswer);
        return this;
    }

    /** What is answered elsewhere from now on. */
    LocalServer answering(Answer newAnswer) {
        answer = newAnswer;
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The server by its address. */
    URI uri(String path) {
        return uri("127.0.0.1", path);
    }

    URI uri(String host, String path) {
        return URI.create(scheme + "://" + host + ":" + port() + path);
    }

    /** How many connections were made, whatever came of them. */
    int connections() {
        return connections.get();
    }

    /** The requests that came in, head and body. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The server names that clients indicated when they began TLS. */
    List<String> serverNames() {
        return List.copyOf(serverNames);
    }

    /** The paths that were asked for, in order. */
    List<String> paths() {
        return requests.stream().map(request -> request.split(" ", 3)[1]).toList();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                Deadline.closeQuietly(socket);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
