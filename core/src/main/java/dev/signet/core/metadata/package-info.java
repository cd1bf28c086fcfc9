/** What an authorization server publishes about itself, and where (RFC 8414, OpenID Connect Discovery 1.0 §3, §4). */
@NullMarked
package dev.signet.core.metadata;

import org.jspecify.annotations.NullMarked;
