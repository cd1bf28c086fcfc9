package dev.signet.outbound;

import dev.signet.outbound.OutboundException.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where a call goes, read from a URI that may come from anybody.
 *
 * @param uri the URI in ASCII
 * @param isAllowed whether the host is among the allowed ones, so that its addresses need not be public
 */
record Destination(URI uri, boolean isTls, String host, int port, boolean isAllowed) {
    private static final int LONGEST_URI = 2048;
    private static final String LOCALHOST = "localhost";
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int HIGHEST_PORT = 0xFFFF;

    /** @throws OutboundException if this is no URI to call */
    static Destination of(URI given, AllowedHosts allowed) {
        String text = given.toASCIIString();
        if (text.length() > LONGEST_URI) {
            throw refused("the URI is too long");
        }
        URI uri = parse(text);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null
                || uri.getHost().endsWith(".")
                || uri.getHost().contains("%")) {
            throw refused("the URI has no host");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw refused("the URI has user information or a fragment");
        }
        boolean isTls = scheme.equals("https");
        if (!isTls && !scheme.equals("http")) {
            throw refused("the URI is not https");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : isTls ? HTTPS_PORT : HTTP_PORT;
        if (port < 1 || port > HIGHEST_PORT) {
            throw refused("the URI has no valid port");
        }
        boolean isAllowed = allowed.permits(host, port);
        if (!isTls && !isAllowed) {
            throw refused("the URI is not https, and " + host + ":" + port + " is not an allowed host");
        }
        return new Destination(uri, isTls, host, port, isAllowed);
    }

    /** Normalizing, as the ASCII form demands, can bring up a character that no URI may have. */
    private static URI parse(String ascii) {
        try {
            return new URI(ascii);
        } catch (URISyntaxException | NumberFormatException malformed) {
            // Without the cause, which quotes the URI.
            throw refused("the URI has no ASCII form");
        }
    }

    private static OutboundException refused(String detail) {
        return new OutboundException(Reason.URI_REFUSED, detail);
    }

    /** The host as name service and certificates know it: an IPv6 address without brackets. */
    String name() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Whether the host is an address, which has no place in the server name indication (RFC 6066 §3). */
    boolean isAddress() {
        return host.startsWith("[") || Character.isDigit(host.charAt(host.lastIndexOf('.') + 1));
    }

    /** Whether it is certain without asking anybody that the host is not public: by its address, or by RFC 6761 §6.3. */
    boolean isKnownInternal() {
        if (host.equals(LOCALHOST) || host.endsWith("." + LOCALHOST)) {
            return true;
        }
        try {
            return isAddress() && !PublicAddress.isPublic(InetAddress.getByName(name())); // which looks nothing up
        } catch (UnknownHostException e) {
            return true;
        }
    }

    /** The value of the Host field. */
    String authority() {
        return uri.getPort() < 0 ? host : host + ":" + port;
    }

    /** Path and query, as they stand in the request line. */
    String target() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    /** The host and port; the rest of the URI may be secret. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
