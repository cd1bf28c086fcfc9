package dev.signet.client.authorization;

import static java.util.Map.entry;

import java.util.Map;

/**
 * What to do about each error code of an authorization response (RFC 6749 §4.1.2.1, RFC 8707 §2, RFC 9101 §7, OpenID Connect Core
 * §3.1.2.6).
 */
final class DenialAdvice {

    private static final String UNKNOWN = "Look the code up in the documentation of the server.";
    private static final String INTERACTION = "Ask without prompt=none: the server has to show a page first.";

    private static final Map<String, String> BY_CODE = Map.ofEntries(
            entry(
                    "access_denied",
                    "Nothing is wrong if the user said no. If not, look whether the server lets this user use this client."),
            entry("unauthorized_client", "Have the authorization code grant allowed to the client at the server."),
            entry(
                    "unsupported_response_type",
                    "The server does not have the authorization code grant: have it enabled."),
            entry("invalid_scope", "Ask for scopes that the server has and this client may have."),
            entry("invalid_target", "Ask for a resource that the server knows, written as it is registered there."),
            entry(
                    "invalid_request",
                    "See the description: the server found the request malformed, which may be a fault of this library."),
            entry(
                    "invalid_request_object",
                    "Check the request object: the server must know the public half of its key under this kid, and the clocks must"
                            + " agree."),
            entry(
                    "invalid_request_uri",
                    "Begin anew: what was pushed lives for a short time and is good once, and what is hosted must be where it was said"
                            + " to be."),
            entry("request_not_supported", "The server takes no request objects: have that enabled, or ask without."),
            entry(
                    "request_uri_not_supported",
                    "The server fetches no request objects: have that enabled, or push them."),
            entry("server_error", "Ask again later; the server's log tells more."),
            entry("temporarily_unavailable", "Ask again later."),
            entry("login_required", INTERACTION),
            entry("consent_required", INTERACTION),
            entry("interaction_required", INTERACTION));

    private DenialAdvice() {}

    static String on(String code) {
        return BY_CODE.getOrDefault(code, UNKNOWN);
    }
}
