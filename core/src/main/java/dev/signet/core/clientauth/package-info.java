/** How a client proves to an authorization server who it is (RFC 6749 §2.3, RFC 7521 §4.2, RFC 7523 §2.2, OpenID Connect Core §9). */
@NullMarked
package dev.signet.core.clientauth;

import org.jspecify.annotations.NullMarked;
