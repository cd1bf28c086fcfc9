package dev.signet.authorizationserver.event;

/**
 * Something that would have been refused, had it not been switched on.
 *
 * @param name the switch, such as {@code legacyAssertionAudience}
 * @param party the client or issuer it is switched on for
 */
public record LeniencyUse(String name, String party) {}
