/** The identifiers of the protocol: issuer, client, scope and resource (RFC 6749, RFC 8707). */
@NullMarked
package dev.signet.core;

import org.jspecify.annotations.NullMarked;
