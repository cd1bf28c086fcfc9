/** The engine that answers who may have which token (RFC 6749, RFC 7523, RFC 9068). */
@NullMarked
package dev.signet.authorizationserver;

import org.jspecify.annotations.NullMarked;
