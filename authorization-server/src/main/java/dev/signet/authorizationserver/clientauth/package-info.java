/**
 * Who sends a request: client authentication with a secret or an assertion (RFC 6749 §2.3, RFC 7521 §4.2, RFC 7523 §2.2, §3,
 * OpenID Connect Core §9).
 */
@NullMarked
package dev.signet.authorizationserver.clientauth;

import org.jspecify.annotations.NullMarked;
