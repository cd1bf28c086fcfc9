/** The character sets of RFC 6749 appendix A and RFC 9110 §5.6, and the rule for protocol URIs (RFC 8414 §2). */
@NullMarked
package dev.signet.core.internal;

import org.jspecify.annotations.NullMarked;
