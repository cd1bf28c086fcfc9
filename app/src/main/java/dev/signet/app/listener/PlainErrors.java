package dev.signet.app.listener;

import dev.signet.authorizationserver.endpoint.RequestEvents;
import dev.signet.jwt.json.JsonObject;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers for requests that never reach the protocol: a small JSON document, never the listener's own words. */
final class PlainErrors extends ErrorHandler {

    /** The attribute of a request that was logged: what its lines share, for the answer to carry as the engine's do. */
    static final String CORRELATION = "dev.signet.correlation";

    private static final HttpField JSON = new HttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final HttpField NO_STORE = new HttpField(HttpHeader.CACHE_CONTROL, "no-store");

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = status(response.getStatus());
        response.setStatus(status);
        // What follows on a connection that went wrong can't be trusted to be a request.
        response.getHeaders().put(JSON).put(NO_STORE).put(HttpHeader.CONNECTION, "close");
        if (request.getAttribute(CORRELATION) instanceof String correlation) {
            response.getHeaders().put(RequestEvents.HEADER, correlation);
        }
        response.write(true, body(status), callback);
        return true;
    }

    /** An HTTP version or transfer coding that nobody speaks is the client's fault, whatever class HTTP gives it. */
    private static int status(int chosen) {
        return switch (chosen) {
            case 426, 501, 505 -> 400;
            default -> chosen;
        };
    }

    private static ByteBuffer body(int status) {
        return ByteBuffer.wrap(JsonObject.builder()
                .put("error", error(status))
                .put("error_description", description(status))
                .build()
                .toBytes());
    }

    private static String error(int status) {
        if (status == 503) {
            return "temporarily_unavailable";
        }
        return status >= 500 ? "server_error" : "invalid_request";
    }

    private static String description(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 408 -> "The request took too long to arrive.";
            case 413 -> "The request is too large.";
            case 414 -> "The address of the request is too long.";
            case 417 -> "The expectation of the request cannot be met.";
            case 431 -> "The header fields of the request are too large.";
            case 503 -> "The server is stopping.";
            default -> status >= 500 ? "The server could not answer." : "The request is not well-formed HTTP.";
        };
    }
}
