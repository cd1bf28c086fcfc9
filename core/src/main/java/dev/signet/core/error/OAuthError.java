package dev.signet.core.error;

import dev.signet.core.internal.Syntax;
import dev.signet.jwt.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * All that leaves about a failure: the error response of RFC 6749 §5.2.
 *
 * @param code the registered code
 * @param description one sentence for a developer, in printable ASCII without quote and backslash
 * @param uri where more is written about it, in the characters of a URI
 */
public record OAuthError(ErrorCode code, String description, Optional<String> uri) {

    /** @throws IllegalArgumentException if description or uri hold a character that RFC 6749 §5.2 leaves out */
    public OAuthError {
        Objects.requireNonNull(code, "code");
        if (!Syntax.isErrorText(description)) {
            throw new IllegalArgumentException("description must be printable ASCII without quote and backslash");
        }
        if (uri.isPresent() && !Syntax.isScopeToken(uri.get())) {
            throw new IllegalArgumentException("uri must be visible ASCII without quote and backslash");
        }
    }

    /** An error without {@code error_uri}. */
    public static OAuthError of(ErrorCode code, String description) {
        return new OAuthError(code, description, Optional.empty());
    }

    /** The body of the error response. */
    public JsonObject toJson() {
        JsonObject.Builder json =
                JsonObject.builder().put("error", code.wireName()).put("error_description", description);
        uri.ifPresent(value -> json.put("error_uri", value));
        return json.build();
    }
}
