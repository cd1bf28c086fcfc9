/** Those whom tokens speak for: which subjects are known here, and what about them (RFC 7521 §6.3, RFC 9068 §2.2). */
@NullMarked
package dev.signet.authorizationserver.resourceowner;

import org.jspecify.annotations.NullMarked;
