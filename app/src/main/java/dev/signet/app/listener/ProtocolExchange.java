package dev.signet.app.listener;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The adapter between Jetty and the protocol: reads a request once and capped, writes one response. */
final class ProtocolExchange extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolExchange.class);

    private final Endpoints endpoints;

    ProtocolExchange(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        new CappedBody(
                        request,
                        ProtocolRequest.MAXIMUM_BODY,
                        body -> answer(request, body, response, callback),
                        failure -> Response.writeError(request, response, callback, 400))
                .run();
        return true;
    }

    private void answer(Request request, Optional<byte[]> body, Response response, Callback callback) {
        ProtocolResponse answer;
        try {
            answer = endpoints.handle(read(request, body));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError().setCause(e).log("a request could not be answered");
            Response.writeError(request, response, callback, 500);
            return;
        }
        response.setStatus(answer.status());
        answer.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private static ProtocolRequest read(Request request, Optional<byte[]> body) {
        String path = request.getHttpURI().getPath();
        ProtocolRequest.Builder builder = ProtocolRequest.builder(request.getMethod(), path == null ? "/" : path);
        String query = request.getHttpURI().getQuery();
        if (query != null) {
            builder.query(query);
        }
        body.ifPresentOrElse(builder::body, builder::bodyTooLarge);
        for (HttpField field : request.getHeaders()) {
            builder.header(
                    field.getName(), Optional.ofNullable(field.getValue()).orElse(""));
        }
        return builder.build();
    }
}
