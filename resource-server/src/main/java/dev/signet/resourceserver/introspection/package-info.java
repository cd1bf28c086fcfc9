/** Asking the authorization server whether a token is still good (RFC 7662 §2, §4, RFC 9701). */
@NullMarked
package dev.signet.resourceserver.introspection;

import org.jspecify.annotations.NullMarked;
