/**
 * Keys, each for one algorithm, and their forms JWK, JWK Set and PEM: RFC 7517, RFC 7518 §3 and §6, RFC 7638,
 * RFC 8037, RFC 9864, with the rules of RFC 8725 §3.1, §3.2, §3.4 and §3.5. Public and private keys are different
 * types and neither is read as the other.
 */
@NullMarked
package dev.signet.jwt.key;

import org.jspecify.annotations.NullMarked;
