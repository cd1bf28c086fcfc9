package dev.signet.outbound;

import dev.signet.core.http.Header;
import dev.signet.outbound.OutboundException.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes every outgoing HTTP call, within limits. Thread-safe; one for a whole program is enough.
 *
 * <p>Only https is spoken, only to public addresses, and the address that was checked is the one connected to. Redirects
 * are not followed; cookies, credentials of the machine, proxies and compression are not used; size, time and content
 * type of the answer are bounded. {@link Builder#allowHosts} opens single hosts for tests and internal networks.
 *
 * <pre>{@code
 * OutboundHttp http = OutboundHttp.builder().allowHosts(Set.of("localhost:8080")).build();
 * FetchedDocument keys = http.get(URI.create("https://as.example/jwks"), FetchLimits.JWK_SET);
 * }</pre>
 */
public final class OutboundHttp {
    /** Fields that this class sets, or that would change how the answer ends. */
    private static final Set<String> OWN_FIELDS = Set.of(
            "host",
            "connection",
            "accept",
            "accept-encoding",
            "content-length",
            "content-type",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "cookie",
            "user-agent");

    private static final Set<String> BODY_METHODS = Set.of("POST", "PUT");
    private static final Set<String> BARE_METHODS = Set.of("GET", "DELETE");

    private static final int OK = 200;
    private static final int REDIRECTS = 3;

    /** So many threads at most wait for documents: slow servers, however many, must not take all that a program has. */
    private static final int MOST_WAITING_FOR_DOCUMENTS = 100;

    private final AllowedHosts allowed;
    private final Executor executor;
    private final Dialer dialer;
    private final Semaphore waiting = new Semaphore(MOST_WAITING_FOR_DOCUMENTS);

    private OutboundHttp(AllowedHosts allowed, Executor executor, Dialer dialer) {
        this.allowed = allowed;
        this.executor = executor;
        this.dialer = dialer;
    }

    /** Starts one that calls public https only. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Fetches a document.
     *
     * @throws OutboundException if there is none within the limits; any status but 200 is such a case
     */
    public FetchedDocument get(URI uri, FetchLimits limits) {
        Destination destination = Destination.of(uri, allowed);
        String request = requestLine("GET", destination, limits) + "\r\n";
        HttpReply reply = exchange(destination, request.getBytes(StandardCharsets.US_ASCII), limits, true);
        ResponseHead head = reply.head();
        return new FetchedDocument(uri, head.contentType().orElse(""), reply.body(), head.maximumAge());
    }

    /**
     * Posts a form and gives the answer, whatever its status; redirects are refused. An answer that says to ask later, with
     * status 429 or from 500 on, is given whatever its content type, as what stands before a server often makes it.
     *
     * @param headers fields beside those that are set here, such as {@code Authorization}
     * @param form in the encoding {@code application/x-www-form-urlencoded}
     * @throws OutboundException if there is no answer within the limits
     */
    public HttpReply post(URI uri, List<Header> headers, byte[] form, FetchLimits limits) {
        return send("POST", uri, headers, "application/x-www-form-urlencoded", form, limits);
    }

    /**
     * Sends JSON, or asks with nothing, and gives the answer, as {@link #post} does.
     *
     * @param method of those with a body {@code POST} or {@code PUT}, of those without {@code GET} or {@code DELETE}
     * @param json a JSON text in UTF-8; empty for a method without a body
     * @throws OutboundException if there is no answer within the limits
     */
    public HttpReply send(String method, URI uri, List<Header> headers, byte[] json, FetchLimits limits) {
        if (!(json.length == 0 ? BARE_METHODS : BODY_METHODS).contains(method)) {
            throw new IllegalArgumentException("method must be POST or PUT with a body, GET or DELETE without");
        }
        return send(method, uri, headers, "application/json", json, limits);
    }

    private HttpReply send(
            String method, URI uri, List<Header> headers, String contentType, byte[] body, FetchLimits limits) {
        Destination destination = Destination.of(uri, allowed);
        StringBuilder request = new StringBuilder(requestLine(method, destination, limits));
        for (Header header : headers) {
            if (OWN_FIELDS.contains(header.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("headers must not set " + header.name());
            }
            request.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        if (!BARE_METHODS.contains(method)) {
            request.append("Content-Type: ").append(contentType).append("\r\nContent-Length: ");
            request.append(body.length).append("\r\n");
        }
        byte[] head = request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return exchange(destination, whole, limits, false);
    }

    /** Whether the URI is one to call, as far as can be said without looking up its host. */
    public boolean permits(URI uri) {
        try {
            Destination destination = Destination.of(uri, allowed);
            return destination.isAllowed() || !destination.isKnownInternal();
        } catch (OutboundException refused) {
            return false;
        }
    }

    /** Runs what must not hold up a caller, and may itself make calls. It may reject tasks. */
    public Executor executor() {
        return executor;
    }

    /** Has a permit for each thread that may wait for a document that is kept. */
    Semaphore waiting() {
        return waiting;
    }

    private static String requestLine(String method, Destination destination, FetchLimits limits) {
        return method + " " + destination.target() + " HTTP/1.1\r\n"
                + "Host: " + destination.authority() + "\r\n"
                + "Accept: " + String.join(", ", limits.contentTypes()) + "\r\n"
                + "Accept-Encoding: identity\r\nUser-Agent: Signet\r\nConnection: close\r\n";
    }

    private HttpReply exchange(Destination destination, byte[] request, FetchLimits limits, boolean onlyOk) {
        try (Deadline deadline = Deadline.in(limits.timeout())) {
            List<InetAddress> addresses = dialer.addresses(destination, deadline);
            Socket connection = dialer.connect(destination, addresses, deadline);
            try {
                Socket socket = destination.isTls() ? dialer.secure(destination, connection, deadline) : connection;
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                ResponseReader reader = new ResponseReader(new BufferedInputStream(socket.getInputStream()));
                ResponseHead head = reader.head();
                requireStatus(head, destination, onlyOk);
                byte[] body = reader.body(head, limits.maxBytes());
                // A body that ends with the connection must not be one that the deadline cut off.
                deadline.nanosLeft();
                requireContentType(head, body, destination, limits, onlyOk);
                return new HttpReply(head, body);
            } catch (IOException e) {
                throw deadline.hasPassed()
                        ? Deadline.timeout()
                        : new OutboundException(
                                Reason.BROKEN_OFF, "the connection with " + destination + " was lost", e);
            } finally {
                // The connection beneath: closing TLS in order would wait for the peer.
                Deadline.closeQuietly(connection);
            }
        }
    }

    private static void requireStatus(ResponseHead head, Destination destination, boolean onlyOk) {
        if (head.status() / 100 == REDIRECTS) {
            throw new OutboundException(Reason.REDIRECT, destination + " answered with a redirect", head.status());
        }
        if (onlyOk && head.status() != OK) {
            throw new OutboundException(Reason.STATUS, destination + " answered " + head.status(), head.status());
        }
    }

    private static void requireContentType(
            ResponseHead head, byte[] body, Destination destination, FetchLimits limits, boolean always) {
        String encoding = head.single("content-encoding").orElse("identity");
        boolean isExpected =
                head.contentType().filter(limits.contentTypes()::contains).isPresent();
        boolean isNeeded = always || (body.length > 0 && !head.saysLater());
        if (!encoding.equalsIgnoreCase("identity") || (!isExpected && isNeeded)) {
            throw new OutboundException(
                    Reason.CONTENT_TYPE, destination + " answered with another content type", head.status());
        }
    }

    /** Says what may be called, and by what means. */
    public static final class Builder {
        private static final int MOST_THREADS = 64;
        private static final int MOST_WAITING = 1_000;
        private static final int IDLE_SECONDS = 30;
        private static final Duration LONGEST_CONNECT = Duration.ofMinutes(1);

        private final List<String> allowedHosts = new ArrayList<>();
        private Duration connectTimeout = Duration.ofSeconds(2);
        private Resolver resolver = InetAddress::getAllByName;
        private Connector connector = Connector.DIRECT;
        private @Nullable SSLContext sslContext;
        private @Nullable Executor executor;

        private Builder() {}

        /**
         * Hosts that may also be called by plain http, and whatever their address: {@code host} or {@code host:port},
         * as it stands in the URI. Adds to those already named.
         */
        public Builder allowHosts(Set<String> names) {
            allowedHosts.addAll(names);
            return this;
        }

        /** The longest wait for one address to accept the connection; 2 seconds by default. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        /** Who knows the addresses of names; the system by default. */
        public Builder resolver(Resolver resolver) {
            this.resolver = Objects.requireNonNull(resolver, "resolver");
            return this;
        }

        /** Whose certificates are trusted; by default those the JVM trusts. */
        public Builder sslContext(SSLContext context) {
            sslContext = Objects.requireNonNull(context, "context");
            return this;
        }

        /**
         * Where names are looked up and documents are refreshed before they are needed. It must run tasks in threads of
         * its own and may reject them; a refresh waits for look-ups, so refreshes must not take all of its threads. By
         * default each of the two has up to 64 daemon threads that end when idle, and a thousand tasks wait for them.
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        Builder connector(Connector connector) {
            this.connector = connector;
            return this;
        }

        /**
         * The fetcher.
         *
         * @throws IllegalArgumentException naming everything that is wrong
         */
        public OutboundHttp build() {
            List<String> faults = new ArrayList<>(AllowedHosts.faults(allowedHosts));
            if (connectTimeout.toMillis() < 1 || connectTimeout.compareTo(LONGEST_CONNECT) > 0) {
                faults.add("connectTimeout must be from a millisecond to a minute");
            }
            if (!faults.isEmpty()) {
                throw new IllegalArgumentException("outbound: " + String.join("; ", faults));
            }
            // A refresh waits for a look-up: with threads for both, refreshes could take those they wait for.
            Executor lookUps = executor == null ? daemons("signet-lookup") : executor;
            Executor refreshes = executor == null ? daemons("signet-refresh") : executor;
            SSLContext trust = sslContext == null ? jvmTrust() : sslContext;
            Dialer dialer = new Dialer(resolver, lookUps, connector, trust, (int) connectTimeout.toMillis());
            return new OutboundHttp(AllowedHosts.of(allowedHosts), refreshes, dialer);
        }

        private static SSLContext jvmTrust() {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("the JVM has no TLS", e);
            }
        }

        private static Executor daemons(String name) {
            ThreadPoolExecutor threads = new ThreadPoolExecutor(
                    MOST_THREADS,
                    MOST_THREADS,
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(MOST_WAITING),
                    task -> {
                        Thread thread = new Thread(task, name);
                        thread.setDaemon(true);
                        return thread;
                    });
            threads.allowCoreThreadTimeOut(true);
            return threads;
        }
    }
}
