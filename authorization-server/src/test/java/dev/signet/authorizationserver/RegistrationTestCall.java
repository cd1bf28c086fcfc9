package dev.signet.authorizationserver;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request of a client that registers itself, or manages its registration, of which a test changes one thing before it is sent: with
 * {@link RegistrationFixture#INITIAL_ACCESS_TOKEN}, for codes that are sent to {@link RegistrationFixture#CALLBACK}. Immutable: each change is a copy.
 */
final class RegistrationTestCall {

    private final Function<ProtocolRequest, ProtocolResponse> server;
    private final String method;
    private final String path;
    private final Optional<String> token;
    private final String contentType;
    private final JsonObject metadata;

    private RegistrationTestCall(
            Function<ProtocolRequest, ProtocolResponse> server,
            String method,
            String path,
            Optional<String> token,
            String contentType,
            JsonObject metadata) {
        this.server = server;
        this.method = method;
        this.path = path;
        this.token = token;
        this.contentType = contentType;
        this.metadata = metadata;
    }

    static RegistrationTestCall to(Function<ProtocolRequest, ProtocolResponse> server) {
        JsonObject metadata = JsonObject.builder()
                .put("client_name", "The shop")
                .put("redirect_uris", List.of(RegistrationFixture.CALLBACK))
                .build();
        return new RegistrationTestCall(
                server,
                "POST",
                "/register",
                Optional.of(RegistrationFixture.INITIAL_ACCESS_TOKEN),
                "application/json",
                metadata);
    }

    /** With a member of that value instead of the one it had. */
    RegistrationTestCall with(String name, Object value) {
        return body(metadata.toBuilder().put(name, value).build());
    }

    /** Without a member. */
    RegistrationTestCall without(String name) {
        return body(metadata.toBuilder().remove(name).build());
    }

    /** With other metadata. */
    RegistrationTestCall body(JsonObject other) {
        return new RegistrationTestCall(server, method, path, token, contentType, other);
    }

    /** With another token. */
    RegistrationTestCall token(String other) {
        return new RegistrationTestCall(server, method, path, Optional.of(other), contentType, metadata);
    }

    /** Without a token. */
    RegistrationTestCall withoutToken() {
        return new RegistrationTestCall(server, method, path, Optional.empty(), contentType, metadata);
    }

    /** With another media type. */
    RegistrationTestCall contentType(String other) {
        return new RegistrationTestCall(server, method, path, token, other, metadata);
    }

    /** By another method. */
    RegistrationTestCall method(String other) {
        return new RegistrationTestCall(server, other, path, token, contentType, metadata);
    }

    /** At another path. */
    RegistrationTestCall path(String other) {
        return new RegistrationTestCall(server, method, other, token, contentType, metadata);
    }

    /** Sends it. */
    RegistrationTestAnswer send() {
        ProtocolRequest.Builder request = ProtocolRequest.builder(method, path);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        if (!method.equals("GET") && !method.equals("DELETE")) {
            request.header("Content-Type", contentType).body(metadata.toJson().getBytes(StandardCharsets.UTF_8));
        }
        return new RegistrationTestAnswer(this, server.apply(request.build()));
    }

    /** Shows the method and the members. */
    @Override
    public String toString() {
        return "RegistrationTestCall " + method + " with " + metadata.names();
    }
}
