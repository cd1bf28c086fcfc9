package dev.signet.client;

import java.util.Map;

/** What to do about each error code (RFC 6749 §5.2, RFC 8707 §2, RFC 7009 §2.2.1, RFC 9101 §7, RFC 9126 §2.3). */
final class Advice {

    private static final String UNKNOWN = "Look the code up in the documentation of the server.";

    private static final Map<String, String> BY_CODE = Map.of(
            "invalid_client",
            "Check that the client_id is registered there and not disabled, with this method of authentication; that the server"
                    + " has the public half of this key under this kid, or this secret; that its issuer is the one"
                    + " configured here; and that the clocks agree.",
            "invalid_grant",
            "Check the assertion: its issuer must be trusted there, its audience must be the server, it must not be expired or"
                    + " used before. A code or a refresh token may be used up, expired or revoked: begin anew.",
            "unauthorized_client",
            "Have this grant allowed to the client at the server.",
            "unsupported_grant_type",
            "The server does not have this grant: have it enabled, or use another.",
            "invalid_scope",
            "Ask for scopes that the server has and this client may have.",
            "invalid_target",
            "Ask for a resource that the server knows, written as it is registered there.",
            "invalid_request",
            "See the description: the server found the request malformed, which may be a fault of this library.",
            "unsupported_token_type",
            "Tokens of this kind can't be revoked at this server: they end by themselves.",
            "invalid_request_object",
            "Check the request object: the server must know the public half of its key under this kid; signature, encryption,"
                    + " audience and times have to be as it takes them.");

    private Advice() {}

    static String on(String code) {
        return BY_CODE.getOrDefault(code, UNKNOWN);
    }
}
