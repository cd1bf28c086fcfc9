package dev.signet.storejdbc;

import dev.signet.authorizationserver.store.ReplayKey;
import dev.signet.authorizationserver.store.SingleUse;
import dev.signet.authorizationserver.store.StoredPushedRequest;
import dev.signet.core.http.FormParameters;
import dev.signet.core.http.ProtocolRequest;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonLimits;
import dev.signet.jwt.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pushed request as JSON, without what the row says of it. */
final class PushedRequestJson {

    private static final String PARAMETERS = "parameters";
    private static final String EXPIRES_AT = "expires_at";
    private static final String SIGNED = "signed";
    private static final String JWT_ID = "jti";
    private static final String JWT_EXPIRES_AT = "jti_expires_at";

    /** A form is pushed of which each octet may take six characters here. */
    private static final JsonLimits LIMITS =
            new JsonLimits(8 * ProtocolRequest.MAXIMUM_BODY, 3, 20_000, 2 * ProtocolRequest.MAXIMUM_BODY, 64);

    private PushedRequestJson() {}

    static String write(StoredPushedRequest request) {
        JsonObject.Builder parameters = JsonObject.builder();
        request.parameters()
                .names()
                .forEach(name -> parameters.put(name, request.parameters().all(name)));
        JsonObject.Builder json = JsonObject.builder()
                .put(EXPIRES_AT, request.expiresAt().getEpochSecond())
                .put(PARAMETERS, parameters.build());
        if (request.isSigned()) {
            json.put(SIGNED, true);
        }
        request.requestObject()
                .ifPresent(use ->
                        json.put(JWT_ID, use.key().jwtId()).put(JWT_EXPIRES_AT, UsedJwts.secondsUp(use.expiresAt())));
        return json.build().toJson();
    }

    /** @throws JsonException if it is of no use */
    static StoredPushedRequest read(ReplayKey reference, Instant keptUntil, String text) {
        JsonObject json = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8), LIMITS);
        JsonObject parameters = json.requireObject(PARAMETERS);
        Map<String, List<String>> values = new LinkedHashMap<>();
        parameters
                .names()
                .forEach(name -> values.put(name, parameters.findStrings(name).orElseThrow()));
        Optional<SingleUse> requestObject = json.findString(JWT_ID)
                .map(id -> new SingleUse(
                        new ReplayKey(ReplayKey.REQUEST_OBJECT, reference.issuer(), id),
                        Instant.ofEpochSecond(json.findLong(JWT_EXPIRES_AT).orElseThrow())));
        return new StoredPushedRequest(
                reference,
                FormParameters.of(values),
                json.findBoolean(SIGNED).orElse(false),
                requestObject,
                Instant.ofEpochSecond(json.findLong(EXPIRES_AT).orElseThrow()),
                keptUntil);
    }
}
