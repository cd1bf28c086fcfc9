package dev.signet.client.authorization;

import java.util.Map;

/** What to do about each error code of an authorization response (RFC 6749 §4.1.2.1, RFC 8707 §2, OpenID Connect Core §3.1.2.6). */
final class DenialAdvice {

    private static final String UNKNOWN = "Look the code up in the documentation of the server.";
    private static final String INTERACTION = "Ask without prompt=none: the server has to show a page first.";

    private static final Map<String, String> BY_CODE = Map.of(
            "access_denied",
            "Nothing is wrong if the user said no. If not, look whether the server lets this user use this client.",
            "unauthorized_client",
            "Have the authorization code grant allowed to the client at the server.",
            "unsupported_response_type",
            "The server does not have the authorization code grant: have it enabled.",
            "invalid_scope",
            "Ask for scopes that the server has and this client may have.",
            "invalid_target",
            "Ask for a resource that the server knows, written as it is registered there.",
            "invalid_request",
            "See the description: the server found the request malformed, which may be a fault of this library.",
            "server_error",
            "Ask again later; the server's log tells more.",
            "temporarily_unavailable",
            "Ask again later.",
            "login_required",
            INTERACTION,
            "consent_required",
            INTERACTION);

    private DenialAdvice() {}

    static String on(String code) {
        return BY_CODE.getOrDefault(code, code.equals("interaction_required") ? INTERACTION : UNKNOWN);
    }
}
