package dev.signet.app.listener;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
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
    private final BusyConnections busy;
    private final CappedBody.Limits bodyLimits;

    ProtocolExchange(Endpoints endpoints, BusyConnections busy, Duration bodyTime) {
        this.endpoints = endpoints;
        this.bodyLimits = new CappedBody.Limits(ProtocolRequest.MAXIMUM_BODY, bodyTime, System::nanoTime);
        this.busy = busy;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        busy.begin(request);
        if (!isCodedPlainly(request)) {
            Response.writeError(request, response, callback, 501);
            return true;
        }
        if (isRefusedBeforeSent(request)) {
            answer(request, Optional.empty(), response, callback);
            return true;
        }
        new CappedBody(
                        request,
                        bodyLimits,
                        body -> answer(request, body, response, callback),
                        failure -> Response.writeError(request, response, callback, status(failure)))
                .run();
        return true;
    }

    /** Chunks are the only coding that is undone here: any other would be read as if it were the body (RFC 9112 §6.1). */
    private static boolean isCodedPlainly(Request request) {
        List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
        return codings.isEmpty() || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"));
    }

    /** A client that waits to be told to send a body that is too large gets the answer instead (RFC 9110 §10.1.1). */
    private static boolean isRefusedBeforeSent(Request request) {
        return request.getLength() > ProtocolRequest.MAXIMUM_BODY
                && request.getHeaders().contains(HttpHeader.EXPECT);
    }

    /** A body that could not be read: its sender was too slow, or did not keep to HTTP. */
    private static int status(Throwable failure) {
        if (failure instanceof HttpException http && http.getCode() / 100 == 4) {
            return http.getCode();
        }
        return failure instanceof TimeoutException ? 408 : 400;
    }

    private void answer(Request request, Optional<byte[]> body, Response response, Callback callback) {
        ProtocolResponse answer;
        try {
            answer = endpoints.handle(read(request, body));
        } catch (RuntimeException | StackOverflowError e) {
            String correlation = UUID.randomUUID().toString();
            request.setAttribute(PlainErrors.CORRELATION, correlation);
            LOG.atError()
                    .addKeyValue("event", "request-unanswered")
                    .addKeyValue("correlation", correlation)
                    .setCause(e)
                    .log("a request could not be answered");
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
        if (request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                && address.getAddress() != null) {
            builder.remoteAddress(address.getAddress().getHostAddress());
        }
        body.ifPresentOrElse(builder::body, builder::bodyTooLarge);
        for (HttpField field : request.getHeaders()) {
            builder.header(
                    field.getName(), Optional.ofNullable(field.getValue()).orElse(""));
        }
        return builder.build();
    }
}
