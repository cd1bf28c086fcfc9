package dev.signet.core;

import dev.signet.core.internal.ProtocolUri;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Identifies an authorization server, in its metadata and in the JWTs it makes or is sent (RFC 8414 §2, RFC 9068 §2.2).
 *
 * <p>Two issuers are equal only if they are the same code points: no case folding, no default port, no trailing slash
 * (RFC 8414 §4). {@code http} is allowed for {@code localhost}, {@code 127.0.0.1} and {@code [::1]} only.
 *
 * @param value the identifier as it is written on the wire: an https URL without query and fragment
 */
public record Issuer(String value) {

    /** Whoever calls removes them (RFC 3986 §6.2.2.3), and would ask at another path than the one that is served. */
    private static final Pattern DOT_SEGMENT = Pattern.compile("/(\\.|%2[eE]){1,2}(/|$)");

    /** @throws IllegalArgumentException if the value is no issuer identifier */
    public Issuer {
        Objects.requireNonNull(value, "value");
        URI uri = ProtocolUri.parse("issuer", value);
        if (uri.getRawQuery() != null) {
            throw new IllegalArgumentException("issuer must have no query");
        }
        if (DOT_SEGMENT.matcher(uri.getRawPath()).find()) {
            throw new IllegalArgumentException("issuer must have no dot segments");
        }
    }

    /**
     * The issuer with that identifier.
     *
     * @throws IllegalArgumentException if the value is no issuer identifier
     */
    public static Issuer of(String value) {
        return new Issuer(value);
    }

    /** The identifier as a URI. */
    public URI uri() {
        return URI.create(value);
    }

    /** The path as it is written, without a terminating slash: what the paths of endpoints start with. */
    public String path() {
        String path = uri().getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * The address of a path on the issuer's host.
     *
     * @param path percent-encoded, starting with a slash
     */
    public URI at(String path) {
        return URI.create(uri().getScheme() + "://" + uri().getRawAuthority() + path);
    }

    @Override
    public String toString() {
        return value;
    }
}
