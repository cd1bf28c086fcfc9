package dev.signet.client;

import dev.signet.outbound.OutboundException;
import java.util.Optional;

/** What can be wrong with an answer. The names are stable. */
public enum Problem {
    /** There is no metadata of the issuer, or that of another (RFC 8414 §3.3). */
    METADATA(
            "Look whether the issuer is written exactly as the server writes it, and whether its metadata can be fetched."),
    /** The metadata does not name the endpoint. */
    NO_ENDPOINT(
            "The server does not offer this: look whether the issuer is the right one and the feature is enabled there."),
    /** The server publishes no key that an assertion or a request object could be encrypted to. */
    NO_ENCRYPTION_KEY("Have the server publish a key with use enc, or send it without encrypting it."),
    /** The server takes signed authorization requests only, and there is no key to sign them with (RFC 9101 §10.5). */
    REQUEST_UNSIGNED("Sign the request, with a key whose public half is registered at the server."),
    /** The server does not say that it takes request objects in that way (RFC 9101 §5). */
    REQUEST_OBJECT(
            "Have the server take request objects, by value or from where they are hosted; or ask without them, pushed if it has"
                    + " that."),
    /** The server does not take request objects of that algorithm (RFC 9101 §4). */
    REQUEST_OBJECT_ALGORITHM(
            "Use a key of an algorithm that the server takes: request_object_signing_alg_values_supported and the members for"
                    + " encryption beside it name them."),
    /** The endpoint is not to be called: no TLS off loopback, or an address that is not public. */
    NOT_ALLOWED("Have the server publish an https address; for an internal host allow it by OutboundHttp.allowHosts."),
    /** TLS could not be set up. */
    TLS("Look at the server's certificate: its issuer must be trusted here, its name must be that of the host."),
    /** A redirect, which is not followed. */
    REDIRECT("Use the address that the server itself has: something before it sends callers elsewhere."),
    /** Not JSON by its content type. */
    CONTENT_TYPE("Something else than the server may have answered: a proxy, a login page, another application."),
    /** Larger than any answer has to be. */
    TOO_LARGE("Something else than the server may have answered; tokens of more than 64 KB are not taken."),
    /** Not HTTP/1.1. */
    NOT_HTTP("Look whether the port of the endpoint is one of HTTP, with or without TLS as its address says."),
    /** No body. */
    EMPTY("The server, or what stands before it, lost the answer: its log may tell more."),
    /** Not a JSON object. */
    NOT_JSON("Something else than the server may have answered: a proxy, a login page, another application."),
    /** A member is missing or has no valid form. */
    MEMBERS("The server does not answer as the specification says: tell who runs it what is missing."),
    /** The metadata does not say that the server has the one code challenge method that is used (RFC 9700 §2.1.1). */
    CODE_CHALLENGE_METHOD(
            "Have the server publish S256 in code_challenge_methods_supported; allowUnadvertisedPkce() is for one that has it and"
                    + " does not say so."),
    /** There is nothing to get another access token with. */
    NO_REFRESH_TOKEN(
            "Ask the resource owner anew; a server may want a scope, such as offline_access, for refresh tokens."),
    /** A token of a type that is not understood (RFC 6749 §7.1). */
    TOKEN_TYPE("Have the server issue Bearer tokens to this client.");

    private static final int SERVER_ERRORS = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    private final String advice;

    Problem(String advice) {
        this.advice = advice;
    }

    /** What is wrong with a call that came to nothing; empty if another one may come to more. */
    static Optional<Problem> of(OutboundException call) {
        return switch (call.reason()) {
            case NAME_UNKNOWN, CONNECT_FAILED, TIMEOUT, BROKEN_OFF, OVERLOADED, INTERRUPTED -> Optional.empty();
            case STATUS ->
                call.status().orElse(0) >= SERVER_ERRORS || call.status().orElse(0) == TOO_MANY_REQUESTS
                        ? Optional.empty()
                        : Optional.of(METADATA);
            case DOCUMENT_REFUSED -> Optional.of(METADATA);
            case URI_REFUSED, ADDRESS_REFUSED -> Optional.of(NOT_ALLOWED);
            case TLS_FAILED -> Optional.of(TLS);
            case REDIRECT -> Optional.of(Problem.REDIRECT);
            case CONTENT_TYPE -> Optional.of(Problem.CONTENT_TYPE);
            case TOO_LARGE -> Optional.of(Problem.TOO_LARGE);
            case MALFORMED_RESPONSE -> Optional.of(NOT_HTTP);
        };
    }

    String advice() {
        return advice;
    }
}
