/**
 * The authorization request of the code flow and its answer (RFC 6749 §4.1), with the proof key that ties both together (RFC
 * 7636) and the redirect URIs that answers are sent to (RFC 6749 §3.1.2, RFC 8252 §7).
 */
@NullMarked
package dev.signet.core.authorization;

import org.jspecify.annotations.NullMarked;
