/**
 * Answers whether an access token is good for this resource server (RFC 9068 §4, RFC 6750 §3).
 *
 * <p>{@link dev.signet.resourceserver.AccessTokenValidator} takes a request or a token and gives an
 * {@link dev.signet.resourceserver.AccessTokenOutcome}: the token's contents, or what to answer instead.
 */
@NullMarked
package dev.signet.resourceserver;

import org.jspecify.annotations.NullMarked;
