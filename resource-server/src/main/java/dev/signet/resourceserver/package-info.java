/** Answers whether an access token is good for this resource server (RFC 9068 §4, RFC 6750 §3). */
@NullMarked
package dev.signet.resourceserver;

import org.jspecify.annotations.NullMarked;
