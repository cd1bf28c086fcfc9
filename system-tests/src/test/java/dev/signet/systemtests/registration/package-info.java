/** What commands and clients change while servers run (RFC 7523 §5, RFC 7591 §2). */
@NullMarked
package dev.signet.systemtests.registration;

import org.jspecify.annotations.NullMarked;
