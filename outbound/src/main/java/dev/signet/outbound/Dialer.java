package dev.signet.outbound;

import dev.signet.outbound.OutboundException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * Opens connections to addresses that were checked (RFC 8725 §3.10 and its update, RFC 9101 §10.4). A name is looked up
 * once, every address it has is checked, and a checked address is dialled: there is no second look-up that could answer
 * otherwise. Certificate and server name indication go by the name all the same (RFC 9525).
 */
final class Dialer {
    private static final int MOST_ADDRESSES = 4;

    /** {@code dNSName} among the kinds of names in RFC 5280 §4.2.1.6. */
    private static final Integer DNS_NAME = 2;

    /** Forward secrecy and authenticated encryption (RFC 9325 §4.2, and all suites of TLS 1.3). */
    private static final Pattern RECOMMENDED_SUITE =
            Pattern.compile("TLS_(AES|CHACHA20)_.*|TLS_ECDHE_(ECDSA|RSA)_WITH_(AES_.*_GCM|CHACHA20_POLY1305)_.*");

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final Resolver resolver;
    private final Executor executor;
    private final Connector connector;
    private final SSLContext sslContext;
    private final int connectMillis;

    Dialer(Resolver resolver, Executor executor, Connector connector, SSLContext sslContext, int connectMillis) {
        this.resolver = resolver;
        this.executor = executor;
        this.connector = connector;
        this.sslContext = sslContext;
        this.connectMillis = connectMillis;
    }

    /** The checked addresses of the destination, at least one. */
    List<InetAddress> addresses(Destination destination, Deadline deadline) {
        InetAddress[] found = resolve(destination.name(), deadline);
        if (found.length == 0) {
            throw new OutboundException(Reason.NAME_UNKNOWN, destination.host() + " has no address");
        }
        List<InetAddress> addresses = Arrays.asList(found);
        // One address that is not public condemns the name: nobody honest mixes them.
        if (!destination.isAllowed() && !addresses.stream().allMatch(PublicAddress::isPublic)) {
            throw new OutboundException(
                    Reason.ADDRESS_REFUSED, destination.host() + " has an address that is not public");
        }
        return addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size()));
    }

    /** Looks the name up in another thread: the system's resolver cannot be interrupted. */
    private InetAddress[] resolve(String name, Deadline deadline) {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> resolver.resolve(name));
        try {
            executor.execute(lookup);
            return lookup.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new OutboundException(Reason.OVERLOADED, "too many names are being looked up");
        } catch (TimeoutException e) {
            lookup.cancel(true);
            throw Deadline.timeout();
        } catch (InterruptedException e) {
            lookup.cancel(true);
            Thread.currentThread().interrupt();
            throw new OutboundException(Reason.INTERRUPTED, "interrupted while looking up " + name);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String what = cause instanceof UnknownHostException ? " is unknown" : " could not be looked up";
            throw new OutboundException(Reason.NAME_UNKNOWN, name + what, cause);
        }
    }

    /** Connects the first address that answers; the deadline watches the socket, which the caller closes. */
    Socket connect(Destination destination, List<InetAddress> addresses, Deadline deadline) {
        IOException last = new IOException("no address");
        for (InetAddress address : addresses) {
            Socket socket = Connector.newSocket();
            try {
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline.nanosLeft());
                socket.setTcpNoDelay(true);
                connector.connect(socket, new InetSocketAddress(address, destination.port()), (int)
                        Math.max(1, Math.min(connectMillis, millis)));
                deadline.watch(socket);
                return socket;
            } catch (IOException e) {
                Deadline.closeQuietly(socket);
                last = e;
            }
        }
        if (deadline.hasPassed()) {
            throw Deadline.timeout();
        }
        throw new OutboundException(Reason.CONNECT_FAILED, destination + " does not accept connections", last);
    }

    /** TLS over the connection, after the certificate was found to be trusted and to be for the name. */
    Socket secure(Destination destination, Socket connection, Deadline deadline) {
        try {
            SSLSocket socket = (SSLSocket) sslContext
                    .getSocketFactory()
                    .createSocket(connection, destination.name(), destination.port(), true);
            socket.setSSLParameters(parameters(destination, socket.getSSLParameters()));
            socket.startHandshake();
            requireAlternativeName(socket, destination);
            return socket;
        } catch (IOException e) {
            if (deadline.hasPassed()) {
                throw Deadline.timeout();
            }
            throw new OutboundException(Reason.TLS_FAILED, "no TLS connection with " + destination, e);
        }
    }

    /**
     * The JDK takes the name in the subject where a certificate has no DNS name, whatever else it has; that is none to go by (RFC 9525 §2,
     * RFC 9101 §8).
     */
    private static void requireAlternativeName(SSLSocket socket, Destination destination) throws IOException {
        if (destination.isAddress()) {
            return;
        }
        try {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null || names.stream().noneMatch(name -> name.get(0).equals(DNS_NAME))) {
                throw new SSLPeerUnverifiedException("the certificate has no DNS name");
            }
        } catch (CertificateParsingException malformed) {
            throw new SSLPeerUnverifiedException("the names in the certificate are malformed");
        }
    }

    private static SSLParameters parameters(Destination destination, SSLParameters parameters) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!destination.isAddress()) {
            parameters.setServerNames(List.of(new SNIHostName(destination.name())));
        }
        parameters.setProtocols(Arrays.stream(parameters.getProtocols())
                .filter(PROTOCOLS::contains)
                .toArray(String[]::new));
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .filter(suite -> RECOMMENDED_SUITE.matcher(suite).matches())
                .toArray(String[]::new));
        return parameters;
    }
}
