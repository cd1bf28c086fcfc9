package dev.signet.authorizationserver.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a client runs, which decides what redirect URIs it may have (OpenID Connect Dynamic Client Registration 1.0 §2). */
public enum ApplicationType {
    /** On a server: its redirect URIs are {@code https}. */
    WEB,
    /** On the machine of its user: they may also be {@code http} to that machine, or have a scheme of its own (RFC 8252 §7). */
    NATIVE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The type with that name on the wire; empty for any other text. */
    public static Optional<ApplicationType> find(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }

    /** The value of {@code application_type}. */
    public String wireName() {
        return wireName;
    }
}
