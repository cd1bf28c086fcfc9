package dev.signet.authorizationserver;

import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An authorization request that can be changed before it is sent. */
final class AuthorizationTestCall {

    private final AuthorizationFixture fixture;
    private final List<Map.Entry<String, String>> parameters = new ArrayList<>();
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();

    AuthorizationTestCall(AuthorizationFixture fixture) {
        this.fixture = fixture;
    }

    /** Sets a parameter. */
    AuthorizationTestCall with(String name, String value) {
        return without(name).and(name, value);
    }

    /** Adds a parameter, even if it is there already. */
    AuthorizationTestCall and(String name, String value) {
        parameters.add(Map.entry(name, value));
        return this;
    }

    AuthorizationTestCall without(String name) {
        parameters.removeIf(parameter -> parameter.getKey().equals(name));
        return this;
    }

    AuthorizationTestCall header(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    List<Map.Entry<String, String>> parameters() {
        return List.copyOf(parameters);
    }

    /** As a user agent sends it that follows a link. */
    ProtocolRequest toRequest() {
        return withHeaders(ProtocolRequest.builder("GET", "/authorize").query(FormParameters.encode(parameters)));
    }

    AuthorizationTestAnswer get() {
        return send(toRequest());
    }

    AuthorizationTestAnswer post() {
        return post("");
    }

    /** Posts it to the URL with that query. */
    AuthorizationTestAnswer post(String query) {
        ProtocolRequest.Builder request =
                ProtocolRequest.builder("POST", "/authorize").form(FormParameters.encode(parameters));
        return send(withHeaders(query.isEmpty() ? request : request.query(query)));
    }

    private ProtocolRequest withHeaders(ProtocolRequest.Builder request) {
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return request.build();
    }

    private AuthorizationTestAnswer send(ProtocolRequest request) {
        int before = fixture.grants.all.size();
        return new AuthorizationTestAnswer(fixture.server.server.handle(request), fixture, before);
    }
}
