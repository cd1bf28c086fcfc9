package dev.signet.core.token;

import dev.signet.core.error.ErrorCode;
import dev.signet.core.error.OAuthException;
import dev.signet.core.http.FormParameters;
import dev.signet.core.internal.Syntax;
import dev.signet.jwt.json.JsonException;
import dev.signet.jwt.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an authorization server says about a refused request of a client (RFC 6749 §5.2), as the client reads it. Revocation,
 * introspection and pushed requests are refused in the same form (RFC 7009 §2.2.1, RFC 7662 §2.3, RFC 9126 §2.3), and
 * authorization requests by parameters of the same names (RFC 6749 §4.1.2.1).
 *
 * @param error the code on the wire; servers may have codes that {@link ErrorCode} lacks
 * @param description the server's sentence, with every character that RFC 6749 does not allow replaced by {@code ?}
 */
public record TokenError(String error, Optional<String> description) {

    private static final int MAXIMUM_DESCRIPTION = 1000;
    private static final int MAXIMUM_ERROR = 100;

    /** @throws IllegalArgumentException if the code or the description hold a character that is not allowed */
    public TokenError {
        if (error.length() > MAXIMUM_ERROR || !Syntax.isErrorText(error)) {
            throw new IllegalArgumentException("error must be printable ASCII without quote and backslash");
        }
        if (description.isPresent() && !Syntax.isErrorText(description.get())) {
            throw new IllegalArgumentException("error_description must be printable ASCII without quote and backslash");
        }
    }

    /**
     * Reads the body of an error response; unknown members are ignored.
     *
     * @throws TokenResponseException if there is no {@code error} in allowed characters
     */
    public static TokenError parse(JsonObject json) {
        try {
            return read(json::findString);
        } catch (JsonException | IllegalArgumentException e) {
            throw new TokenResponseException("error response: " + e.getMessage());
        }
    }

    /**
     * Reads the parameters of an authorization response that is an error; other ones are ignored.
     *
     * @throws TokenResponseException if there is no {@code error} in allowed characters
     * @throws OAuthException if one of them comes more than once
     */
    public static TokenError parse(FormParameters response) {
        try {
            return read(response::single);
        } catch (IllegalArgumentException e) {
            throw new TokenResponseException("error response: " + e.getMessage());
        }
    }

    private static TokenError read(Function<String, Optional<String>> member) {
        return new TokenError(
                member.apply("error").orElseThrow(() -> new TokenResponseException("error response: error is missing")),
                member.apply("error_description")
                        .filter(text -> !text.isEmpty())
                        .map(TokenError::printable));
    }

    /** The registered code; empty if the server's is none that is known here. */
    public Optional<ErrorCode> code() {
        return ErrorCode.find(error);
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.chars()
                .limit(MAXIMUM_DESCRIPTION)
                .forEach(character -> printable.append(Syntax.isErrorCharacter(character) ? (char) character : '?'));
        return printable.toString();
    }
}
