/** The JWT profile of access tokens: what is in them and what they are held to (RFC 9068 §2, §4). */
@NullMarked
package dev.signet.core.accesstoken;

import org.jspecify.annotations.NullMarked;
