/** The HTTP listener: turns what arrives on a socket into protocol requests, once and within limits (RFC 9110, RFC 9112). */
@NullMarked
package dev.signet.app.listener;

import org.jspecify.annotations.NullMarked;
