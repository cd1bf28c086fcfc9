/**
 * Strict, bounded JSON as immutable values: RFC 8259 with the rules of RFC 7493 (UTF-8 only, no duplicate
 * members, no unpaired surrogates) that RFC 7515 §4, RFC 7519 §4 and RFC 8725 §3.7 ask of JWTs.
 */
@NullMarked
package dev.signet.jwt.json;

import org.jspecify.annotations.NullMarked;
