package dev.signet.core.authorization;

import dev.signet.core.http.FormParameters;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the answer to an authorization request is sent (RFC 6749 §3.1.2, RFC 8252 §7). It is {@code https}; for the machine itself,
 * named {@code localhost}, {@code 127.0.0.1} or {@code [::1]}, also {@code http}; or has a scheme that an app owns, which holds a dot
 * (RFC 8252 §7.1).
 *
 * <p>Compared character by character, as it was written.
 *
 * @param value an absolute URI without fragment and user information, at most 2048 visible ASCII characters, none of them a wildcard
 */
public record RedirectUri(String value) {

    private static final int MAXIMUM_LENGTH = 2048;

    /** The parts of a loopback URI; its port is whatever the app got from the system (RFC 8252 §7.3). */
    private static final Pattern LOOPBACK =
            Pattern.compile("(http://(?:localhost|127\\.0\\.0\\.1|\\[::1]))(?::[0-9]{1,5})?(/.*)?(\\?.*)?");

    /** @throws IllegalArgumentException that says which of these it is not, without quoting the value */
    public RedirectUri {
        Optional<String> fault = fault(value);
        if (fault.isPresent()) {
            throw new IllegalArgumentException("redirect URI " + fault.get());
        }
    }

    private static Optional<String> fault(String value) {
        if (value.isEmpty()
                || value.length() > MAXIMUM_LENGTH
                || value.chars().anyMatch(character -> character <= 0x20 || character > 0x7E)) {
            return Optional.of("must have 1 to 2048 visible ASCII characters");
        }
        if (value.indexOf('*') >= 0) {
            return Optional.of("must not hold a wildcard");
        }
        URI uri;
        try {
            uri = new URI(value);
        } catch (URISyntaxException | NumberFormatException malformed) {
            // The second one escapes the JDK for a number too long in the place of an IPv6 address.
            return Optional.of("must be a URI");
        }
        if (!uri.isAbsolute() || uri.getRawFragment() != null) {
            return Optional.of("must be absolute and have no fragment");
        }
        return fault(uri, uri.getScheme().toLowerCase(Locale.ROOT));
    }

    private static Optional<String> fault(URI uri, String scheme) {
        // Whatever the scheme, and where the authority is none with a host, too.
        if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
            return Optional.of("must have no user information");
        }
        if (scheme.equals("https") || scheme.equals("http")) {
            if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 0xFFFF) {
                return Optional.of("must have a host");
            }
            return scheme.equals("https") || LOOPBACK.matcher(uri.toString()).matches()
                    ? Optional.empty()
                    : Optional.of("must use https (http only for a loopback host)");
        }
        return scheme.indexOf('.') > 0
                ? Optional.empty()
                : Optional.of("must use https, or a scheme that is a domain name in reverse order");
    }

    /** The redirect URI with that text; empty if it can't be one. */
    public static Optional<RedirectUri> find(String text) {
        return fault(text).isPresent() ? Optional.empty() : Optional.of(new RedirectUri(text));
    }

    /** Whether it is {@code http} to the machine itself. */
    public boolean isLoopback() {
        return LOOPBACK.matcher(value).matches();
    }

    /** Whether it belongs to an app by its scheme (RFC 8252 §7.1). */
    public boolean isPrivateScheme() {
        return !value.regionMatches(true, 0, "https:", 0, 6) && !value.regionMatches(true, 0, "http:", 0, 5);
    }

    /** Whether both are loopback URIs that differ in nothing but their port (RFC 8252 §7.3). */
    public boolean isSameButForLoopbackPort(RedirectUri other) {
        Matcher own = LOOPBACK.matcher(value);
        Matcher others = LOOPBACK.matcher(other.value);
        return own.matches() && others.matches() && withoutPort(own).equals(withoutPort(others));
    }

    private static String withoutPort(Matcher parts) {
        String path = parts.group(2) == null ? "" : parts.group(2);
        String query = parts.group(3) == null ? "" : parts.group(3);
        return parts.group(1) + path + query;
    }

    /**
     * The URL that the user agent is sent to: this one, its own query kept, with these parameters added (RFC 6749 §3.1.2, §4.1.2).
     *
     * @param parameters names with their values, of which there is at least one
     */
    public String with(List<Map.Entry<String, String>> parameters) {
        String separator = value.indexOf('?') < 0 ? "?" : value.endsWith("?") || value.endsWith("&") ? "" : "&";
        return value + separator + FormParameters.encode(parameters);
    }

    @Override
    public String toString() {
        return value;
    }
}
