/**
 * Asks resource owners, through their user agents, for what a client may do (RFC 6749 §4.1, RFC 7636, RFC 8707 §2.1, RFC 9101, RFC 9126, RFC 9207).
 *
 * <p>An {@link dev.signet.client.authorization.AuthorizationRequest} says what is asked for; each begin of it is a
 * {@link dev.signet.client.authorization.PendingAuthorization}, kept with the session of the user agent until the
 * {@link dev.signet.client.authorization.AuthorizationResponse} comes. Its code is exchanged by
 * {@link dev.signet.client.OAuthClient}.
 */
@NullMarked
package dev.signet.client.authorization;

import org.jspecify.annotations.NullMarked;
