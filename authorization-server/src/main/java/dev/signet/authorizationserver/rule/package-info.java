/**
 * The rules that an authorization request is held to, in order, and what holding to them makes of it (RFC 6749 §4.1.1, RFC 9700 §2.1,
 * RFC 7636 §4.4.1, RFC 8707 §2.1).
 */
@NullMarked
package dev.signet.authorizationserver.rule;

import org.jspecify.annotations.NullMarked;
