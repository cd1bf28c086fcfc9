package dev.signet.storejdbc;

import dev.signet.core.authorization.Authentication;
import dev.signet.jwt.json.JsonObject;
import java.time.Instant;
import java.util.List;

/** How somebody authenticated, as members of the JSON in a row, with the names of the specifications. The time is ISO 8601. */
final class AuthenticationJson {

    private AuthenticationJson() {}

    static void put(Authentication authentication, JsonObject.Builder json) {
        json.put("auth_time", authentication.at().toString()).put("amr", authentication.methods());
        authentication.contextClass().ifPresent(acr -> json.put("acr", acr));
    }

    /**
     * Reads what was put.
     *
     * @throws dev.signet.jwt.json.JsonException if a member is missing or of another type
     * @throws java.time.DateTimeException if the time is none
     */
    static Authentication read(JsonObject json) {
        return new Authentication(
                Instant.parse(json.requireString("auth_time")),
                json.findString("acr"),
                json.findStrings("amr").orElse(List.of()));
    }
}
