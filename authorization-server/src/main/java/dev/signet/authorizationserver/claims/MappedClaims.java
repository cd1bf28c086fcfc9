package dev.signet.authorizationserver.claims;

import dev.signet.jwt.json.JsonObject;
import java.util.List;

/**
 * What a mapping gave.
 *
 * @param claims those of the token
 * @param leftOut the names of those that are not in it because their attribute has a value they can't have,
 *     or because there would be too much of them all
 */
public record MappedClaims(JsonObject claims, List<String> leftOut) {

    private static final MappedClaims NONE = new MappedClaims(JsonObject.empty(), List.of());

    /** Copies the list. */
    public MappedClaims {
        leftOut = List.copyOf(leftOut);
    }

    static MappedClaims none() {
        return NONE;
    }
}
