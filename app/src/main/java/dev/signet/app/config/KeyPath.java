package dev.signet.app.config;

import dev.signet.authorizationserver.registry.ClientMetadata;
import java.util.regex.Pattern;

/** Where something stands in the file, such as {@code clients[0].jwks}. */
final class KeyPath {

    /**
     * Shorter than any secret that this program takes; all names that mean something are, but for some of RFC 9701 and the
     * grant of RFC 7523.
     */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{0,31}(\\[[0-9]+])*");

    private KeyPath() {}

    /** The path of a key; a key that can be no name is left out, since it may be a secret in the wrong place. */
    static String of(String path, String key) {
        boolean isName = NAME.matcher(key).matches()
                || ClientMetadata.MEMBERS.contains(key)
                || ClientAuthenticationReader.GRANTS.contains(key.replaceFirst("\\[[0-9]+]$", ""));
        String shown = isName ? key : "…";
        return path.isEmpty() || key.isEmpty() ? path + shown : path + "." + shown;
    }
}
