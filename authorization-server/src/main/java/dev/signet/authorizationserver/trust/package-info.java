/** Whose assertions are exchanged for tokens, and for which subjects (RFC 7521 §6, RFC 7523 §3, §5). */
@NullMarked
package dev.signet.authorizationserver.trust;

import org.jspecify.annotations.NullMarked;
