/** Answers of an introspection endpoint as JWTs (RFC 7662 §2.2, RFC 9701 §5). */
@NullMarked
package dev.signet.core.introspection;

import org.jspecify.annotations.NullMarked;
