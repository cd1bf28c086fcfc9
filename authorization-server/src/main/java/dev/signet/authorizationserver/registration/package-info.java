/**
 * Clients that register themselves (RFC 7591, OpenID Connect Dynamic Client Registration 1.0), and see, change and delete what they
 * registered (RFC 7592).
 */
@NullMarked
package dev.signet.authorizationserver.registration;

import org.jspecify.annotations.NullMarked;
