/**
 * The identifiers that every part of the protocol names things by: issuer and client (RFC 6749 §2.2, RFC 8414 §2), scope
 * (RFC 6749 §3.3), resource (RFC 8707 §2) and the unique identifier of a JWT (RFC 7519 §4.1.7).
 */
@NullMarked
package dev.signet.core;

import org.jspecify.annotations.NullMarked;
