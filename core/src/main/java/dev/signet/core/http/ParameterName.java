package dev.signet.core.http;

import java.util.Set;

/**
 * The names of the parameters that a request may carry (RFC 6749 appendix A, RFC 7521 §4, RFC 7636 §4, RFC 8707 §2, RFC 7009 §2.1,
 * RFC 9101 §5, OAuth 2.0 Multiple Response Types §2.1, OpenID Connect Core 1.0 §3.1.2.1).
 */
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
    public static final String RESPONSE_TYPE = "response_type";
    public static final String RESPONSE_MODE = "response_mode";
    public static final String REDIRECT_URI = "redirect_uri";
    public static final String STATE = "state";
    public static final String NONCE = "nonce";
    public static final String CODE = "code";
    public static final String CODE_CHALLENGE = "code_challenge";
    public static final String CODE_CHALLENGE_METHOD = "code_challenge_method";
    public static final String CODE_VERIFIER = "code_verifier";
    public static final String REQUEST = "request";
    public static final String REQUEST_URI = "request_uri";

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
            RESPONSE_TYPE,
            RESPONSE_MODE,
            REDIRECT_URI,
            STATE,
            NONCE,
            CODE,
            CODE_CHALLENGE,
            CODE_CHALLENGE_METHOD,
            CODE_VERIFIER,
            REQUEST,
            REQUEST_URI,
            // not used here, but registered for the token endpoint: a repeat is as wrong as for the others
            "username",
            "password");

    private ParameterName() {}
}
