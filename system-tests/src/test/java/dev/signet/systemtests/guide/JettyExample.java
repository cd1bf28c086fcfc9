package dev.signet.systemtests.guide;

import static dev.signet.systemtests.guide.JdkServerExample.ordersOf;

import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An API on Jetty's core, as the guide shows it. */
final class JettyExample extends Handler.Abstract.NonBlocking {

    private final AccessTokenValidator validator;

    JettyExample(AccessTokenValidator validator) {
        this.validator = validator;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ProtocolRequest asked = ProtocolRequest.of(
                request.getMethod(), request.getHttpURI().getPathQuery(), HttpFields.asMap(request.getHeaders()));
        AccessTokenOutcome outcome = validator.validate(asked).requireScope("orders.read");
        ProtocolResponse answer = outcome instanceof AccessTokenOutcome.Valid valid
                ? ordersOf(valid.token().subject())
                : outcome.response();
        response.setStatus(answer.status());
        answer.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
        return true;
    }
}
