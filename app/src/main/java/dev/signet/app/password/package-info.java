/** Passwords of people: what they may be, and how they are written down (RFC 8265 §4, RFC 9106). */
@NullMarked
package dev.signet.app.password;

import org.jspecify.annotations.NullMarked;
