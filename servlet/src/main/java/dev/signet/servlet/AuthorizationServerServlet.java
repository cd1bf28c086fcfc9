package dev.signet.servlet;

import dev.signet.authorizationserver.AuthorizationServer;
import dev.signet.core.http.ProtocolRequest;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/**
 * Hands requests to an authorization server and sends its answers. The server compares whole paths with those of its issuer,
 * from the root of the host: map the servlet to all of them in the root context, and it answers 404 to every other path.
 *
 * <pre>{@code
 * context.addServlet("authorization-server", new AuthorizationServerServlet(server)).addMapping("/*");
 * }</pre>
 *
 * <p>It reads the body itself, so no filter before it may ask for a form's parameters. How long a body may be in coming is
 * for the container to say.
 */
public final class AuthorizationServerServlet extends HttpServlet {

    private final transient AuthorizationServer server;

    /** A servlet for that server. */
    public AuthorizationServerServlet(AuthorizationServer server) {
        this.server = server;
    }

    /** Answers every method: which ones there are is for the endpoint to say. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletResponses.send(request, server.handle(read(request)), response);
    }

    private static ProtocolRequest read(HttpServletRequest request) throws IOException {
        ProtocolRequest.Builder read = ProtocolRequest.builder(request.getMethod(), request.getRequestURI());
        if (request.getQueryString() != null) {
            read.query(request.getQueryString());
        }
        for (String name : Collections.list(request.getHeaderNames())) {
            Collections.list(request.getHeaders(name)).forEach(value -> read.header(name, value));
        }
        if (request.getContentLengthLong() > ProtocolRequest.MAXIMUM_BODY) {
            return read.bodyTooLarge().build();
        }
        return read.body(request.getInputStream().readNBytes(ProtocolRequest.MAXIMUM_BODY + 1))
                .build();
    }
}
