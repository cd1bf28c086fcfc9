package dev.signet.core.token;

/** The values of {@code grant_type} (RFC 6749 §4, §6, RFC 7523 §2.1). */
public final class GrantType {

    /** A code stands for what a resource owner approved (RFC 6749 §4.1). */
    public static final String AUTHORIZATION_CODE = "authorization_code";

    /** The client acts for itself (RFC 6749 §4.4). */
    public static final String CLIENT_CREDENTIALS = "client_credentials";

    /** A trusted issuer's JWT speaks for a subject (RFC 7523 §2.1). */
    public static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** A refresh token stands for what was granted before (RFC 6749 §6). */
    public static final String REFRESH_TOKEN = "refresh_token";

    private GrantType() {}
}
