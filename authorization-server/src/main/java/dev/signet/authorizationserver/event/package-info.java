/**
 * What the server tells its observers: tokens issued, asked about or revoked, requests refused with their private reason (RFC 6749 §5.2), replays,
 * leniency used, signing keys changed. No event holds a secret, a token or an assertion.
 */
@NullMarked
package dev.signet.authorizationserver.event;

import org.jspecify.annotations.NullMarked;
