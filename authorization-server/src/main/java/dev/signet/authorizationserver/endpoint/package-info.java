/**
 * What can be requested over HTTP: codes (RFC 6749 §3.1), tokens (RFC 6749 §3.2), their introspection (RFC 7662 §2, RFC 9701) and revocation (RFC 7009
 * §2), the JWK Set (RFC 7517 §5) and metadata (RFC 8414 §3, OpenID Connect Discovery 1.0 §4).
 */
@NullMarked
package dev.signet.authorizationserver.endpoint;

import org.jspecify.annotations.NullMarked;
