package dev.signet.core.http;

import dev.signet.core.internal.Syntax;

/**
 * A header field of a response (RFC 9110 §5).
 *
 * @param name an HTTP token
 * @param value printable ASCII and tab; line breaks and other control characters are refused, so a value can never
 *     start a second field
 */
public record Header(String name, String value) {

    /** @throws IllegalArgumentException if name or value hold a character that is not allowed */
    public Header {
        if (!Syntax.isToken(name)) {
            throw new IllegalArgumentException("header name must be an HTTP token");
        }
        if (!Syntax.isHeaderValue(value)) {
            throw new IllegalArgumentException("value of header " + name + " must be printable ASCII");
        }
    }

    /** The name only: values may be secret. */
    @Override
    public String toString() {
        return name;
    }
}
