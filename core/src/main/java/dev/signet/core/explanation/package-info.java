/**
 * What becomes of a JWT and why, check by check in the order in which they are made (RFC 7523 §3, RFC 9068 §4): the same
 * words for those who issue tokens and those who take them.
 */
@NullMarked
package dev.signet.core.explanation;

import org.jspecify.annotations.NullMarked;
