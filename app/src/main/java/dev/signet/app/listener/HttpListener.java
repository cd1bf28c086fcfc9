package dev.signet.app.listener;

import dev.signet.core.http.ProtocolResponse;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Listens on one address and hands requests to {@link Endpoints}.
 *
 * <p>Limits: header fields of a request 16 KB in all, 30 s without progress, a body as
 * {@link dev.signet.core.http.ProtocolRequest} caps it, which is there after 30 s (a minute at most, when its last octets
 * stay away). 4000 connections are open at once; when there are more, those that are silent for 5 s are closed to make
 * room. The head of a request is there after 30 s as well (a minute at most).
 *
 * <p>{@link #close} takes no new requests, lets those under way end (at most {@link #DRAIN}) and returns. Thread-safe.
 */
public final class HttpListener implements AutoCloseable {

    /** How long requests that are under way may take to end when the listener is closed. */
    public static final Duration DRAIN = Duration.ofSeconds(10);

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int HEADER_BYTES = 16 * 1024;

    /** Connections that may wait to be accepted, in a burst; the operating system may hold fewer. */
    private static final int ACCEPT_QUEUE = 1024;

    private static final int MOST_THREADS = 200;

    private static final long SWEEP_MILLIS = 50;

    private final Server server;
    private final ServerConnector connector;
    private final BusyConnections busy;

    private HttpListener(Server server, ServerConnector connector, BusyConnections busy) {
        this.server = server;
        this.connector = connector;
        this.busy = busy;
    }

    /**
     * Starts to listen.
     *
     * @throws ListenException if the address can't be had
     */
    public static HttpListener start(ListenAddress address, Endpoints endpoints) {
        return start(address, endpoints, ListenerLimits.STANDARD);
    }

    static HttpListener start(ListenAddress address, Endpoints endpoints, ListenerLimits limits) {
        HttpListener listener = create(address, endpoints, limits);
        listener.open(address);
        listener.watch(limits.head());
        return listener;
    }

    /** Has the JVM load what listening needs, so that a start can do this beside other things. Opens nothing. */
    public static void prepare() {
        create(
                new ListenAddress("localhost", 0, Optional.empty()),
                request -> ProtocolResponse.builder(503).build(),
                ListenerLimits.STANDARD);
    }

    private static HttpListener create(ListenAddress address, Endpoints endpoints, ListenerLimits limits) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
        threads.setName("http");
        if (VirtualThreads.areSupported()) {
            threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("http-virtual-"));
        }
        Server server = new Server(threads);
        server.setErrorHandler(new PlainErrors());
        BusyConnections busy = new BusyConnections();
        server.setHandler(new GracefulHandler(new ProtocolExchange(endpoints, busy, limits.body())));
        server.setStopTimeout(DRAIN.toMillis());
        ServerConnector connector = connector(server, address.tls());
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(IDLE.toMillis());
        // A request under way may take its time; connections without one are closed by us.
        connector.setShutdownIdleTimeout(DRAIN.toMillis());
        server.addConnector(connector);
        NetworkConnectionLimit most = new NetworkConnectionLimit(limits.connections(), connector);
        most.setEndPointIdleTimeout(limits.silenceWhenFull().toMillis());
        server.addBean(most);
        return new HttpListener(server, connector, busy);
    }

    private static ServerConnector connector(Server server, Optional<TlsMaterial> tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setUriCompliance(UriCompliance.RFC3986);
        if (tls.isEmpty()) {
            return new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        }
        // The host name of TLS is not compared: endpoints go by the configured issuer, never by the host asked for.
        http.addCustomizer(new SecureRequestCustomizer(false));
        SslContextFactory.Server context = new SslContextFactory.Server();
        String password = "in-process"; // the key store never leaves memory
        context.setKeyStore(tls.get().keyStore(password));
        context.setKeyStorePassword(password);
        HttpConnectionFactory connections = new HttpConnectionFactory(http);
        return new ServerConnector(
                server, 1, 1, new SslConnectionFactory(context, connections.getProtocol()), connections);
    }

    /** The port in use, also where the operating system chose it. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        ScheduledExecutorService sweep = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> sweeping = sweep.scheduleWithFixedDelay(
                () -> busy.closeOthers(connector), SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the listener did not stop in order", e);
        } finally {
            sweeping.cancel(false);
            sweep.shutdownNow();
        }
    }

    private void open(ListenAddress address) {
        try {
            server.start();
        } catch (Exception e) {
            server.setStopTimeout(0);
            close();
            throw new ListenException(reason(address, e), e);
        }
    }

    private void watch(Duration pause) {
        connector
                .getScheduler()
                .schedule(
                        () -> {
                            busy.closeUnproductive(connector);
                            watch(pause);
                        },
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static String reason(ListenAddress address, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return "cannot listen on " + address
                        + ": the port is in use, or the address is not one of this machine";
            }
            if (cause instanceof SocketException || cause instanceof UnresolvedAddressException) {
                return "cannot listen on " + address + ": the address cannot be used";
            }
        }
        return "cannot listen on " + address + (failure instanceof IOException ? ": the address cannot be used" : "");
    }
}
