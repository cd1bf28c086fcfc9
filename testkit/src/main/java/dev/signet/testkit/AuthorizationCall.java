package dev.signet.testkit;

import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An authorization request of which a test changes one thing before it is sent. Immutable: each change is a copy. */
public final class AuthorizationCall {

    private static final String PATH = "/authorize";

    private final Function<ProtocolRequest, AuthorizationAnswer> server;
    private final List<Map.Entry<String, String>> parameters;
    private final List<Map.Entry<String, String>> headers;

    private AuthorizationCall(
            Function<ProtocolRequest, AuthorizationAnswer> server,
            List<Map.Entry<String, String>> parameters,
            List<Map.Entry<String, String>> headers) {
        this.server = server;
        this.parameters = List.copyOf(parameters);
        this.headers = List.copyOf(headers);
    }

    /**
     * An empty request.
     *
     * @param server who answers it
     */
    static AuthorizationCall to(Function<ProtocolRequest, AuthorizationAnswer> server) {
        return new AuthorizationCall(server, List.of(), List.of());
    }

    /** With a parameter of that value instead of all it had. */
    public AuthorizationCall with(String name, String value) {
        return without(name).and(name, value);
    }

    /** With one more parameter of that name. */
    public AuthorizationCall and(String name, String value) {
        return new AuthorizationCall(server, plus(parameters, name, value), headers);
    }

    /** Without a parameter. */
    public AuthorizationCall without(String name) {
        return new AuthorizationCall(
                server,
                parameters.stream()
                        .filter(parameter -> !parameter.getKey().equals(name))
                        .toList(),
                headers);
    }

    /** With one more header field, such as a cookie. */
    public AuthorizationCall withHeader(String name, String value) {
        return new AuthorizationCall(server, parameters, plus(headers, name, value));
    }

    /** The query of its URL. */
    public String query() {
        return FormParameters.encode(parameters);
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
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return server.apply(request.build());
    }

    private static List<Map.Entry<String, String>> plus(
            List<Map.Entry<String, String>> entries, String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(entries);
        more.add(Map.entry(name, value));
        return more;
    }

    /** Shows the names of the parameters. */
    @Override
    public String toString() {
        return "AuthorizationCall with "
                + parameters.stream().map(Map.Entry::getKey).toList();
    }
}
