/**
 * JWTs that authenticate a client or are exchanged for an access token (RFC 7521 §5, RFC 7523 §2, §3, OpenID Connect Core
 * §9): what is in them and what they are held to, the same for both ends.
 */
@NullMarked
package dev.signet.core.assertion;

import org.jspecify.annotations.NullMarked;
