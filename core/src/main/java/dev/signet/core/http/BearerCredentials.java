package dev.signet.core.http;

import dev.signet.core.error.OAuthException;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a request presents in its {@code Authorization} header (RFC 6750 §2.1). A token in the query or in the body is
 * never taken (RFC 6750 §2.2, §2.3), but counts as a second one.
 */
public sealed interface BearerCredentials {

    /** Reads a request, whatever is in it. */
    static BearerCredentials read(ProtocolRequest request) {
        BearerCredentials credentials = read(request.headers("authorization"));
        return credentials instanceof Token && (isInQuery(request) || isInForm(request)) ? new Several() : credentials;
    }

    private static boolean isInQuery(ProtocolRequest request) {
        return request.query().isPresent() && holdsToken(request::queryParameters);
    }

    private static boolean isInForm(ProtocolRequest request) {
        return request.header("content-type").isPresent() && holdsToken(request::form);
    }

    private static boolean holdsToken(Supplier<FormParameters> parameters) {
        try {
            return parameters.get().names().contains("access_token");
        } catch (OAuthException unreadable) {
            // what cannot be read as a form holds no token either
            return false;
        }
    }

    /**
     * Reads the header fields, whatever is in them.
     *
     * @param fields the values of all {@code Authorization} header fields of one request, in order
     */
    static BearerCredentials read(List<String> fields) {
        if (fields.isEmpty()) {
            return new Absent();
        }
        return fields.size() == 1 ? read(fields.get(0)) : new Several();
    }

    private static BearerCredentials read(String field) {
        int length = Token.SCHEME.length();
        if (field.isBlank()) {
            return new Malformed();
        }
        if (!field.regionMatches(true, 0, Token.SCHEME, 0, length)) {
            return new Absent();
        }
        if (field.length() == length) {
            return new Malformed();
        }
        if (field.charAt(length) != ' ') {
            // the name of another scheme that starts alike
            return new Absent();
        }
        int start = length + 1;
        while (start < field.length() && field.charAt(start) == ' ') {
            start++;
        }
        return start == field.length() ? new Malformed() : new Token(field, start);
    }

    /** No header field, or one for another scheme: the request is not authenticated in a way that is known here. */
    record Absent() implements BearerCredentials {}

    /** More than one header field: a request has one way of authentication (RFC 6750 §2). */
    record Several() implements BearerCredentials {}

    /** A header field that holds nothing, or a scheme without a token. */
    record Malformed() implements BearerCredentials {}

    /**
     * A token: all that follows the scheme; whether it has the form of a token is for {@link #isWellFormed} to say.
     *
     * @param field the header field
     * @param start where in it the token begins
     */
    record Token(String field, int start) implements BearerCredentials {

        private static final String SCHEME = "Bearer";

        /** The token. */
        public String value() {
            return field.substring(start);
        }

        /**
         * Whether it is a {@code b64token} (RFC 6750 §2.1). This looks at every character, and a token that is
         * known to be good need not be asked.
         */
        public boolean isWellFormed() {
            int end = field.length();
            while (end > start && field.charAt(end - 1) == '=') {
                end--;
            }
            for (int index = start; index < end; index++) {
                if (!isTokenCharacter(field.charAt(index))) {
                    return false;
                }
            }
            return end > start;
        }

        /** Whether it has fewer parts than a JWT has. */
        public boolean isOpaque() {
            int dot = field.indexOf('.', start);
            return dot < 0 || field.indexOf('.', dot + 1) < 0;
        }

        private static boolean isTokenCharacter(char character) {
            return (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || "-._~+/".indexOf(character) >= 0;
        }

        /** Hides the token. */
        @Override
        public String toString() {
            return "Token";
        }
    }
}
