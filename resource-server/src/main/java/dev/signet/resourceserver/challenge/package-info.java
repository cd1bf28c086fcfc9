/** How an access token is presented, and what is answered where it is not good (RFC 6750 §2, §3). */
@NullMarked
package dev.signet.resourceserver.challenge;

import org.jspecify.annotations.NullMarked;
