/**
 * Access tokens as signed JWTs (RFC 9068 §2), and the keys they are signed with: published before use, rotated, retired. What is
 * said about a token that comes back (RFC 7662 §2.2), and which ones are revoked (RFC 7009 §2).
 */
@NullMarked
package dev.signet.authorizationserver.accesstoken;

import org.jspecify.annotations.NullMarked;
