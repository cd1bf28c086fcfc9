package dev.signet.app.demo;

import dev.signet.app.listener.Endpoints;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.core.http.ProtocolResponse;
import dev.signet.core.metadata.ProtectedResourceMetadata;
import dev.signet.jwt.json.JsonObject;
import dev.signet.resourceserver.AccessTokenOutcome;
import dev.signet.resourceserver.AccessTokenValidator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** An API that takes orders from whoever has an access token for it, and says where to get one (RFC 9728). */
final class SampleApi implements Endpoints {

    static final String PATH = "/orders";

    private final AccessTokenValidator validator;
    private final Optional<ProtectedResourceMetadata> metadata;
    private final AtomicLong orders = new AtomicLong();

    SampleApi(AccessTokenValidator validator) {
        this.validator = validator;
        this.metadata = validator.metadata();
    }

    @Override
    public ProtocolResponse handle(ProtocolRequest request) {
        if (metadata.isPresent()
                && request.path().equals(metadata.get().location().getRawPath())) {
            return only("GET", request, asked -> metadata.get().toResponse());
        }
        return request.path().equals(PATH)
                ? only("POST", request, this::order)
                : ProtocolResponse.builder(404).build();
    }

    private static ProtocolResponse only(
            String method, ProtocolRequest request, Function<ProtocolRequest, ProtocolResponse> answer) {
        return request.method().equals(method)
                ? answer.apply(request)
                : ProtocolResponse.builder(405).header("Allow", method).build();
    }

    private ProtocolResponse order(ProtocolRequest request) {
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
