/**
 * Signed JWTs: RFC 7515 (compact serialization), RFC 7519, RFC 7516 (nested JWTs), under the rules of
 * RFC 8725 and the draft that updates it.
 *
 * <p>A received JWT is an {@link dev.signet.jwt.UnverifiedJwt}; only its {@code verify} makes a
 * {@link dev.signet.jwt.VerifiedJwt}, and only from one can claims be read for a decision.
 */
@NullMarked
package dev.signet.jwt;

import org.jspecify.annotations.NullMarked;
