package dev.signet.app.demo;

import dev.signet.app.listener.Endpoints;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.jwt.json.JsonObject;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import java.util.concurrent.atomic.AtomicLong;

/** An API that takes orders from whoever has an access token for it. */
final class SampleApi implements Endpoints {

    static final String PATH = "/orders";

    private final AccessTokenValidator validator;
    private final AtomicLong orders = new AtomicLong();

    SampleApi(AccessTokenValidator validator) {
        this.validator = validator;
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request) {
        if (!request.path().equals(PATH)) {
            return ProtocolResponse.builder(404).build();
        }
        if (!request.method().equals("POST")) {
            return ProtocolResponse.builder(405).header("Allow", "POST").build();
        }
        AccessTokenOutcome outcome = validator.validate(request).requireScope(DemoParties.SCOPE);
        if (!(outcome instanceof AccessTokenOutcome.Valid valid)) {
            return outcome.response();
        }
        return ProtocolResponse.json(
                200,
                JsonObject.builder()
                        .put("order", orders.incrementAndGet())
                        .put("orderedBy", valid.token().subject())
                        .put("through", valid.token().clientId().value())
                        .build());
    }
}
