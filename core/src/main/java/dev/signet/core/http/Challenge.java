package dev.signet.core.http;

import dev.signet.core.Scope;
import dev.signet.core.error.OAuthError;
import dev.signet.core.internal.Syntax;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A challenge for a {@code WWW-Authenticate} header (RFC 6750 §3, RFC 9110 §11.6.1).
 *
 * <p>Every value is a quoted string of printable ASCII without quote and backslash; anything else is refused, so no
 * value can break out of its place. Immutable.
 */
public final class Challenge {

    private final String value;

    private Challenge(Builder builder) {
        StringBuilder text = new StringBuilder(builder.scheme);
        String separator = " ";
        for (Map.Entry<String, String> parameter : builder.parameters.entrySet()) {
            text.append(separator)
                    .append(parameter.getKey())
                    .append("=\"")
                    .append(parameter.getValue())
                    .append('"');
            separator = ", ";
        }
        value = text.toString();
    }

    /**
     * Starts a challenge.
     *
     * @param scheme such as {@code Bearer} or {@code Basic}
     */
    public static Builder builder(String scheme) {
        return new Builder(scheme);
    }

    /** The value of the header. */
    @Override
    public String toString() {
        return value;
    }

    /** Collects a challenge; each parameter may come once. */
    public static final class Builder {

        private final String scheme;
        private final Map<String, String> parameters = new LinkedHashMap<>();

        private Builder(String scheme) {
            if (!Syntax.isToken(scheme)) {
                throw new IllegalArgumentException("scheme must be an HTTP token");
            }
            this.scheme = scheme;
        }

        /** The protection space. */
        public Builder realm(String realm) {
            return parameter("realm", realm);
        }

        /** Code, description and, if there is one, uri of the error. */
        public Builder error(OAuthError error) {
            parameter("error", error.code().wireName()).parameter("error_description", error.description());
            error.uri().ifPresent(uri -> parameter("error_uri", uri));
            return this;
        }

        /** The scope that would be needed. */
        public Builder scope(Scope scope) {
            return parameter("scope", scope.toString());
        }

        /**
         * Any other parameter.
         *
         * @throws IllegalArgumentException if the name is no HTTP token or was given before, or the value is empty or
         *     holds a character that is not allowed
         */
        public Builder parameter(String name, String value) {
            if (!Syntax.isToken(name)) {
                throw new IllegalArgumentException("parameter name must be an HTTP token");
            }
            if (!Syntax.isErrorText(value)) {
                throw new IllegalArgumentException(
                        "parameter " + name + " must be printable ASCII without quote and backslash");
            }
            if (parameters.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("parameter " + name + " was given before");
            }
            return this;
        }

        /**
         * The challenge.
         *
         * @throws IllegalArgumentException if it has no parameter (RFC 6750 §3)
         */
        public Challenge build() {
            if (parameters.isEmpty()) {
                throw new IllegalArgumentException("a challenge needs at least one parameter");
            }
            return new Challenge(this);
        }
    }
}
