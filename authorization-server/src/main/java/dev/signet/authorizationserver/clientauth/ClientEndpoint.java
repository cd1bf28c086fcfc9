package dev.signet.authorizationserver.clientauth;

import java.util.Locale;

/** Where clients authenticate (RFC 6749 §3.2, RFC 7662 §2.1, RFC 7009 §2.1, RFC 9126 §2). */
public enum ClientEndpoint {
    /** The token endpoint. */
    TOKEN,
    /** The introspection endpoint: nobody asks there without authentication. */
    INTROSPECTION,
    /** The revocation endpoint. */
    REVOCATION,
    /** The pushed authorization request endpoint. */
    PUSHED_AUTHORIZATION_REQUEST;

    private final String id = name().toLowerCase(Locale.ROOT);

    /** Its name in metadata before {@code _endpoint}, such as {@code introspection}. */
    public String id() {
        return id;
    }
}
