/** Finds out where to get a token for a protected resource: from its metadata, and from its challenge (RFC 9728 §3, §5). */
@NullMarked
package dev.signet.client.discovery;

import org.jspecify.annotations.NullMarked;
