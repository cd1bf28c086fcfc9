/** Attacks on assertions (RFC 7523, RFC 8725, rfc7523bis) by their names, against the running program and over HTTP. */
@NullMarked
package dev.signet.systemtests.attack;

import org.jspecify.annotations.NullMarked;
