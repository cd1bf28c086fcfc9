/**
 * What an access token says beside the claims every one has: of the attributes of subject and client, what a resource is
 * configured to get (RFC 9068 §2.2.2, §2.2.3, §6).
 */
@NullMarked
package dev.signet.authorizationserver.claims;

import org.jspecify.annotations.NullMarked;
