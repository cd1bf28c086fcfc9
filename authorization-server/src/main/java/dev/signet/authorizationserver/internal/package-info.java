/** What several packages of the authorization server need and nobody else should (RFC 7519 §4.1.7, RFC 7523 §3). */
@NullMarked
package dev.signet.authorizationserver.internal;

import org.jspecify.annotations.NullMarked;
