/** Obtains access tokens from an authorization server (RFC 6749 §4.4, RFC 7523 §2). */
@NullMarked
package dev.signet.client;

import org.jspecify.annotations.NullMarked;
