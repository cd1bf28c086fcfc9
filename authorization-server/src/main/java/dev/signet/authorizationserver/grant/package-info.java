/**
 * Who may have which token: codes and refresh tokens (RFC 6749 §4.1, §6, RFC 7636), client credentials (RFC 6749 §4.4), the JWT bearer grant (RFC 7523 §2.1), and the gate at the end
 * of every grant, with scopes (RFC 6749 §3.3), resources (RFC 8707 §2.2, RFC 9068 §3) and single use.
 */
@NullMarked
package dev.signet.authorizationserver.grant;

import org.jspecify.annotations.NullMarked;
