/** Signed JWTs and the keys they are made and checked with (RFC 7515, RFC 7517, RFC 7519). */
@NullMarked
package dev.signet.jwt;

import org.jspecify.annotations.NullMarked;
