/** What several packages of the client need and nobody else should (RFC 7519 §4.1.7). */
@NullMarked
package dev.signet.client.internal;

import org.jspecify.annotations.NullMarked;
