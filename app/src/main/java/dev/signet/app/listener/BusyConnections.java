package dev.signet.app.listener;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;

/**
 * Knows on which connections a request is under way: a stop waits for those and not for clients that are silent, and a head
 * that trickles in does not keep its connection.
 */
final class BusyConnections {

    private final Set<EndPoint> busy = ConcurrentHashMap.newKeySet();

    private volatile Map<EndPoint, Long> requestsBefore = Map.of();

    /** Counts the request's connection as busy until the request is answered. */
    void begin(Request request) {
        EndPoint connection = socket(request);
        busy.add(connection);
        Request.addCompletionListener(request, failure -> busy.remove(connection));
    }

    /** Closes the connections that nothing is under way on. */
    void closeOthers(Connector connector) {
        for (EndPoint connection : connector.getConnectedEndPoints()) {
            if (!busy.contains(connection)) {
                connection.close();
            }
        }
    }

    /** Closes the connections that were there at the last call and brought no request since. For one thread at a time. */
    void closeUnproductive(Connector connector) {
        Map<EndPoint, Long> requests = new HashMap<>();
        for (EndPoint connection : connector.getConnectedEndPoints()) {
            long now = requests(connection);
            if (!busy.contains(connection) && requestsBefore.getOrDefault(connection, -1L) == now) {
                connection.close();
            } else {
                requests.put(connection, now);
            }
        }
        requestsBefore = requests;
    }

    private static long requests(EndPoint socket) {
        Connection connection = socket.getConnection();
        if (connection instanceof SslConnection tls) {
            connection = tls.getSslEndPoint().getConnection();
        }
        return connection == null ? 0 : connection.getMessagesIn();
    }

    /** The connector knows the socket; a request on TLS knows what is decrypted from it. */
    private static EndPoint socket(Request request) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        while (connection instanceof EndPoint.Wrapper wrapper) {
            connection = wrapper.unwrap();
        }
        return connection;
    }
}
