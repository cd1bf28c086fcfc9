/**
 * Requests and responses as plain values, so that any HTTP listener can be an adapter: form parameters (RFC 6749 §3.2,
 * appendix B), Basic credentials (RFC 6749 §2.3.1) and challenges (RFC 6750 §3, RFC 9110 §11.6.1).
 */
@NullMarked
package dev.signet.core.http;

import org.jspecify.annotations.NullMarked;
