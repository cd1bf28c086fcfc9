/** Shows the main job with real messages: client credentials with {@code private_key_jwt}, and the JWT-bearer grant (RFC 7523). */
@NullMarked
package dev.signet.app.demo;

import org.jspecify.annotations.NullMarked;
