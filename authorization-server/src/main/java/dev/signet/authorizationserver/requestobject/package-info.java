/** What counts of an authorization request, however it was sent: request objects (RFC 9101 §5, §6) and pushed requests (RFC 9126). */
@NullMarked
package dev.signet.authorizationserver.requestobject;

import org.jspecify.annotations.NullMarked;
