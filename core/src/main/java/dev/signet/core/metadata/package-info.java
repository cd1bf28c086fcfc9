/** What an authorization server and a protected resource publish about themselves, and where (RFC 8414, OpenID Connect
 * Discovery 1.0 §3, §4, RFC 9728). */
@NullMarked
package dev.signet.core.metadata;

import org.jspecify.annotations.NullMarked;
