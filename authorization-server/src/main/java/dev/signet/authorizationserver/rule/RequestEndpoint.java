package dev.signet.authorizationserver.rule;

/** Where an authorization request may arrive. */
public enum RequestEndpoint {
    /** By a user agent (RFC 6749 §3.1). */
    AUTHORIZATION,
    /** From the client itself, which has authenticated there (RFC 9126 §2). */
    PUSHED
}
