/**
 * Encodings and arithmetic behind the API: base64url (RFC 7515 §2), elliptic curves and their signatures
 * (RFC 7518 §3.4, §6.2, RFC 8037), and encryption (RFC 7516) by way of a JOSE library. Not API.
 */
@NullMarked
package dev.signet.jwt.internal;

import org.jspecify.annotations.NullMarked;
