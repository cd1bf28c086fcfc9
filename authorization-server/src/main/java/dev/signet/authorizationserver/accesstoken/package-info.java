/** Access tokens as signed JWTs (RFC 9068 §2), and the keys they are signed with: published before use, rotated, retired. */
@NullMarked
package dev.signet.authorizationserver.accesstoken;

import org.jspecify.annotations.NullMarked;
