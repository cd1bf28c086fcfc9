package dev.signet.authorizationserver.explanation;

import dev.signet.core.explanation.Explanation;
import dev.signet.jwt.json.JsonObject;
import java.util.Optional;

/**
 * What would be answered to a request.
 *
 * @param explanation check by check
 * @param claims what the access token would say; empty if there would be none
 */
public record Rehearsal(Explanation explanation, Optional<JsonObject> claims) {}
