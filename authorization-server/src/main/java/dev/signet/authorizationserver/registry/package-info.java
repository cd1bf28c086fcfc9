/**
 * What is registered here: clients with the metadata names of RFC 7591 §2, and protected resources with their scopes (RFC
 * 8707 §2, RFC 9068 §3).
 */
@NullMarked
package dev.signet.authorizationserver.registry;

import org.jspecify.annotations.NullMarked;
