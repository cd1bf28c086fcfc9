package dev.signet.authorizationserver.accesstoken;

import dev.signet.core.JwtId;
import dev.signet.jwt.json.JsonObject;
import java.util.List;

/**
 * What a token says, whatever its format.
 *
 * @param jwtId its {@code jti}
 * @param claims all of them
 * @param leftOut the names of those that are not in it because their attribute has a value they can't have
 */
record TokenContent(JwtId jwtId, JsonObject claims, List<String> leftOut) {}
