package dev.signet.systemtests.guide;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.jwt.json.JsonObject;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import java.io.IOException;

/** An API on the JDK's own server, as the guide shows it. */
final class JdkServerExample {

    private final AccessTokenValidator validator;

    JdkServerExample(AccessTokenValidator validator) {
        this.validator = validator;
    }

    void orders(HttpExchange exchange) throws IOException {
        ProtocolRequest request = ProtocolRequest.of(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), exchange.getRequestHeaders());
        AccessTokenOutcome outcome = validator.validate(request).requireScope("orders.read");
        if (outcome instanceof AccessTokenOutcome.Valid valid) {
            send(exchange, ordersOf(valid.token().subject()));
        } else {
            send(exchange, outcome.response());
        }
    }

    void publish(HttpServer server) {
        server.createContext("/orders", this::orders);
        ProtectedResourceMetadata metadata = validator.metadata().orElseThrow();
        server.createContext(metadata.location().getPath(), exchange -> send(exchange, metadata.toResponse()));
    }

    static void send(HttpExchange exchange, ProtocolResponse response) throws IOException {
        byte[] body = response.body();
        response.headers().forEach(header -> exchange.getResponseHeaders().add(header.name(), header.value()));
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    static ProtocolResponse ordersOf(String subject) {
        return ProtocolResponse.json(
                200, JsonObject.builder().put("orderedBy", subject).build());
    }
}
