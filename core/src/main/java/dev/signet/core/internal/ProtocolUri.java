package dev.signet.core.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The rule for the URIs that parties are called at: TLS, but for the machine itself (RFC 8414 §2, RFC 6749 §3.2). */
public final class ProtocolUri {

    private static final int MAXIMUM_LENGTH = 2048;

    private ProtocolUri() {}

    /**
     * The URI of an endpoint: absolute, {@code https} or, for a loopback host, {@code http}; with a host, and without
     * user information and fragment.
     *
     * @throws IllegalArgumentException that says which of these it is not, without quoting the value
     */
    public static URI parse(String what, String value) {
        if (value.length() > MAXIMUM_LENGTH
                || value.chars().anyMatch(character -> character <= 0x20 || character > 0x7E)) {
            throw new IllegalArgumentException(what + " must be a URI of at most 2048 visible ASCII characters");
        }
        URI uri;
        try {
            uri = new URI(value).parseServerAuthority();
        } catch (URISyntaxException | NumberFormatException e) {
            throw new IllegalArgumentException(what + " must be an absolute URI with a host");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getPort() > 0xFFFF || uri.getPort() == 0) {
            throw new IllegalArgumentException(what + " must be an absolute URI with a host");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(uri.getHost()))) {
            throw new IllegalArgumentException(what + " must use https (http only for a loopback host)");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(what + " must have no user information and no fragment");
        }
        return uri;
    }

    /** True for {@code localhost}, {@code 127.0.0.1} and {@code [::1]}, the hosts that RFC 8252 §7.3 and §8.3 name. */
    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }
}
