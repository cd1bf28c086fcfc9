package dev.signet.core.error;

import dev.signet.jwt.Reason;
import java.util.Locale;

/**
 * Why a request or a token was refused, as a stable identifier for log, event and documentation.
 *
 * <p>The identifier is a promise; the description is text for people and makes {@code docs/errors.md}.
 */
public enum RefusalReason {
    JWT_TOO_LARGE("The JWT is longer than the limit."),
    JWT_MALFORMED("The text is not a JWT in compact serialization."),
    JWT_BAD_ENCODING("A part of the JWT is not canonical base64url."),
    JWT_BAD_JSON("The header or the claims of the JWT are not UTF-8, or not one JSON object within the limits."),
    JWT_DUPLICATE_MEMBER("The header or the claims of the JWT name a member twice."),
    JWT_UNKNOWN_CRITICAL("The JWT marks a header parameter as critical that is not understood."),
    JWT_UNENCODED_PAYLOAD("The JWT has an unencoded payload."),
    JWT_COMPRESSED("The JWT is compressed."),
    JWT_ALGORITHM_UNKNOWN("The algorithm of the JWT does not exist here; none is never one."),
    JWT_ALGORITHM_NOT_ALLOWED("The algorithm of the JWT is not among those agreed with its issuer."),
    JWT_KEY_UNKNOWN("No key of the issuer fits the JWT."),
    JWT_KEY_AMBIGUOUS("More than one key of the issuer fits the JWT."),
    JWT_KEY_MISMATCH("The key that the JWT names is for another algorithm."),
    JWT_KEY_NOT_PINNED("The key is not bound to one algorithm."),
    JWT_BAD_SIGNATURE("The signature or MAC of the JWT is wrong."),
    JWT_DECRYPTION_FAILED("The encrypted JWT could not be decrypted."),
    JWT_NOT_SIGNED("The encrypted JWT holds no signed JWT."),
    JWT_ENCRYPTION(
            "The JWT is encrypted though that was not agreed with its issuer, or is not, or otherwise, though it was."),
    JWT_TYPE("The JWT is of another kind than is asked for here."),
    JWT_ISSUER("The JWT has another issuer than it must have here."),
    JWT_SUBJECT("The JWT has another subject than it must have here."),
    JWT_AUDIENCE("The JWT is meant for somebody else, or for others as well."),
    JWT_MISSING_CLAIM("The JWT lacks a claim that is required here."),
    JWT_MALFORMED_CLAIM("A claim of the JWT has the wrong JSON type or form."),
    JWT_CLAIM_FORM("A claim of the JWT is not in the form that OAuth gives it."),
    JWT_EXPIRED("The JWT has expired."),
    JWT_NOT_YET_VALID("The JWT is not valid yet."),
    JWT_ISSUED_IN_FUTURE("The JWT was issued in the future."),
    JWT_TOO_OLD("The JWT was issued too long ago."),
    JWT_LIFETIME_TOO_LONG("The JWT expires later than is allowed here."),

    CLIENT_UNKNOWN("No client with that client_id is registered."),
    CLIENT_CREDENTIALS_MISSING("The client sent no credentials."),
    CLIENT_CREDENTIALS_MALFORMED("The client_id, the sub of the assertion or the Authorization header cannot be read."),
    CLIENT_SECRET_WRONG("The client secret is wrong."),
    CLIENT_TWO_MECHANISMS("The client authenticated in two ways at once."),
    CLIENT_METHOD_NOT_REGISTERED("The client authenticated by another method than it is registered for."),
    CLIENT_ASSERTION_TYPE(
            "The parameters client_assertion and client_assertion_type do not come together, or the type is unknown."),
    CLIENT_ID_MISMATCH("The client_id names another client than the credentials."),

    ASSERTION_REPLAYED("The assertion was used before."),
    ASSERTION_ISSUER_UNTRUSTED("The issuer of the assertion is not trusted."),
    ASSERTION_SUBJECT_REFUSED("The issuer of the assertion may not speak for its subject."),

    GRANT_TYPE_UNSUPPORTED("The grant type is unknown."),
    GRANT_TYPE_NOT_ALLOWED("The client is not registered for the grant type."),

    PARAMETER_MISSING("A required parameter is missing or empty."),
    PARAMETER_REPEATED("A parameter comes more than once."),
    PARAMETER_MALFORMED("A parameter, or the form that holds it, cannot be read."),
    CONTENT_TYPE("The body is not application/x-www-form-urlencoded in UTF-8."),
    METHOD_NOT_ALLOWED("The endpoint has another HTTP method."),
    BODY_TOO_LARGE("The body is larger than the limit."),
    CREDENTIALS_IN_QUERY("Credentials came in the query of the request URI."),
    ENDPOINT_UNKNOWN("There is no endpoint at that path."),

    SCOPE_REFUSED("The scope exceeds what the client or the issuer was granted."),
    SCOPE_MISSING("No scope was asked for, and there is no default."),
    SCOPE_AMBIGUOUS("The scopes belong to different resources."),
    TARGET_UNKNOWN("The resource is not registered, or not for this client."),
    TARGET_SEVERAL("More than one resource was asked for."),
    TARGET_MISSING("No resource was asked for, and there is no default."),
    TARGET_MALFORMED("The resource is not an absolute URI without fragment."),

    TOKEN_MISSING("The request has no access token."),
    TOKEN_SEVERAL("The request has more than one access token."),
    TOKEN_MALFORMED("The Authorization header holds no access token that can be read."),
    TOKEN_SCOPE_INSUFFICIENT("The scope of the access token does not allow the request."),
    TOKEN_GROUP_MISSING("The access token names none of the groups that may do this."),
    TOKEN_ROLE_MISSING("The access token names none of the roles that may do this."),
    TOKEN_ENTITLEMENT_MISSING("The access token names none of the entitlements that may do this."),
    TOKEN_ACR_INSUFFICIENT("The access token does not show the class of authentication that this needs."),
    TOKEN_AUTH_TIME_INSUFFICIENT("The access token does not show an authentication as recent as this needs."),
    TOKEN_CONFIRMATION_UNPROVEN("The access token is bound to a key that the sender did not prove to have."),
    TOKEN_OF_OTHER_CLIENT("The access token was issued to another client than the one that wants it revoked."),
    TOKEN_IRREVOCABLE("Access tokens can't be revoked here: the server was set up so."),
    TOKEN_REVOKED("The access token was revoked."),
    TOKEN_FOR_OTHERS("The access token is meant for another resource than those of the client that asks about it."),
    INTROSPECTION_NOT_ALLOWED("The client is not registered to ask about access tokens."),
    INTROSPECTION_FORM_IMPOSSIBLE("The answer can't be signed or encrypted as the client is registered for it."),

    KEYS_UNAVAILABLE("The keys of the issuer or client could not be had."),
    STORE_UNAVAILABLE("The store did not answer."),
    CLAIMS_FAILED("The function that adds claims to access tokens failed."),
    CLAIMS_RESERVED("The function that adds claims to access tokens gave one that only the server itself may set."),
    RATE_LIMITED("There were too many failed attempts."),
    INTERNAL("Something unforeseen failed; the log has the cause.");

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String description;

    RefusalReason(String description) {
        this.description = description;
    }

    /** The reason that a refused JWT gives. */
    public static RefusalReason of(Reason reason) {
        return switch (reason) {
            case TOO_LARGE -> JWT_TOO_LARGE;
            case MALFORMED -> JWT_MALFORMED;
            case BAD_ENCODING -> JWT_BAD_ENCODING;
            case BAD_JSON -> JWT_BAD_JSON;
            case DUPLICATE_MEMBER -> JWT_DUPLICATE_MEMBER;
            case UNKNOWN_CRITICAL -> JWT_UNKNOWN_CRITICAL;
            case UNENCODED_PAYLOAD -> JWT_UNENCODED_PAYLOAD;
            case COMPRESSED -> JWT_COMPRESSED;
            case ALGORITHM_UNKNOWN -> JWT_ALGORITHM_UNKNOWN;
            case ALGORITHM_NOT_ALLOWED -> JWT_ALGORITHM_NOT_ALLOWED;
            case KEY_UNKNOWN -> JWT_KEY_UNKNOWN;
            case KEY_AMBIGUOUS -> JWT_KEY_AMBIGUOUS;
            case KEY_MISMATCH -> JWT_KEY_MISMATCH;
            case KEY_NOT_PINNED -> JWT_KEY_NOT_PINNED;
            case BAD_SIGNATURE -> JWT_BAD_SIGNATURE;
            case DECRYPTION_FAILED -> JWT_DECRYPTION_FAILED;
            case NOT_SIGNED -> JWT_NOT_SIGNED;
            case ENCRYPTION -> JWT_ENCRYPTION;
            case TYPE -> JWT_TYPE;
            case ISSUER -> JWT_ISSUER;
            case SUBJECT -> JWT_SUBJECT;
            case AUDIENCE -> JWT_AUDIENCE;
            case MISSING_CLAIM -> JWT_MISSING_CLAIM;
            case MALFORMED_CLAIM -> JWT_MALFORMED_CLAIM;
            case CLAIM_FORM -> JWT_CLAIM_FORM;
            case EXPIRED -> JWT_EXPIRED;
            case NOT_YET_VALID -> JWT_NOT_YET_VALID;
            case ISSUED_IN_FUTURE -> JWT_ISSUED_IN_FUTURE;
            case TOO_OLD -> JWT_TOO_OLD;
            case LIFETIME_TOO_LONG -> JWT_LIFETIME_TOO_LONG;
        };
    }

    /** The stable identifier, such as {@code assertion-replayed}. */
    public String id() {
        return id;
    }

    /** One line that says what it means. */
    public String description() {
        return description;
    }
}
