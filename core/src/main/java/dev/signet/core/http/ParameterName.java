package dev.signet.core.http;

import java.util.Set;

/** The names of the form parameters that a request may carry (RFC 6749 appendix A, RFC 7521 §4, RFC 8707 §2, RFC 7009
 * §2.1). */
public final class ParameterName {

    public static final String GRANT_TYPE = "grant_type";
    public static final String CLIENT_ID = "client_id";
    public static final String CLIENT_SECRET = "client_secret";
    public static final String CLIENT_ASSERTION = "client_assertion";
    public static final String CLIENT_ASSERTION_TYPE = "client_assertion_type";
    public static final String ASSERTION = "assertion";
    public static final String SCOPE = "scope";
    public static final String RESOURCE = "resource";
    public static final String REFRESH_TOKEN = "refresh_token";
    public static final String TOKEN = "token";
    public static final String TOKEN_TYPE_HINT = "token_type_hint";

    /** The names that mean something here; every other one is ignored wherever it occurs. */
    public static final Set<String> KNOWN = Set.of(
            GRANT_TYPE,
            CLIENT_ID,
            CLIENT_SECRET,
            CLIENT_ASSERTION,
            CLIENT_ASSERTION_TYPE,
            ASSERTION,
            SCOPE,
            RESOURCE,
            REFRESH_TOKEN,
            TOKEN,
            TOKEN_TYPE_HINT,
            // not used here, but registered for the token endpoint: a repeat is as wrong as for the others
            "code",
            "redirect_uri",
            "code_verifier",
            "username",
            "password");

    private ParameterName() {}
}
