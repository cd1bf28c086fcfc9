package dev.signet.app.inspect;

/**
 * What a resource server expects of an access token.
 *
 * @param issuer the authorization server's identifier
 * @param audience the resource server's own
 */
public record Expectation(String issuer, String audience) {}
