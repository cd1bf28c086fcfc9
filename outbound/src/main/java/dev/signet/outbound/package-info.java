/** Every outgoing HTTP call, within its limits, and the keys fetched by it (RFC 7517 §5, RFC 8414 §3). */
@NullMarked
package dev.signet.outbound;

import org.jspecify.annotations.NullMarked;
