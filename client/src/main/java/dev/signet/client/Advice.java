package dev.signet.client;

import static java.util.Map.entry;

import java.util.Map;

/**
 * What to do about each error code (RFC 6749 §5.2, RFC 8707 §2, RFC 7009 §2.2.1, RFC 7591 §3.2.2, RFC 9101 §7, RFC 9126 §2.3).
 */
final class Advice {

    private static final String UNKNOWN = "Look the code up in the documentation of the server.";

    private static final Map<String, String> BY_CODE = Map.ofEntries(
            entry(
                    "invalid_client",
                    "Check that the client_id is registered there and not disabled, with this method of authentication; that the server"
                            + " has the public half of this key under this kid, or this secret; that its issuer is the one"
                            + " configured here; and that the clocks agree."),
            entry(
                    "invalid_grant",
                    "Check the assertion: its issuer must be trusted there, its audience must be the server, it must not be expired or"
                            + " used before. A code or a refresh token may be used up, expired or revoked: begin anew."),
            entry("unauthorized_client", "Have this grant allowed to the client at the server."),
            entry("unsupported_grant_type", "The server does not have this grant: have it enabled, or use another."),
            entry("invalid_scope", "Ask for scopes that the server has and this client may have."),
            entry("invalid_target", "Ask for a resource that the server knows, written as it is registered there."),
            entry(
                    "invalid_request",
                    "See the description: the server found the request malformed, which may be a fault of this library."),
            entry(
                    "unsupported_token_type",
                    "Tokens of this kind can't be revoked at this server: they end by themselves."),
            entry(
                    "invalid_request_object",
                    "Check the request object: the server must know the public half of its key under this kid; signature, encryption,"
                            + " audience and times have to be as it takes them."),
            entry(
                    "invalid_token",
                    "Use the token that came last; the client may have been deleted at the server, or need another initial"
                            + " access token to register with."),
            entry(
                    "invalid_redirect_uri",
                    "Register redirect URIs that are absolute, https, and without fragment or wildcard."),
            entry(
                    "invalid_client_metadata",
                    "See the description: the server does not take a member of the metadata, or what it says beside another."),
            entry("invalid_software_statement", "Have the software statement made anew by whoever issues it."),
            entry("unapproved_software_statement", "Use a software statement of an issuer that the server trusts."));

    private Advice() {}

    static String on(String code) {
        return BY_CODE.getOrDefault(code, UNKNOWN);
    }
}
