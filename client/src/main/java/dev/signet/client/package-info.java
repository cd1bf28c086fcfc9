/**
 * Obtains access tokens from an authorization server (RFC 6749 §4.1.3, §4.4, §5, §6, RFC 7521 §4.1, RFC 7523 §2.1, RFC 8707 §2.2),
 * and asks its other endpoints as their client (RFC 7662, RFC 7009, RFC 9101, RFC 9126).
 *
 * <p>{@link dev.signet.client.OAuthClient} asks once for one {@link dev.signet.client.TokenRequest};
 * {@link dev.signet.client.TokenSource} asks only when the token it has is about to expire. What a token holds is
 * nothing that a client looks at (RFC 9068 §6).
 */
@NullMarked
package dev.signet.client;

import org.jspecify.annotations.NullMarked;
