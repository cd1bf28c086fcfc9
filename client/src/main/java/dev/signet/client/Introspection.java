package dev.signet.client;

import dev.signet.jwt.json.JsonObject;

/**
 * What the server says about a token (RFC 7662 §2.2).
 *
 * @param active whether the token can be used now; if not, the server says no more
 * @param members all that it says
 */
public record Introspection(boolean active, JsonObject members) {

    /** Hides what is said: it may be personal. */
    @Override
    public String toString() {
        return "Introspection[active=" + active + "]";
    }
}
