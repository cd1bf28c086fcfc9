/** Revocation (RFC 7009) and introspection (RFC 7662) over several nodes. */
@NullMarked
package dev.signet.systemtests.revocation;

import org.jspecify.annotations.NullMarked;
