/**
 * Shows the main job with real messages: client credentials with {@code private_key_jwt}, the JWT-bearer grant (RFC 7523), and a
 * person who signs in (RFC 6749 §4.1).
 */
@NullMarked
package dev.signet.app.demo;

import org.jspecify.annotations.NullMarked;
