/** Authorization requests as signed JWTs (RFC 9101 §2, §4, §6, OpenID Connect Core 1.0 §6). */
@NullMarked
package dev.signet.core.requestobject;

import org.jspecify.annotations.NullMarked;
