/** What a token endpoint answers, and the grants it is asked with (RFC 6749 §4, §5). */
@NullMarked
package dev.signet.core.token;

import org.jspecify.annotations.NullMarked;
