package dev.signet.core.authorization;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an authorization response gets to the redirect URI (OAuth 2.0 Multiple Response Types §2.1, OAuth 2.0 Form Post Response Mode). */
public enum ResponseMode {
    /** In the query of the redirect URI; what a code is answered with unless another mode is asked for. */
    QUERY,
    /** In a form that the user agent posts to the redirect URI. */
    FORM_POST;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The mode with that name on the wire; empty for any other text. */
    public static Optional<ResponseMode> find(String wireName) {
        return Arrays.stream(values())
                .filter(mode -> mode.wireName.equals(wireName))
                .findFirst();
    }

    /** The value of {@code response_mode}. */
    public String wireName() {
        return wireName;
    }
}
