/** What access tokens look like (RFC 9068 §6), over several nodes. */
@NullMarked
package dev.signet.systemtests.tokenformat;

import org.jspecify.annotations.NullMarked;
