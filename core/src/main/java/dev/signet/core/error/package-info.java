/**
 * What goes wrong: the registered error codes with what may be said about them (RFC 6749 §5.2, RFC 6750 §3.1, RFC 8707
 * §2), and the reasons that stay inside.
 */
@NullMarked
package dev.signet.core.error;

import org.jspecify.annotations.NullMarked;
