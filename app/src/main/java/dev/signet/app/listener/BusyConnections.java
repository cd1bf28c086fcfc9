package dev.signet.app.listener;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Request;

/** Knows on which connections a request is under way, so that a stop waits for those and not for clients that are silent. */
final class BusyConnections {

    private final Set<EndPoint> busy = ConcurrentHashMap.newKeySet();

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

    /** The connector knows the socket; a request on TLS knows what is decrypted from it. */
    private static EndPoint socket(Request request) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        while (connection instanceof EndPoint.Wrapper wrapper) {
            connection = wrapper.unwrap();
        }
        return connection;
    }
}
