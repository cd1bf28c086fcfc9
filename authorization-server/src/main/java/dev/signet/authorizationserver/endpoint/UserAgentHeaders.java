package dev.signet.authorizationserver.endpoint;

import dev.signet.core.http.Header;
import dev.signet.core.http.ProtocolResponse;

/**
 * What everything says that a user agent gets from the authorization endpoint: nobody keeps it, nobody shows it in a frame (RFC 6749
 * §10.13, RFC 9700 §4.16), and nobody is told where its reader came from (RFC 9700 §4.2.4).
 */
final class UserAgentHeaders {

    private static final String POLICY = "Content-Security-Policy";
    private static final String NO_FRAMES = "frame-ancestors 'none'";

    private UserAgentHeaders() {}

    static ProtocolResponse on(ProtocolResponse response) {
        ProtocolResponse.Builder guarded = response.toBuilder()
                .replaceHeader("Cache-Control", "no-store")
                .replaceHeader("Pragma", "no-cache")
                .replaceHeader("X-Frame-Options", "DENY")
                .replaceHeader("X-Content-Type-Options", "nosniff")
                .replaceHeader("Referrer-Policy", "no-referrer");
        // A second policy can only forbid more: what the first one says stays as it is.
        return response.headers().stream().anyMatch(UserAgentHeaders::forbidsFrames)
                ? guarded.build()
                : guarded.header(POLICY, NO_FRAMES).build();
    }

    private static boolean forbidsFrames(Header header) {
        return header.name().equalsIgnoreCase(POLICY) && header.value().contains(NO_FRAMES);
    }
}
