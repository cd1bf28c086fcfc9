/**
 * Claims validation as data: RFC 7519 §4.1 and §7.2, RFC 8725 §3.8 to §3.12. The rules say what a receiver expects;
 * checking takes a verified JWT and the time and gives the claims in their types.
 */
@NullMarked
package dev.signet.jwt.claims;

import org.jspecify.annotations.NullMarked;
