/** Why a JWT is accepted or refused here (RFC 7523 §3, RFC 9068 §4), found out by the code that decides it. */
@NullMarked
package dev.signet.authorizationserver.explanation;

import org.jspecify.annotations.NullMarked;
