package dev.signet.testkit;

import dev.signet.core.http.ProtocolRequest;
import java.util.function.Function;

/** An authorization request of which a test changes one thing before it is sent. Immutable: each change is a copy. */
public final class AuthorizationCall {

    private static final String PATH = "/authorize";

    private final Function<ProtocolRequest, AuthorizationAnswer> server;
    private final RequestParts parts;

    private AuthorizationCall(Function<ProtocolRequest, AuthorizationAnswer> server, RequestParts parts) {
        this.server = server;
        this.parts = parts;
    }

    /**
     * An empty request.
     *
     * @param server who answers it
     */
    static AuthorizationCall to(Function<ProtocolRequest, AuthorizationAnswer> server) {
        return new AuthorizationCall(server, RequestParts.NONE);
    }

    /** With a parameter of that value instead of all it had. */
    public AuthorizationCall with(String name, String value) {
        return new AuthorizationCall(server, parts.with(name, value));
    }

    /** With one more parameter of that name. */
    public AuthorizationCall and(String name, String value) {
        return new AuthorizationCall(server, parts.and(name, value));
    }

    /** Without a parameter. */
    public AuthorizationCall without(String name) {
        return new AuthorizationCall(server, parts.without(name));
    }

    /** With one more header field, such as a cookie. */
    public AuthorizationCall withHeader(String name, String value) {
        return new AuthorizationCall(server, parts.withHeader(name, value));
    }

    /** The query of its URL. */
    public String query() {
        return parts.encoded();
    }

    /** Sends it as a user agent does that follows a link. */
    public AuthorizationAnswer get() {
        return send(ProtocolRequest.builder("GET", PATH).query(query()));
    }

    /** Sends it as a user agent does that posts a form. */
    public AuthorizationAnswer post() {
        return send(ProtocolRequest.builder("POST", PATH).form(query()));
    }

    private AuthorizationAnswer send(ProtocolRequest.Builder request) {
        return server.apply(parts.build(request));
    }

    /** Shows the names of the parameters. */
    @Override
    public String toString() {
        return "AuthorizationCall with " + parts;
    }
}
