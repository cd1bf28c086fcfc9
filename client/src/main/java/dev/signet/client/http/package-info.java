/**
 * Sends requests with an access token (RFC 6750 §2.1, §5.3), through the HTTP client of the JDK that the program has already.
 */
@NullMarked
package dev.signet.client.http;

import org.jspecify.annotations.NullMarked;
