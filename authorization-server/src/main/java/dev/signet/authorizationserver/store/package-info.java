/**
 * What must outlast a process: used assertions (RFC 7523 §3 item 7), grants with their codes and refresh tokens (RFC 6749 §4.1.2,
 * §6), revoked tokens (RFC 7009 §2), signing keys, registered clients (RFC 6749 §2). Every change is one call that decides a race by itself.
 */
@NullMarked
package dev.signet.authorizationserver.store;

import org.jspecify.annotations.NullMarked;
