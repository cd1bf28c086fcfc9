/** Shows what is in a JWT, and what becomes of it (RFC 9068 §4, RFC 7523 §3). */
@NullMarked
package dev.signet.app.inspect;

import org.jspecify.annotations.NullMarked;
