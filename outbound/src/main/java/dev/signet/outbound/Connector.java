package dev.signet.outbound;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

/** Connects an unconnected socket to an address; the seam that shows which address is dialled. */
@FunctionalInterface
interface Connector {

    /** Straight to the address: a proxy would look up the name by itself. */
    Connector DIRECT = (socket, address, timeoutMillis) -> socket.connect(address, timeoutMillis);

    void connect(Socket socket, InetSocketAddress address, int timeoutMillis) throws IOException;

    /** A socket that ignores the proxy the JVM may be configured with. */
    static Socket newSocket() {
        return new Socket(Proxy.NO_PROXY);
    }
}
